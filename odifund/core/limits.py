"""How often something is taken from one network or for one address, counted as signing in is.

The rates stand in settings (`ACCOUNT_RATE_LIMITS`).
"""

from allauth.core import ratelimit
from django.http import HttpRequest


def too_often(request: HttpRequest, what: str, *, key: str | None = None) -> bool:
    """Whether this comes once too often; otherwise it is counted. Keys are kept hashed."""
    return not ratelimit.consume(request, action=what, key=key)
