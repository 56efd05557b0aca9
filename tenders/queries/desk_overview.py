"""What staff see of one tender: where it stands, how many proposals, and what to do next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse

from odifund.core import two_person
from odifund.core.models import TwoPersonMove
from odifund.core.todo import ToDo
from odifund.core.wording import plain_day
from tenders import access
from tenders.models import Panellist, Proposal, Tender
from tenders.queries.question import waiting_questions
from tenders.queries.rounds import Standing, standing
from tenders.queries.tender import has_changed

if TYPE_CHECKING:
    from odifund.core.models import Person

S = Tender.Status


@dataclass(frozen=True)
class Overview:
    """The page of one tender at the fund."""

    standing: Standing
    proposals: int
    questions: int
    evaluators: int
    todo: list[ToDo]
    move: TwoPersonMove | None
    changed: bool


def overview(tender: Tender, user: "Person", at: datetime) -> Overview:
    """Of proposals only how many: nothing else leaves the seal."""
    questions = waiting_questions(tender).count()
    submitted = Proposal.objects.filter(tender=tender, status=Proposal.Status.SUBMITTED).count()
    panel = Panellist.objects.filter(
        tender=tender, part=Panellist.Part.EVALUATOR, is_deputy=False, ended_at=None
    )
    move = two_person.waiting("publish", tender)
    changed = has_changed(tender, move)
    return Overview(
        standing(tender, at),
        submitted,
        questions,
        panel.count(),
        list(_todo(tender, user, at, questions, None if changed else move)),
        move,
        changed,
    )


def _todo(
    tender: Tender, user: "Person", at: datetime, questions: int, move: TwoPersonMove | None
) -> Iterator[ToDo]:
    manages = access.manages(user, tender)
    if tender.status == S.DRAFT:
        yield from _of_draft(tender, user, move, manages=manages)
    if questions:
        count = "1 question waits" if questions == 1 else f"{questions} questions wait"
        yield _to("waiting_questions", tender, "Answer questions", count, due=tender.answers_due_at, now=True)
    if tender.accepts_proposals(at):
        closing = "The clock closes it; nobody has to be there"
        yield _to("tender", tender, "Proposals close", closing, due=tender.proposals_close_at)
    if tender.status == S.CLOSED and access.confirms(user, tender):
        yield _to("opening", tender, "Open the proposals", "It takes two people", now=True)
    if tender.status == S.OPENED:
        yield from _of_decision(tender, user, manages=manages)
    if tender.status in {S.PUBLISHED, S.CLOSED, S.OPENED}:
        title = "Name the panel" if manages else "See the panel"
        yield _to("panel", tender, title, "Who scores and who moderates")


def _of_decision(tender: Tender, user: "Person", *, manages: bool) -> Iterator[ToDo]:
    if manages:
        yield _to("eligibility", tender, "Record who is eligible", "Before the panel moderates", now=True)
    if access.confirms(user, tender):
        hint = "One person proposes the awards, another approves them"
        yield _to("decision", tender, "Decide the awards", hint)


def _of_draft(tender: Tender, user: "Person", move: TwoPersonMove | None, *, manages: bool) -> Iterator[ToDo]:
    if move and move.proposed_by_id != user.pk and access.confirms(user, tender):
        hint = f"{move.proposed_by} proposed it on {plain_day(move.proposed_at)}"
        yield _to("publish", tender, "Read it, and confirm publishing", hint, now=True)
    elif move and access.confirms(user, tender):
        yield _to("publish", tender, "Wait for a second person, or take it back", "You proposed publishing")
    if manages:
        yield _to("write_tender", tender, "Write the tender", "Every part, and what is missing")
        yield _to("panel", tender, "Name the panel", "Before or after publishing, until the decision")


def _to(name: str, tender: Tender, title: str, hint: str = "", **more: object) -> ToDo:
    return ToDo(title, reverse(f"tenders:{name}", args=[tender.reference]), hint, **more)  # type: ignore[arg-type]
