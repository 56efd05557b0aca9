"""What happens around every request: its moment, a number to quote, compression, and pages for refusals."""

import secrets
from collections.abc import Callable
from datetime import datetime
from urllib.parse import parse_qs, urlencode, urlsplit

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import redirect, render, resolve_url
from django.template.loader import render_to_string
from django.utils.functional import SimpleLazyObject

from odifund.core import clock, kept, links
from odifund.core.errors import Refused
from odifund.core.models import Person

SIGNED_OUT = "Not saved. You are signed out. Sign in in another tab, then save."
EXPIRED = "Not saved. You signed in or out in another tab. Copy your words, load the page again, and save."
UNPROCESSABLE = 422
"""RFC 9110: what a form that comes back with problems is answered with."""
Next = Callable[[HttpRequest], HttpResponse]


class PortalRequest(HttpRequest):
    """A request as views get it: stamped with its moment and number. For annotations."""

    at: datetime
    number: str


class SignedInRequest(PortalRequest):
    """A request of somebody signed in. For annotations."""

    user: Person


class Stamp:
    """Reads the clock once, first of all, and gives the request a number people can quote.

    A cookie that is no text is forgotten before anything reads it. What somebody signed in is answered
    stays with them: no cache keeps it.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Stamp the request; the number goes out as a header too."""
        request.at = clock.now()  # type: ignore[attr-defined]
        request.number = secrets.token_hex(4)  # type: ignore[attr-defined]
        links.forget_unreadable_cookies(request)
        response = self.get_response(request)
        response["X-Request-Number"] = request.number  # type: ignore[attr-defined]
        if settings.SESSION_COOKIE_NAME in request.COOKIES and "Cache-Control" not in response:
            response["Cache-Control"] = "private, no-store"
        return response


class Compression(GZipMiddleware):
    """Sends pages compressed, padded at random so that their length betrays no secret in them.

    A file goes out as it was received and with its length, so that a download shows how much is left.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Pages only: files are streamed."""
        return response if response.streaming else super().process_response(request, response)


class Refusals:
    """Turns a refused move into its page, with what was typed on it."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Lose no words to a session that ended; answer a wrong method and a form with problems as such.

        An address that is no text is read by nobody: not one page has to ask what its parameters hold.
        """
        if not links.is_readable(request):
            return unreadable(request, BadRequest())
        response = self.get_response(request)
        if request.method == "POST" and _asks_to_sign_in(response, request):
            return _signed_out(request)
        if response.status_code == 405:
            page = render(request, "405.html", status=405)
            page["Allow"] = response["Allow"]
            return page
        has_problems = request.method == "POST" and getattr(request, "has_problems", False)
        if response.status_code == 200 and has_problems:
            response.status_code = UNPROCESSABLE
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page of a refusal; anything else stays an error."""
        if not isinstance(error, Refused):
            return None
        words = {"refusal": error, "stands": kept.how_it_stands(request)}
        return render(request, error.template, words, status=error.status)


def _asks_to_sign_in(response: HttpResponse, request: HttpRequest) -> bool:
    """Whether a door sent somebody without a session to sign in, to come back to this very address."""
    if not isinstance(response, HttpResponseRedirect):
        return False
    led_to = urlsplit(response.url)
    here = parse_qs(led_to.query).get("next") == [request.get_full_path()]
    return here and led_to.path == resolve_url(settings.LOGIN_URL)


def _signed_out(request: HttpRequest) -> HttpResponse:
    """What was typed, to be copied; to the sign-in page at once when nothing was."""
    page = kept.page_of(request)
    sign_in = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': page})}"
    if wants_json(request):
        return JsonResponse({"problem": SIGNED_OUT}, status=403)
    if not kept.words(request):
        return redirect(sign_in)
    return render(request, "errors/signed_out.html", {"sign_in": sign_in, "page": page}, status=403)


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asks, which reads a sentence and no page."""
    return "application/json" in request.headers.get("Accept", "")


def portal(request: HttpRequest) -> dict[str, object]:
    """What every page shows: the portal's clock, whom to ring, the number to quote; what a refusal keeps;
    where the portal is, for links that are read elsewhere.
    """
    return {
        "at": getattr(request, "at", None),
        "error_number": getattr(request, "number", ""),
        "contact": settings.CONTACT,
        "here": _here(request),
        "portal_url": settings.PORTAL_URL,
        "kept": SimpleLazyObject(lambda: kept.words(request)),
        "above": SimpleLazyObject(lambda: kept.above(request.path)),
    }


def _here(request: HttpRequest) -> str:
    """The path, for links that say where one came from; up to what is no text, or a key of a mail."""
    key = request.resolver_match.kwargs.get("key") if request.resolver_match else None
    path = request.path.partition(links.NOTHING)[0]
    return path.partition(f"/{key}/")[0] + "/" if isinstance(key, str) else path


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The request was not one that our pages send, or larger than a page takes."""
    large = isinstance(exception, RequestDataTooBig)
    return render(request, "413.html" if large else "400.html", status=413 if large else 400)


def failed(request: HttpRequest) -> HttpResponse:
    """Something broke. Said without the database, the session or whatever else may be broken."""
    words = {"error_number": getattr(request, "number", ""), "contact": settings.CONTACT}
    return HttpResponse(render_to_string("500.html", words), status=500)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's key did not match (signed in elsewhere, or cookies are off)."""
    if wants_json(request):
        return JsonResponse({"problem": EXPIRED}, status=403)
    return render(request, "errors/form_expired.html", {"page": kept.page_of(request)}, status=403)
