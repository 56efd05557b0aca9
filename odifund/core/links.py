"""Addresses as they come with a request: whatever stands in them, reading one never fails."""

from urllib.parse import SplitResult, urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

NOTHING = "\0"
"""The character that no address of ours has, and that the database takes for no text."""


def parts_of(address: str) -> SplitResult:
    """Its parts; none of what is no address."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def is_ours(address: str) -> bool:
    """Whether it leads to a page of this portal, by its path: where somebody may be sent on to."""
    return address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)


def where_to(request: HttpRequest, otherwise: str = "") -> str:
    """The page that the request asks to be led to afterwards, if it is one of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if is_ours(wanted) else otherwise


def forget_unreadable_cookies(request: HttpRequest) -> None:
    """Leave out the cookies that are no text: none of them is from here."""
    for name in [name for name, value in request.COOKIES.items() if NOTHING in value]:
        del request.COOKIES[name]


def is_readable(request: HttpRequest) -> bool:
    """Whether its path and its query are text."""
    return NOTHING not in request.path and "%00" not in request.META.get("QUERY_STRING", "")
