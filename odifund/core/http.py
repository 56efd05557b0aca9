"""What happens around every request: its moment, a number to quote, compression, and pages for refusals."""

import secrets
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.template.loader import render_to_string

from odifund.core import clock
from odifund.core.errors import Refused
from odifund.core.models import Person

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

    What somebody signed in is answered stays with them: no cache keeps it.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Stamp the request; the number goes out as a header too."""
        request.at = clock.now()  # type: ignore[attr-defined]
        request.number = secrets.token_hex(4)  # type: ignore[attr-defined]
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
    """Turns a refused move into its page."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing to do on the way through."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page of a refusal; anything else stays an error."""
        if not isinstance(error, Refused):
            return None
        return render(request, error.template, {"refusal": error}, status=error.status)


def portal(request: HttpRequest) -> dict[str, object]:
    """What every page shows: the portal's clock, whom to ring, the number to quote."""
    return {
        "at": getattr(request, "at", None),
        "error_number": getattr(request, "number", ""),
        "contact": settings.CONTACT,
    }


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
    return render(request, "errors/form_expired.html", status=403)
