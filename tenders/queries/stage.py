"""How far tenders have got between closing and decision: what is done, what is not, who is proposed."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, UUIDField, Value
from django.db.models.functions import Coalesce

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
    counts = _counts(keys)
    moves = moves_of(keys)
    changed = changed_moves((move, tender) for tender in listed for move in moves.get(tender.pk, ()))
    return {
        tender.pk: Stage(
            tender,
            *counts["proposals"].get(tender.pk, (0, 0, 0, 0)),
            *counts["held"].get(tender.pk, (0,))[:1],
            *counts["panel"].get(tender.pk, (0, 0))[:2],
            moves=tuple(moves.get(tender.pk, ())),
            changed=any(move.pk in changed for move in moves.get(tender.pk, ())),
        )
        for tender in listed
    }


def _counts(keys: list[UUID]) -> dict[str, dict[UUID, Four]]:
    """Of each tender, in one query: proposals opened, not checked, eligible without agreed scores, eligible;
    those held; and evaluators who stand in for nobody, moderators.
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
    held = _counted(
        held_checks().filter(opening__tender__in=keys),
        "held",
        Count("pk"),
        *[Value(0)] * 3,
        tender="opening__tender",
    )
    found: dict[str, dict[UUID, Four]] = {"proposals": {}, "panel": {}, "held": {}}
    for of, key, first, second, third, fourth in proposals.union(seats, held, all=True):
        found[of][key] = (first, second, third, fourth)
    return found


def _counted(
    rows: QuerySet[Any], of: str, *counts: Count | Value, tender: str = "tender"
) -> QuerySet[Any, Any]:
    named = dict(zip(("first", "second", "third", "fourth"), counts, strict=True))
    of_each: QuerySet[Any, Any] = rows.order_by().annotate(of=Value(of)).values_list("of", tender)
    counted_each: QuerySet[Any, Any] = of_each.annotate(**named)
    return counted_each


def held_checks() -> QuerySet[Any]:
    """What was held at an opening and is not settled, while its tender is not decided."""
    return unsettled_checks().filter(opening__tender__status=S.OPENED)


def moves_of(keys: Collection[UUID]) -> dict[UUID, list[TwoPersonMove]]:
    """What waits for a second person, the oldest first: of each tender, of its decision, and of what was
    held, in one query.
    """
    of_decision = Decision.objects.filter(pk=OuterRef("subject_id")).values("tender")
    of_held = held_checks().order_by().filter(settlement=OuterRef("subject_id")).values("opening__tender")
    waiting = (
        TwoPersonMove.objects.filter(confirmed_at=None, taken_back_at=None)
        .annotate(
            of=Coalesce(Subquery(of_decision), Subquery(of_held), "subject_id", output_field=UUIDField())
        )
        .filter(of__in=keys)
    )
    found: dict[UUID, list[TwoPersonMove]] = {}
    for move in waiting.select_related("proposed_by").order_by("proposed_at"):
        found.setdefault(move.of, []).append(move)
    return found
