"""The comments on a section of a draft."""

from django.db.models import QuerySet

from tenders.models import Comment, Proposal, Section


def of_section(proposal: Proposal, section: Section) -> QuerySet[Comment]:
    """The oldest first, those that are settled among them."""
    found = Comment.objects.filter(proposal=proposal, section=section)
    return found.select_related("made_by", "settled_by")
