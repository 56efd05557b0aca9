"""What staff see of one tender: where it stands, how many proposals, and what to do next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse

from odifund.core.models import TwoPersonMove
from odifund.core.todo import ToDo
from odifund.core.wording import counted, plain_day
from tenders import access
from tenders.models import LateAttempt, Proposal, Tender
from tenders.queries.contract import awards_to_offer
from tenders.queries.question import waits
from tenders.queries.rounds import Standing, standing
from tenders.queries.stage import Stage, stages

if TYPE_CHECKING:
    from odifund.core.models import Person

S = Tender.Status


@dataclass(frozen=True)
class Overview:
    """The page of one tender at the fund."""

    standing: Standing
    stage: Stage
    proposals: int
    questions: int
    late: tuple[int, int]
    todo: list[ToDo]

    @property
    def comes(self) -> str:
        """What happens without this person: said where nothing waits for them."""
        stage, status = self.stage, self.stage.tender.status
        if status == S.OPENED and stage.unchecked:
            return f"A manager records whether {counted(stage.unchecked, 'proposal')} can be scored."
        if status == S.OPENED and stage.unagreed:
            what = f"{counted(stage.unagreed, 'proposal')} of {stage.opened}"
            return f"The panel scores, then agrees: {what} without agreed scores. Then two people decide."
        if self.standing.is_open:
            return "The clock closes it; nobody has to be there."
        return ""


def overview(tender: Tender, user: "Person", at: datetime) -> Overview:
    """Of proposals only how many: nothing else leaves the seal."""
    questions = tender.questions.filter(waits()).count()
    submitted = Proposal.objects.filter(tender=tender, status=Proposal.Status.SUBMITTED).count()
    stage = stages([tender])[tender.pk]
    return Overview(
        standing(tender, at), stage, submitted, questions, _late(tender), list(_todo(stage, user, questions))
    )


def may_finish(tender: Tender, user: "Person") -> bool:
    """Whether the person may finish it by hand: nothing was awarded, so that no contract does."""
    return tender.status == S.DECIDED and tender.is_without_award and access.manages(user, tender)


def _late(tender: Tender) -> tuple[int, int]:
    """How many came after the deadline, and how many of them had reached the portal before it."""
    reached = list(
        LateAttempt.objects.filter(tender=tender, proposal__isnull=False).values_list(
            "reached_us_in_time", flat=True
        )
    )
    return len(reached), sum(reached)


def _todo(stage: Stage, user: "Person", questions: int) -> Iterator[ToDo]:
    """Only what is undone."""
    tender = stage.tender
    manages, confirms = access.manages(user, tender), access.confirms(user, tender)
    if tender.status == S.DRAFT:
        yield from _of_draft(stage, user, manages=manages, confirms=confirms)
    if questions and manages and not tender.cancelled_at:
        count = "1 question waits" if questions == 1 else f"{questions} questions wait"
        yield _to("waiting_questions", tender, "Answer questions", count, due=tender.answers_due_at, now=True)
    if confirms and stage.move("extend"):
        yield _of_two(stage, user, "extend", "extend", "", "Confirm that it closes later")
    if tender.status == S.CLOSED and confirms and tender.rehearses:
        if not stage.move("cancel"):
            hint = "Two people do it; it is never opened"
            yield _to("cancel_tender", tender, "End the rehearsal", hint, now=True)
    elif tender.status == S.CLOSED and confirms:
        yield _of_two(stage, user, "open", "opening", "Open the proposals", "Confirm the opening")
    if stage.held and confirms:
        hint = f"{counted(stage.held, 'proposal')}; two people do it, and nothing is decided before"
        yield _to("opening", tender, "Settle what was held", hint, now=True)
    if tender.status == S.OPENED and manages and stage.unchecked:
        hint = f"{counted(stage.unchecked, 'proposal')} of {stage.opened}; the panel scores what is eligible"
        yield _to("eligibility", tender, "Record who is eligible", hint, now=True)
    if tender.status in {S.PUBLISHED, S.CLOSED, S.OPENED} and manages and stage.panel_lacks:
        hint = f"So far {stage.panel_lacks}"
        yield _to("panel", tender, "Name the panel", hint, now=tender.status == S.OPENED)
    if confirms and stage.move("cancel"):
        yield _of_two(stage, user, "cancel", "cancel_tender", "", "Confirm that it ends")
    if tender.status == S.DECIDED and manages and awards_to_offer().filter(decision__tender=tender).exists():
        yield ToDo("Offer the contracts", reverse("deliverables:delivery", args=[tender.reference]), now=True)
    if stage.to_decide and confirms:
        page = "approve_decision" if stage.move("approve") else "decision"
        first = "Propose the awards" if stage.can_award else "Decide, with nothing to award"
        second = "Approve the awards" if stage.can_award else "Approve that nothing is awarded"
        yield _of_two(stage, user, "approve", page, first, second)


WAITING_FOR = {
    "open": "The opening",
    "extend": "The later deadline",
    "approve": "The decision",
    "cancel": "Its end",
}


def _of_two(stage: Stage, user: "Person", verb: str, page: str, first: str, second: str) -> ToDo:
    """A move of two people: to propose, to confirm, or to wait for somebody else."""
    move = stage.move(verb)
    if move is None:
        return _to(page, stage.tender, first, "One person proposes it, another confirms it", now=True)
    if move.proposed_by_id == user.pk:
        return _to(
            page, stage.tender, f"{WAITING_FOR[verb]} waits for a second person", _proposed(move, "You")
        )
    return _to(page, stage.tender, second, _proposed(move, str(move.proposed_by)), now=True)


def _proposed(move: TwoPersonMove, who: str) -> str:
    return f"{who} proposed it on {plain_day(move.proposed_at)}"


def _of_draft(stage: Stage, user: "Person", *, manages: bool, confirms: bool) -> Iterator[ToDo]:
    tender, move = stage.tender, stage.move("publish")
    if tender.publish_at:
        if confirms:
            yield _to("publish", tender, "See what the clock publishes, or take it back")
        return
    if stage.changed and manages:
        yield _to("check_tender", tender, "Propose publishing again", "It was changed after it was proposed")
    elif stage.changed:
        return
    elif move and move.proposed_by_id != user.pk and confirms:
        hint = _proposed(move, str(move.proposed_by))
        yield _to("publish", tender, "Read it, and confirm publishing", hint, now=True)
    elif move and confirms:
        yield _to("publish", tender, "Wait for a second person, or take it back", "You proposed publishing")
    if manages:
        yield _to("write_tender", tender, "Write the tender", "Every part, and what is missing", now=not move)
        if stage.panel_lacks:
            yield _to("panel", tender, "Name the panel", "Before or after publishing, until the decision")


def _to(name: str, tender: Tender, title: str, hint: str = "", **more: object) -> ToDo:
    return ToDo(title, reverse(f"tenders:{name}", args=[tender.reference]), hint, **more)  # type: ignore[arg-type]
