"""Raw views, the ceiling of this machine, next to the portal's own addresses."""

from uuid import uuid4

from django.db import connection, transaction
from django.http import HttpResponse
from django.template import engines
from django.urls import include, path

from odifund.core.models import Event, OutboxMessage
from tenders.models import Proposal

FIFTY = "{% for row in rows %}<tr><td>{{ row.name }}</td><td>{{ row.scope }}</td></tr>{% endfor %}"


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
        proposal = Proposal.objects.first()
        OutboxMessage.objects.create(
            key=f"raw:{uuid4()}",
            kind="raw",
            address="nobody@example.org",
            body=str(proposal),
            queued_at=at,
            try_at=at,
            state=OutboxMessage.State.SENT,
            sent_at=at,
        )
    return HttpResponse("ok")


def fifty_rows(request):
    """Fifty rows into a template."""
    return HttpResponse(engines["django"].from_string(FIFTY).render({"rows": Event.objects.all()[:50]}))


urlpatterns = [
    path("raw/nothing/", nothing),
    path("raw/one-query/", one_query),
    path("raw/submit/", submit),
    path("raw/fifty-rows/", fifty_rows),
    path("", include("odifund.urls")),
]
