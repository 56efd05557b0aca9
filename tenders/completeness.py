"""What was opened, and when its scores are complete: what access.py builds the panel's door on.

Querysets alone: conflicts, who is still awaited, and which scores count. They decide nothing about
who may see anything.
"""

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from tenders.models import Declaration, OpeningCheck, Panellist, Proposal, Score, Settlement

if TYPE_CHECKING:
    from odifund.core.models import Person


def opened_checks() -> QuerySet[OpeningCheck]:
    """What was opened: it matched, or was held and two people admitted it since."""
    return OpeningCheck.objects.filter(Q(matches=True) | Q(pk__in=_settled(Settlement.Outcome.ADMITTED)))


def left_out() -> QuerySet[OpeningCheck]:
    """What was held and two people left out."""
    return OpeningCheck.objects.filter(pk__in=_settled(Settlement.Outcome.LEFT_OUT))


def unsettled_checks() -> QuerySet[OpeningCheck]:
    """What was held, and two people have not settled."""
    return OpeningCheck.objects.filter(matches=False).exclude(pk__in=_settled(*Settlement.Outcome.values))


def _settled(*outcomes: str) -> QuerySet[Any, Any]:
    found = Settlement.objects.filter(status=Settlement.Status.SETTLED, outcome__in=outcomes)
    return found.values("held")


def conflict_of(
    person: "Person | OuterRef", tender: str = "tender", consortium: str = "consortium"
) -> Exists:
    """Whether the person declared a conflict with anybody who is or was in the consortium (outer row)."""
    return Exists(
        Declaration.objects.filter(
            person=person,
            conflict=True,
            tender=OuterRef(tender),
            organisation__memberships__consortium=OuterRef(consortium),
        )
    )


def has_declared() -> Exists:
    """Whether the panellist (outer row) has declared their interests in that tender."""
    return Exists(Declaration.objects.filter(person=OuterRef("person"), tender=OuterRef("tender")))


def standing_scores() -> QuerySet[Score]:
    """Scores that count: all but those of somebody who has declared a conflict since."""
    return Score.objects.exclude(
        conflict_of(OuterRef("evaluator"), "proposal__tender", "proposal__consortium")
    )


def awaited_evaluators(proposal: Proposal | None = None) -> QuerySet[Panellist]:
    """Evaluators, deputies apart, without a conflict, who have not locked. None given: the outer row."""
    key = proposal.pk if proposal else OuterRef(OuterRef("pk"))
    consortium = proposal.consortium_id if proposal else OuterRef(OuterRef("consortium"))
    conflict = Declaration.objects.filter(
        person=OuterRef("person"),
        conflict=True,
        tender=OuterRef("tender"),
        organisation__memberships__consortium=consortium,
    )
    locked = Score.objects.filter(proposal=key, evaluator=OuterRef("person"), status=Score.Status.LOCKED)
    return Panellist.objects.filter(
        ~Exists(conflict),
        ~Exists(locked),
        tender=proposal.tender_id if proposal else OuterRef("tender"),
        part=Panellist.Part.EVALUATOR,
        is_deputy=False,
        ended_at=None,
    )


def unlocked_scores() -> QuerySet[Score]:
    """Scores that count and that somebody still on the panel has begun and not locked."""
    sits = Panellist.objects.filter(
        person=OuterRef("evaluator"),
        tender=OuterRef("proposal__tender"),
        part=Panellist.Part.EVALUATOR,
        ended_at=None,
    )
    return standing_scores().filter(Exists(sits), status=Score.Status.DRAFT)


def fully_scored(proposals: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """Of these, the ones whose scores the panel may see: nobody awaited, none open, enough have scored.

    Once moderation has started they stay seen, whoever joins the panel afterwards.
    """
    lockers = (
        standing_scores()
        .filter(proposal=OuterRef("pk"), status=Score.Status.LOCKED)
        .order_by()
        .values("proposal")
        .annotate(count=Count("evaluator", distinct=True))
        .values("count")
    )
    complete = Q(
        ~Exists(awaited_evaluators()),
        ~Exists(unlocked_scores().filter(proposal=OuterRef("pk"))),
        scored_by__gte=F("tender__evaluators_least"),
    )
    return proposals.annotate(scored_by=Coalesce(Subquery(lockers), 0)).filter(
        Q(moderation__isnull=False) | complete
    )
