"""The panel agrees one score for each criterion, and the moderator records it with a reason."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from odifund.core import audit, canonical
from odifund.core.errors import MovedOn, NotReady, WrongPerson
from odifund.core.models import Person
from tenders import access, locks
from tenders.completeness import standing_scores
from tenders.lifecycle import MODERATION
from tenders.models import AgreedScore, Criterion, Moderation, Proposal, Tender
from tenders.notices import panel as notices
from tenders.queries import moderation as queries
from tenders.queries import settled


@contextmanager
def telling_who_moderates(tender: Tender, *, at: datetime) -> Iterator[None]:
    """Inside a transaction: where scores were awaited before and none are after, that is told, once.

    Takes the tender's row, so that of two who lock at once the second sees the first.
    """
    Tender.objects.select_for_update(no_key=True).get(pk=tender.pk)
    awaited = queries.awaits_scores(tender)
    yield
    if awaited and not queries.awaits_scores(tender):
        notices.scores_complete(tender, at=at)


def start(proposal: Proposal, *, by: Person, at: datetime) -> Moderation:
    """Start when every score on the proposal is locked; from then on the panel sees them side by side."""
    if not access.moderates(by, proposal):
        raise WrongPerson("Only the tender's moderator starts moderation.")
    with transaction.atomic():
        locks.while_scored(proposal.tender)
        Proposal.objects.select_for_update(no_key=True).get(pk=proposal.pk)
        if Moderation.objects.filter(proposal=proposal).exists():
            raise MovedOn("Moderation of this proposal has already started.")
        if not access.moderates(by, proposal):
            raise WrongPerson("You declared an interest in this proposal, so another person moderates it.")
        if problems := queries.not_ready(proposal):
            raise NotReady(problems)
        moderation = Moderation.objects.create(proposal=proposal, started_by=by, started_at=at)
        facts = {"proposal": proposal.pk, "scores": _digest_of_scores(proposal)}
        details = {"proposal": proposal.title}
        audit.record("moderation.started", moderation, by=by, at=at, facts=facts, details=details)
    return moderation


def save(
    moderation: Moderation,
    criterion: Criterion,
    *,
    score: int,
    reason: str,
    note: str = "",
    base: str | None = None,
    by: Person,
    at: datetime,
) -> AgreedScore:
    """Record the agreed score of one criterion; it can be changed until all are agreed.

    `base` is the stamp of what the person saw: what somebody else saved since is not overwritten.
    """
    if criterion.tender_id != moderation.proposal.tender_id:
        raise MovedOn("This criterion belongs to another tender.")
    if not reason.strip():
        raise NotReady(["Give the reason for the agreed score. The bidder will read it."])
    with transaction.atomic():
        locks.while_scored(moderation.proposal.tender)
        moderation.refresh_from_db(from_queryset=Moderation.objects.select_for_update())
        if not access.moderates(by, moderation.proposal):
            raise WrongPerson("You do not moderate this proposal.")
        if moderation.status != Moderation.Status.STARTED:
            raise MovedOn("The scores of this proposal are agreed and do not change any more.")
        _refuse_what_was_not_seen(moderation, criterion, base)
        words = {"reason": reason.strip(), "note": note.strip()}
        kept, _ = AgreedScore.objects.update_or_create(
            moderation=moderation,
            criterion=criterion,
            defaults={"score": score, "saved_by": by, "saved_at": at, **words},
        )
    return kept


def agree(moderation: Moderation, *, by: Person, at: datetime) -> None:
    """Settle the agreed scores of a proposal."""
    with transaction.atomic():
        locks.while_scored(moderation.proposal.tender)
        agreed = list(
            AgreedScore.objects.filter(moderation=moderation).select_related("criterion").select_for_update()
        )
        scores = {row.criterion.code: row.score for row in agreed}
        facts = {
            "proposal": moderation.proposal_id,
            "scores": scores,
            "settled": settled.of_agreed(moderation),
        }
        details = {"proposal": moderation.proposal.title}
        with MODERATION.take("agree", moderation, by=by, at=at, facts=facts, details=details):
            moderation.agreed_by, moderation.agreed_at = by, at


def _refuse_what_was_not_seen(moderation: Moderation, criterion: Criterion, base: str | None) -> None:
    newest = AgreedScore.objects.filter(moderation=moderation, criterion=criterion).first()
    if base is not None and newest and newest.stamp != base:
        theirs = f"{newest.saved_by} saved {newest.score} for this since you opened the page."
        yours = "Yours is still below and not saved. Save again to replace theirs."
        raise NotReady([f"{theirs} {yours}"])


def _digest_of_scores(proposal: Proposal) -> str:
    """What was locked, fixed in the trail at the moment the panel may see it."""
    rows = (
        standing_scores()
        .filter(proposal=proposal)
        .order_by("evaluator", "criterion__order")
        .values_list("evaluator", "criterion__code", "status", "score", "reason", "note")
    )
    return canonical.digest(list(rows))
