"""Whether a proposal can be moderated, and what is still to agree, in sentences."""

from collections.abc import Iterator
from datetime import datetime

from tenders.completeness import awaited_evaluators, standing_scores, unlocked_scores
from tenders.models import AgreedScore, Criterion, Eligibility, Moderation, Proposal, Score


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


def missing(moderation: Moderation, at: datetime) -> Iterator[str]:
    """The criteria without an agreed score."""
    agreed = AgreedScore.objects.filter(moderation=moderation).values("criterion")
    criteria = Criterion.objects.filter(tender=moderation.proposal.tender_id)
    for criterion in criteria.exclude(pk__in=agreed):
        yield f"Record the agreed score for “{criterion}”, with its reason."
