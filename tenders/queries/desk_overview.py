"""What staff see of one tender: where it stands, how many proposals, and what to do next."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse

from odifund.core import two_person
from odifund.core.models import TwoPersonMove
from odifund.core.wording import plain_day
from tenders import access
from tenders.models import Panellist, Proposal, Tender
from tenders.queries.question import waiting_questions
from tenders.queries.rounds import Standing, standing

if TYPE_CHECKING:
    from odifund.core.models import Person

S = Tender.Status


@dataclass(frozen=True)
class ToDo:
    """Something to do next."""

    title: str
    url: str
    hint: str = ""
    due: datetime | None = None
    when: str = ""
    now: bool = False


@dataclass(frozen=True)
class Overview:
    """The page of one tender at the fund."""

    standing: Standing
    proposals: int
    questions: int
    evaluators: int
    todo: list[ToDo]
    move: TwoPersonMove | None


def overview(tender: Tender, user: "Person", at: datetime) -> Overview:
    """Of proposals only how many: nothing else leaves the seal."""
    questions = waiting_questions(tender).count()
    submitted = Proposal.objects.filter(tender=tender, status=Proposal.Status.SUBMITTED).count()
    panel = Panellist.objects.filter(
        tender=tender, part=Panellist.Part.EVALUATOR, is_deputy=False, ended_at=None
    )
    move = two_person.waiting("publish", tender)
    return Overview(
        standing(tender, at),
        submitted,
        questions,
        panel.count(),
        list(_todo(tender, user, at, questions, move)),
        move,
    )


def _todo(
    tender: Tender, user: "Person", at: datetime, questions: int, move: TwoPersonMove | None
) -> list[ToDo]:
    manages = access.manages(user, tender)
    if tender.status == S.DRAFT:
        return _of_draft(tender, user, move, manages=manages)
    todo = []
    if questions:
        count = "1 question waits" if questions == 1 else f"{questions} questions wait"
        todo.append(
            _to("waiting_questions", tender, "Answer questions", count, due=tender.answers_due_at, now=True)
        )
    if tender.accepts_proposals(at):
        closing = "The clock closes it; nobody has to be there."
        todo.append(_to("tender", tender, "Proposals close", closing, due=tender.proposals_close_at))
        if manages:
            todo.append(
                _to("publish_notice", tender, "Publish a notice", "When something has to be announced")
            )
    if tender.status == S.CLOSED and access.confirms(user, tender):
        todo.append(_to("opening", tender, "Open the proposals", "It takes two people", now=True))
    return todo


def _of_draft(tender: Tender, user: "Person", move: TwoPersonMove | None, *, manages: bool) -> list[ToDo]:
    todo = []
    if move and move.proposed_by_id != user.pk and access.confirms(user, tender):
        hint = f"{move.proposed_by} proposed it on {plain_day(move.proposed_at)}"
        todo.append(_to("publish", tender, "Read it, and confirm publishing", hint, now=True))
    elif move:
        todo.append(ToDo("Waiting for a second person", reverse("tenders:publish", args=[tender.reference])))
    if manages:
        todo.append(_to("write_tender", tender, "Write the tender", "Every part, and what is missing"))
    return todo


def _to(name: str, tender: Tender, title: str, hint: str = "", **more: object) -> ToDo:
    return ToDo(title, reverse(f"tenders:{name}", args=[tender.reference]), hint, **more)  # type: ignore[arg-type]
