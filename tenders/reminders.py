"""The reminders of the competition, before their moments. The core's sweep gives each once."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from odifund.core.reminders import Due
from tenders.queries.unsubmitted import people_who_will_sign_in, people_with_unsubmitted
from tenders.queries.watch import to_remind_of_questions


def questions_close(at: datetime) -> Iterator[Due]:
    """Two days before questions close, to watchers from outside the fund."""
    for watch in to_remind_of_questions(at):
        assert watch.tender.questions_close_at is not None
        yield Due(
            kind="tenders/questions_close",
            subject=watch.tender,
            person=watch.person,
            moment_at=watch.tender.questions_close_at,
            context={"tender": watch.tender},
            sealed=True,
            private=True,
        )


def try_signing_in(at: datetime) -> Iterator[Due]:
    """A week before proposals close, once to whoever is named on one: a lost mailbox shows in time."""
    for proposal, person in people_who_will_sign_in(at, from_=TWO_DAYS, to=A_WEEK):
        assert proposal.tender.proposals_close_at is not None
        yield Due(
            kind="tenders/try_signing_in",
            subject=proposal.tender,
            person=person,
            moment_at=proposal.tender.proposals_close_at,
            context={"tender": proposal.tender},
            sealed=True,
        )


A_WEEK = timedelta(days=7)
TWO_DAYS, THREE_HOURS = timedelta(days=2), timedelta(hours=3)


def proposals_close(at: datetime) -> Iterator[Due]:
    """Two days and three hours before proposals close, to whoever is named on a draft that does not stand."""
    spans = {
        "tenders/proposals_close_in_days": (THREE_HOURS, TWO_DAYS),
        "tenders/proposals_close_in_hours": (timedelta(0), THREE_HOURS),
    }
    for kind, (from_, to) in spans.items():
        for draft, person in people_with_unsubmitted(at, from_=from_, to=to):
            proposal, tender = draft.proposal, draft.proposal.tender
            assert tender.proposals_close_at is not None
            yield Due(
                kind=kind,
                subject=proposal,
                person=person,
                moment_at=tender.proposals_close_at,
                context={
                    "proposal": proposal,
                    "tender": tender,
                    "lead": proposal.consortium.lead,
                    "draft": draft,
                },
            )
