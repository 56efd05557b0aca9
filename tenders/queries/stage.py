"""How far tenders have got between closing and decision: what is done, what is not, who is proposed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, Subquery, UUIDField
from django.db.models.functions import Coalesce

from odifund.core.models import TwoPersonMove
from odifund.core.wording import counted
from tenders.models import Decision, Panellist, Proposal, Tender

S = Tender.Status


@dataclass(frozen=True)
class Stage:
    """One tender. Of proposals only how many: nothing else leaves the seal."""

    tender: Tender
    opened: int = 0
    unchecked: int = 0
    unagreed: int = 0
    evaluators: int = 0
    moderators: int = 0
    moves: tuple[TwoPersonMove, ...] = ()

    def move(self, verb: str) -> TwoPersonMove | None:
        """What one person proposed and another has not confirmed."""
        return next((move for move in self.moves if move.verb == verb), None)

    @property
    def panel_lacks(self) -> str:
        """Who the panel lacks, in words; nothing when it is complete."""
        least = self.tender.evaluators_least
        lacks = [] if self.evaluators >= least else [f"{self.evaluators} of {least} evaluators"]
        lacks += [] if self.moderators else ["no moderator yet"]
        return ", ".join(lacks)

    @property
    def unsettled(self) -> int:
        """The proposals that stand in the way of a decision."""
        return self.unchecked + self.unagreed

    @property
    def to_decide(self) -> bool:
        """Whether every proposal is settled, so that the awards can be proposed."""
        return self.tender.status == S.OPENED and bool(self.opened) and not self.unsettled

    @property
    def waits(self) -> Iterator[str]:
        """Everything that waits for somebody, for lists."""
        if self.tender.status in {S.PUBLISHED, S.CLOSED, S.OPENED} and self.panel_lacks:
            yield f"The panel: {self.panel_lacks}"
        if self.tender.status == S.CLOSED:
            yield (
                "A second person to confirm the opening" if self.move("open") else "The opening by two people"
            )
        if self.unchecked:
            yield f"{counted(self.unchecked, 'proposal')} to check for eligibility"
        if self.unagreed:
            yield f"Scores of {counted(self.unagreed, 'proposal')}, from the panel"
        if self.to_decide:
            yield (
                "A second person to approve the awards"
                if self.move("approve")
                else "The awards, by two people"
            )


def stages(tenders: Iterable[Tender]) -> dict[UUID, Stage]:
    """The stage of each: as many queries for one tender as for all."""
    listed = list(tenders)
    keys = [tender.pk for tender in listed]
    proposals, panels, moves = _proposals(keys), _panels(keys), _moves(keys)
    return {
        tender.pk: Stage(
            tender,
            *proposals.get(tender.pk, (0, 0, 0)),
            *panels.get(tender.pk, (0, 0)),
            moves=tuple(moves.get(tender.pk, ())),
        )
        for tender in listed
    }


def _proposals(keys: list[UUID]) -> dict[UUID, tuple[int, int, int]]:
    """Opened, not checked, eligible without agreed scores: of tenders that are not decided yet."""
    opened = Proposal.objects.filter(
        tender__in=keys,
        tender__status=S.OPENED,
        status=Proposal.Status.SUBMITTED,
        versions__opening_check__matches=True,
    )
    rows = (
        opened.order_by()
        .values_list("tender")
        .annotate(
            opened=Count("pk"),
            unchecked=Count("pk", filter=Q(eligibility=None)),
            unagreed=Count("pk", filter=Q(eligibility__eligible=True, moderation__agreed_at=None)),
        )
    )
    return {key: (count, unchecked, unagreed) for key, count, unchecked, unagreed in rows}


def _panels(keys: list[UUID]) -> dict[UUID, tuple[int, int]]:
    """Evaluators who stand in for nobody, and moderators."""
    seats = Panellist.objects.filter(tender__in=keys, ended_at=None, is_deputy=False)
    rows = (
        seats.order_by()
        .values_list("tender")
        .annotate(
            evaluators=Count("pk", filter=Q(part=Panellist.Part.EVALUATOR)),
            moderators=Count("pk", filter=Q(part=Panellist.Part.MODERATOR)),
        )
    )
    return {key: (evaluators, moderators) for key, evaluators, moderators in rows}


def _moves(keys: list[UUID]) -> dict[UUID, list[TwoPersonMove]]:
    """What waits for a second person; awards are proposed on the decision of a tender."""
    prepared = Decision.objects.filter(pk=OuterRef("subject_id")).values("tender")
    about = Coalesce(Subquery(prepared, output_field=UUIDField()), F("subject_id"))
    waiting = TwoPersonMove.objects.annotate(tender=about).filter(
        tender__in=keys, confirmed_at=None, taken_back_at=None
    )
    found: dict[UUID, list[TwoPersonMove]] = {}
    for move in waiting.select_related("proposed_by"):
        found.setdefault(move.tender, []).append(move)
    return found
