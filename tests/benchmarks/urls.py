"""Raw views, the ceiling of this machine, next to the portal's own addresses.

All but `bare` are behind the portal's whole middleware, as its pages are.
"""

import hashlib
import os
import tempfile
from functools import cache
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connection, transaction
from django.http import HttpResponse
from django.template import engines
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from odifund.core.models import Event, OutboxMessage
from tenders.models import Proposal

FIFTY = "{% for row in rows %}<tr><td>{{ row.name }}</td><td>{{ row.scope }}</td></tr>{% endfor %}"


class Bare:
    """Before all other middleware: it answers `/raw/bare/`, so that Django's handler alone is measured."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return bare(request) if request.path == "/raw/bare/" else self.get_response(request)


class CountQueries:
    """Says in a header how many queries an answer took."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        count = 0

        def counting(execute, *args):
            nonlocal count
            count += 1
            return execute(*args)

        with connection.execute_wrapper(counting):
            response = self.get_response(request)
        response["X-Queries"] = str(count)
        return response


def bare(request):
    """No middleware, no query, no template."""
    return HttpResponse("ok", headers={"X-Queries": "0"})


def nothing(request):
    """No query, no template."""
    return HttpResponse("ok")


def one_query(request):
    """One row by its key."""
    return HttpResponse(Event.objects.filter(pk=1).values_list("name", flat=True).first() or "none")


def submit(request):
    """The skeleton of a submit: the shared lock, the clock, a proposal, a row of the outbox, the commit."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(1)")
        cursor.execute("SELECT clock_timestamp()")
        (at,) = cursor.fetchone()
        _row(str(Proposal.objects.first()), at)
    return HttpResponse("ok")


def insert(request):
    """One row, committed."""
    _row("", request.at)
    return HttpResponse("ok")


@csrf_exempt
def upload(request):
    """The body of the request hashed, on the disk for certain, and a row of it."""
    digest = hashlib.sha256()
    with tempfile.TemporaryFile(dir=settings.MEDIA_ROOT) as file:
        while piece := request.read(1 << 16):
            digest.update(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
        _row(digest.hexdigest(), request.at)
    return HttpResponse("ok")


def sign_in(request):
    """What it costs to check a password as Django keeps it: the portal keeps none."""
    return HttpResponse(PBKDF2PasswordHasher().encode("a password", "of some salt"))


def fifty_rows(request):
    """Fifty rows into a template that is ready."""
    return HttpResponse(_table().render({"rows": Event.objects.all()[:50]}))


def fifty_from_memory(request):
    """The same from rows that were read before."""
    return HttpResponse(_table().render({"rows": _rows()}))


@cache
def _table():
    return engines["django"].from_string(FIFTY)


@cache
def _rows():
    return list(Event.objects.all()[:50])


def _row(words, at):
    """A row like one of the outbox that was sent, so that no worker looks at it."""
    OutboxMessage.objects.create(
        key=f"raw:{uuid4()}",
        kind="raw",
        address="nobody@example.org",
        body=words,
        queued_at=at,
        try_at=at,
        state=OutboxMessage.State.SENT,
        sent_at=at,
    )


urlpatterns = [
    path("raw/bare/", bare),
    path("raw/nothing/", nothing),
    path("raw/one-query/", one_query),
    path("raw/insert/", insert),
    path("raw/submit/", submit),
    path("raw/upload/", upload),
    path("raw/sign-in/", sign_in),
    path("raw/fifty-from-memory/", fifty_from_memory),
    path("raw/fifty-rows/", fifty_rows),
    path("", include("odifund.urls")),
]
