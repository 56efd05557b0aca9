"""A portal in which one of each reminder falls due at the same moment, reached through actions.

Watchers of a tender whose questions close, people named on a draft that is not submitted, and people
of a contract that owes one thing soon and another since yesterday, and the manager who waits for it.
"""

from datetime import datetime, timedelta

from deliverables.models import Deliverable
from odifund.core import clock
from odifund.core.models import Person
from tenders.actions import watch
from tests import cast
from tests.factories import delivery
from tests.factories.proposal import complete_proposal
from tests.factories.tender import published_tender

DAY = timedelta(days=1)
WATCHERS = [f"watcher-{number}@example.org" for number in range(12)]
NAMED = [cast.PLAYERS[player].email for player in ("lead-a", "partner-a")]
SUBJECTS = {
    "questions close at": WATCHERS,
    "your draft is not submitted": NAMED,
    "is due in": NAMED,
    "is overdue": NAMED,
    "Overdue: ": [cast.PLAYERS["manager"].email],
}
"""What the subject of each kind says, and who gets it."""


def make(*, within: timedelta) -> datetime:
    """Make it; returns the moment, soon, from which all of them are due."""
    moment = clock.now() + within
    _contract_that_owes(soon=moment + 7 * DAY, since=moment - DAY)
    _watched_tender(questions_close_at=moment + 2 * DAY)
    answered = {"questions_close_at": moment - 12 * DAY, "answers_due_at": moment - 8 * DAY}
    complete_proposal(_open_since(moment - 34 * DAY, "SF3", proposals_close_at=moment + 2 * DAY, **answered))
    return moment


def _open_since(at: datetime, reference: str, **dates: datetime):
    return published_tender(at=at, reference=reference, **dates)


def _watched_tender(**dates: datetime) -> None:
    began = dates["questions_close_at"] - 16 * DAY
    tender = _open_since(began, "SF2", **dates)
    for address in WATCHERS:
        watch.start(tender, by=Person.objects.make(address, address, joined_at=began), at=began)


def _contract_that_owes(*, soon: datetime, since: datetime) -> None:
    """A contract of 2017, all of it accepted but for two deliverables, which are moved to these moments."""
    ours = delivery.contract_of(delivery.tender_in_delivery())
    Deliverable.objects.update(status=Deliverable.Status.ACCEPTED)
    owed = {Deliverable.Kind.BLOG: soon, Deliverable.Kind.HALFWAY: since}
    for kind, due_at in owed.items():
        ours.deliverables.filter(kind=kind).update(status=Deliverable.Status.DUE, due_at=due_at)
