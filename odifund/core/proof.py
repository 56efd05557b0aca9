"""Showing that it is you: asked before anything about signing in is changed, where that is long ago.

A sign-in lasts for weeks on a device, so who sits at it need not be who signed in.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from odifund.core import mail, ways

View = Callable[..., HttpResponseBase]


def is_fresh(request: HttpRequest) -> bool:
    """Whether somebody showed within the last 15 minutes that they are who is signed in."""
    shown = get_authentication_records(request, request.user)
    at = request.at.timestamp()  # type: ignore[attr-defined]
    return bool(shown) and at - shown[-1]["at"] < mail.CODES.total_seconds()


def record(request: HttpRequest, *, how: str) -> None:
    """Note in the session that it was shown now."""
    record_authentication(request, request.user, method=how, reauthenticated=True)


def asked(view: Any) -> View:
    """A view that changes how one signs in: all or nothing, and only for who has shown it is they."""

    @wraps(view)
    def for_who_showed_it(request: HttpRequest, *args: Any, **parts: Any) -> HttpResponseBase:
        if not is_fresh(request):
            where = request.get_full_path() if request.method == "GET" else reverse("account")
            return redirect(f"{reverse('account_prove')}?{urlencode({'next': where})}")
        with transaction.atomic(), ways.noted(request.user, at=request.at):  # type: ignore[arg-type, attr-defined]
            answer: HttpResponseBase = view(request, *args, **parts)
            return answer

    return login_required(for_who_showed_it)
