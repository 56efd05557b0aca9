"""Whether a proposal can be moderated, what is still to agree, and the moderator's desk."""

from collections.abc import Iterator
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from tenders import scoring
from tenders.completeness import awaited_evaluators, fully_scored, standing_scores, unlocked_scores
from tenders.models import (
    AgreedScore,
    Criterion,
    Eligibility,
    Moderation,
    Proposal,
    ScaleStep,
    Score,
    Tender,
    Version,
)
from tenders.queries.contents import Contents
from tenders.queries.desk import texts_for
from tenders.queries.panel import Entry, criteria_of, opened_versions


def not_ready(proposal: Proposal) -> list[str]:
    """What stands in the way of moderation; nothing when the scores are complete."""
    checked = Eligibility.objects.filter(proposal=proposal).first()
    if checked is None:
        return ["A manager has to record first whether this proposal is eligible."]
    if not checked.eligible:
        return ["This proposal was found not eligible, so it is not moderated."]
    awaited = list(awaited_evaluators(proposal).select_related("person").order_by("person__name"))
    begun = unlocked_scores().filter(proposal=proposal).select_related("evaluator")
    waiting = {seat.person for seat in awaited} | {score.evaluator for score in begun}
    problems = [
        f"{person} has not locked their scores." for person in sorted(waiting, key=lambda one: one.name)
    ]
    locked = standing_scores().filter(proposal=proposal, status=Score.Status.LOCKED)
    done, least = locked.values("evaluator").distinct().count(), proposal.tender.evaluators_least
    if done + len(waiting) < least:
        problems.append(
            f"{least} evaluators have to score it, and only {done + len(waiting)} can:"
            " declared interests leave too few. A deputy has to score it too."
        )
    return problems


def awaits_scores(tender: Tender) -> bool:
    """Whether moderation waits for an eligibility check or a score, or for a first eligible proposal."""
    opened = Proposal.objects.filter(pk__in=opened_versions(tender).values("proposal"))
    eligible = opened.filter(eligibility__eligible=True)
    unscored = eligible.exclude(pk__in=fully_scored(eligible).values("pk"))
    return opened.filter(eligibility=None).exists() or not eligible.exists() or unscored.exists()


def missing(moderation: Moderation, at: datetime) -> Iterator[str]:
    """The criteria without an agreed score."""
    agreed = AgreedScore.objects.filter(moderation=moderation).values("criterion")
    criteria = Criterion.objects.filter(tender=moderation.proposal.tender_id)
    for criterion in criteria.exclude(pk__in=agreed):
        yield f"Record the agreed score for “{criterion}”, with its reason."


def first_criterion(tender: Tender) -> Criterion:
    """Where moderation begins."""
    return tender.criteria.all()[0]


class Desk:
    """What the moderator has before them."""

    def __init__(self, moderation: Moderation) -> None:
        self.moderation = moderation
        self.proposal = moderation.proposal
        self.criteria: list[Criterion] = criteria_of(self.proposal.tender)
        rows = AgreedScore.objects.filter(moderation=moderation).select_related("saved_by")
        self.agreed: dict[UUID, AgreedScore] = {row.criterion_id: row for row in rows}

    @cached_property
    def version(self) -> Version:
        """The opened version."""
        return opened_versions(self.proposal.tender).get(proposal=self.proposal)

    @cached_property
    def entry(self) -> Entry:
        """The proposal as lists show it."""
        return Entry(self.version)

    @cached_property
    def scale(self) -> list[ScaleStep]:
        """What each score means."""
        return list(self.proposal.tender.scale.all())

    @property
    def rows(self) -> list[tuple[Criterion, AgreedScore | None]]:
        """Each criterion with its agreed score, if there is one."""
        return [(criterion, self.agreed.get(criterion.pk)) for criterion in self.criteria]

    @property
    def total(self) -> object:
        """The total so far, once every criterion has its score."""
        if len(self.agreed) < len(self.criteria):
            return None
        weights = {criterion.code: criterion.weight for criterion in self.criteria}
        return scoring.total(weights, {c.code: self.agreed[c.pk].score for c in self.criteria})

    def criterion(self, code: str) -> Criterion | None:
        """The criterion with this code."""
        return next((criterion for criterion in self.criteria if criterion.code == code), None)

    def after(self, criterion: Criterion) -> str | None:
        """The code of the criterion after this one; none after the last."""
        place = self.criteria.index(criterion) + 1
        return self.criteria[place].code if place < len(self.criteria) else None

    def context(self, criterion: Criterion, contents: Contents, rows: QuerySet[Score]) -> dict[str, Any]:
        """What the page shows."""
        scores = list(rows.select_related("evaluator").order_by("evaluator__name"))
        following, agreed = self.after(criterion), self.agreed.get(criterion.pk)
        return {
            "tender": self.proposal.tender,
            "proposal": self.proposal,
            "desk": self,
            "criterion": criterion,
            "next_title": next((c.title for c in self.criteria if c.code == following), ""),
            "contents": contents,
            "texts": texts_for(criterion, contents),
            "scores": scores,
            "given": [score.score for score in scores if score.score is not None],
            "agreed": agreed,
            "agreed_score": agreed.score if agreed else None,
        }
