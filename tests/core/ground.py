"""What the core's tests stand on: a moment, and a tender to move about with a small table of its own."""

from datetime import UTC, datetime

from odifund.core.lifecycle import Lifecycle, Step, Tick
from tenders.models import Programme, Tender
from tests import cast

AT = datetime(2017, 8, 17, 9, 0, tzinfo=UTC)
CLOSES = datetime(2017, 9, 22, 16, 0, tzinfo=UTC)
S = Tender.Status


def a_tender(**fields):
    """A draft, laid into its table directly: the core's tests know no action of the tenders app."""
    by = cast.person("manager", at=AT)
    programme = Programme.objects.create(
        title="Open services", slug=f"p-{Programme.objects.count()}", added_by=by, added_at=AT
    )
    reference = f"core-{Tender.objects.count()}"
    given = {"title": "Stimulus fund", "proposals_close_at": CLOSES, "drafted_by": by, "drafted_at": AT}
    return Tender.objects.create(programme=programme, reference=reference, **(given | fields))


def manages(person, thing):
    return "manager" in person.roles


def confirms(person, thing):
    return bool(person.roles & {"manager", "approver"})


def has_title(tender, at):
    return [] if tender.title else ["Give the tender a title"]


def what(tender):
    return {"title": tender.title, "pot": tender.pot}


TABLE = Lifecycle(
    Tender,
    Step("publish", "tender.published", (S.DRAFT,), S.PUBLISHED, manages, needs=has_title),
    Tick("close", "tender.closed", (S.PUBLISHED,), S.CLOSED, due="proposals_close_at"),
    Step(
        "propose_opening",
        "tender.opening_proposed",
        (S.CLOSED,),
        None,
        confirms,
        proposes="open",
        content=what,
    ),
    Step("open", "tender.opened", (S.CLOSED,), S.OPENED, confirms, second=True, content=what),
)
