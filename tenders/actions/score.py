"""An evaluator's own scores: saved one by one, locked all together. Nobody else sees them before."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from odifund.core.errors import MovedOn, NotReady, WrongPerson
from odifund.core.models import Person
from tenders import access, locks
from tenders.actions.moderation import telling_who_moderates
from tenders.completeness import fully_scored
from tenders.lifecycle import SCORE
from tenders.models import Criterion, Eligibility, Moderation, Proposal, Score
from tenders.queries import settled

DRAFT, LOCKED = Score.Status.DRAFT, Score.Status.LOCKED


def save(
    proposal: Proposal,
    criterion: Criterion,
    *,
    score: int | None,
    reason: str,
    note: str = "",
    by: Person,
    at: datetime,
) -> Score:
    """Keep a score as a draft; what is still missing can come later, until it is locked."""
    if criterion.tender_id != proposal.tender_id:
        raise MovedOn("This criterion belongs to another tender.")
    with transaction.atomic():
        _hold(proposal, by)
        kept, _ = Score.objects.update_or_create(
            proposal=proposal,
            criterion=criterion,
            evaluator=by,
            defaults={"score": score, "reason": reason.strip(), "note": note.strip(), "saved_at": at},
        )
    return kept


def lock(proposal: Proposal, *, by: Person, at: datetime) -> None:
    """Lock one's scores on a proposal: all criteria, each with its reason. They do not change any more."""
    with transaction.atomic():
        _hold(proposal, by)
        criteria = list(proposal.tender.criteria.all())
        mine = {score.criterion_id: score for score in Score.objects.filter(proposal=proposal, evaluator=by)}
        if problems := _missing(criteria, mine):
            raise NotReady(problems)
        with telling_who_moderates(proposal.tender, at=at):
            for criterion in criteria:
                _lock(mine[criterion.pk], criterion, proposal, by, at)


def _lock(score: Score, criterion: Criterion, proposal: Proposal, by: Person, at: datetime) -> None:
    facts = {"proposal": proposal.pk, "criterion": criterion.code, "settled": settled.of_score(score)}
    details = {"proposal": proposal.title, "criterion": criterion.title}
    with SCORE.take("lock", score, by=by, at=at, facts=facts, details=details):
        score.locked_at = at


def _missing(criteria: list[Criterion], mine: Mapping[UUID, Score]) -> list[str]:
    problems = []
    for criterion in criteria:
        score = mine.get(criterion.pk)
        if score is None or score.score is None:
            problems.append(f"Score “{criterion}” from 0 to 5.")
        if score is None or not score.reason:
            problems.append(f"Give the reason for your score of “{criterion}”. The bidder will read it.")
    return problems


def _hold(proposal: Proposal, by: Person) -> None:
    """Hold the proposal's row, and refuse whoever may not or no longer score it."""
    locks.while_scored(proposal.tender)
    Proposal.objects.select_for_update(no_key=True).get(pk=proposal.pk)
    if not access.scores(by, proposal):
        raise WrongPerson("You do not score this proposal.")
    if Eligibility.objects.filter(proposal=proposal, eligible=False).exists():
        raise MovedOn("This proposal was found not eligible, so it is not scored.")
    if Score.objects.filter(proposal=proposal, evaluator=by, status=LOCKED).exists():
        raise MovedOn("You locked your scores on this proposal, so they do not change any more.")
    if Moderation.objects.filter(proposal=proposal).exists() or _complete(proposal):
        raise MovedOn("The scores on this proposal are complete and can be seen, so none is added now.")


def _complete(proposal: Proposal) -> bool:
    return fully_scored(Proposal.objects.filter(pk=proposal.pk)).exists()
