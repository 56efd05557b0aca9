"""Commenting on a section of a draft, and settling a comment. Comments are no part of what is submitted."""

from datetime import datetime

from django.db import transaction

from odifund.core.errors import MovedOn, NotReady, WrongPerson
from odifund.core.models import Person
from tenders import access
from tenders.models import Comment, Proposal, Section
from tenders.notices import comment as notices

MOST = 200  # of one proposal


def add(proposal: Proposal, section: Section, *, text: str, by: Person, at: datetime) -> Comment:
    """Say something about a section; the other named people are told."""
    _only_who_is_named(proposal, by, at)
    if proposal.comments.count() >= MOST:
        raise NotReady([f"A proposal has {MOST} comments at most. Talk it over, and write on."])
    with transaction.atomic():
        comment = Comment.objects.create(
            proposal=proposal, section=section, text=text, made_by=by, made_at=at
        )
        notices.commented(comment, at=at)
    return comment


def settle(comment: Comment, *, by: Person, at: datetime) -> None:
    """Mark it as settled; it stays to be read."""
    _only_who_is_named(comment.proposal, by, at)
    settled = Comment.objects.filter(pk=comment.pk, settled_at=None).update(settled_by=by, settled_at=at)
    if not settled:
        raise MovedOn("Somebody has already settled this comment.")


def _only_who_is_named(proposal: Proposal, by: Person, at: datetime) -> None:
    if not access.comments_on(by, proposal):
        raise WrongPerson("Only the people named on a proposal comment on it.")
    if not proposal.tender.accepts_proposals(at):
        raise MovedOn(f"Proposals to {proposal.tender.reference} have closed. The comments are kept.")
