"""How far tenders have got between closing and decision: what is done, what is not, who is proposed."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Value

from odifund.core.models import TwoPersonMove
from odifund.core.wording import counted
from tenders.completeness import opened_checks, unsettled_checks
from tenders.models import Decision, Panellist, Proposal, Tender
from tenders.queries.tender import changed_moves

S = Tender.Status
Four = tuple[int, int, int, int]


@dataclass(frozen=True)
class Stage:
    """One tender. Of proposals only how many: nothing else leaves the seal."""

    tender: Tender
    opened: int = 0
    unchecked: int = 0
    unagreed: int = 0
    eligible: int = 0
    held: int = 0
    evaluators: int = 0
    moderators: int = 0
    moves: tuple[TwoPersonMove, ...] = ()
    changed: bool = False
    """Whether the draft is another than the one whose publishing was proposed: nobody can confirm it."""

    def move(self, verb: str) -> TwoPersonMove | None:
        """What one person proposed and another has not confirmed."""
        return next((move for move in self.moves if move.verb == verb), None)

    @property
    def panel_lacks(self) -> str:
        """Who the panel lacks, in words; nothing when it is complete, or there is nothing to score."""
        if self.tender.status == S.OPENED and not self.opened and not self.held:
            return ""
        return panel_lacks(self.tender, self.evaluators, self.moderators)

    @property
    def unsettled(self) -> int:
        """The proposals that stand in the way of a decision."""
        return self.held + self.unchecked + self.unagreed

    @property
    def to_decide(self) -> bool:
        """Whether every proposal is settled, so that two people can decide; also where none came."""
        return self.tender.status == S.OPENED and not self.unsettled

    @property
    def can_award(self) -> bool:
        """Whether there is anything to award."""
        return bool(self.eligible)

    @property
    def waits(self) -> Iterator[str]:
        """Everything that waits for somebody, for lists."""
        if self.changed:
            yield "Changed since it was proposed: propose it again"
        elif self.move("publish"):
            yield "A second person to confirm publishing"
        if self.tender.status in {S.PUBLISHED, S.CLOSED, S.OPENED} and self.panel_lacks:
            yield f"The panel: {self.panel_lacks}"
        if self.move("extend"):
            yield "A second person to confirm the later deadline"
        if self.tender.status == S.CLOSED and self.tender.rehearses:
            yield "Its end, by two people"
        elif self.tender.status == S.CLOSED:
            yield (
                "A second person to confirm the opening" if self.move("open") else "The opening by two people"
            )
        if self.held:
            yield f"{counted(self.held, 'held proposal')} to settle, by two people"
        if self.unchecked:
            yield f"{counted(self.unchecked, 'proposal')} to check for eligibility"
        if self.unagreed:
            yield f"Scores of {counted(self.unagreed, 'proposal')}, from the panel"
        if self.to_decide:
            what = "awards" if self.can_award else "decision, with nothing to award"
            approve = f"A second person to approve the {what}"
            yield approve if self.move("approve") else f"The {what}, by two people"


def panel_lacks(tender: Tender, evaluators: int, moderators: int) -> str:
    """Who a panel of so many lacks, in words. A rehearsal is not scored, so it needs none."""
    if tender.rehearses:
        return ""
    least = tender.evaluators_least
    lacks = [] if evaluators >= least else [f"{evaluators} of {least} evaluators"]
    return ", ".join(lacks if moderators else [*lacks, "no moderator yet"])


def stages(tenders: Iterable[Tender]) -> dict[UUID, Stage]:
    """The stage of each: as many queries for one tender as for all."""
    listed = list(tenders)
    keys = [tender.pk for tender in listed]
    proposals, panels = _counts(keys)
    subjects = _subjects(keys)
    held = Counter(key for _, key, is_held in subjects if is_held)
    moves = _moves(keys, {subject: key for subject, key, _ in subjects if subject})
    changed = changed_moves((move, tender) for tender in listed for move in moves.get(tender.pk, ()))
    return {
        tender.pk: Stage(
            tender,
            *proposals.get(tender.pk, (0, 0, 0, 0)),
            held[tender.pk],
            *panels.get(tender.pk, (0, 0)),
            moves=tuple(moves.get(tender.pk, ())),
            changed=any(move.pk in changed for move in moves.get(tender.pk, ())),
        )
        for tender in listed
    }


def _counts(keys: list[UUID]) -> tuple[dict[UUID, Four], dict[UUID, tuple[int, int]]]:
    """Of each tender, in one query: proposals opened, not checked, eligible without agreed scores, eligible;
    and evaluators who stand in for nobody, moderators.
    """
    opened = Proposal.objects.filter(
        tender__in=keys,
        tender__status=S.OPENED,
        status=Proposal.Status.SUBMITTED,
        versions__opening_check__in=opened_checks(),
    )
    proposals = _counted(
        opened,
        "proposals",
        Count("pk"),
        Count("pk", filter=Q(eligibility=None)),
        Count("pk", filter=Q(eligibility__eligible=True, moderation__agreed_at=None)),
        Count("pk", filter=Q(eligibility__eligible=True)),
    )
    seats = _counted(
        Panellist.objects.filter(tender__in=keys, ended_at=None, is_deputy=False),
        "panel",
        Count("pk", filter=Q(part=Panellist.Part.EVALUATOR)),
        Count("pk", filter=Q(part=Panellist.Part.MODERATOR)),
        Value(0),
        Value(0),
    )
    found: dict[str, dict[UUID, Four]] = {"proposals": {}, "panel": {}}
    for of, key, first, second, third, fourth in proposals.union(seats, all=True):
        found[of][key] = (first, second, third, fourth)
    return found["proposals"], {key: counts[:2] for key, counts in found["panel"].items()}


def _counted(rows: QuerySet[Any], of: str, *counts: Count | Value) -> QuerySet[Any, Any]:
    named = dict(zip(("first", "second", "third", "fourth"), counts, strict=True))
    of_each: QuerySet[Any, Any] = rows.order_by().annotate(of=Value(of)).values_list("of", "tender")
    counted_each: QuerySet[Any, Any] = of_each.annotate(**named)
    return counted_each


def _subjects(keys: list[UUID]) -> list[tuple[UUID | None, UUID, bool]]:
    """What else two people move of a tender: its decision, and what was held and is not settled."""
    decisions = Decision.objects.filter(tender__in=keys).order_by()
    held = unsettled_checks().filter(opening__tender__in=keys, opening__tender__status=S.OPENED).order_by()
    rows = decisions.values_list("pk", "tender", Value(False)).union(
        held.values_list("settlement", "opening__tender", Value(True)), all=True
    )
    return list(rows)


def _moves(keys: list[UUID], subjects: dict[UUID, UUID]) -> dict[UUID, list[TwoPersonMove]]:
    """What waits for a second person."""
    waiting = TwoPersonMove.objects.filter(
        subject_id__in=[*keys, *subjects], confirmed_at=None, taken_back_at=None
    )
    found: dict[UUID, list[TwoPersonMove]] = {}
    for move in waiting.select_related("proposed_by"):
        found.setdefault(subjects.get(move.subject_id, move.subject_id), []).append(move)
    return found
