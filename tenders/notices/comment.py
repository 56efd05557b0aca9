"""The mail about a comment on a draft, to the other named people."""

from datetime import datetime

from consortia.queries import people_named_in
from odifund.core import mail
from tenders.models import Comment


def commented(comment: Comment, *, at: datetime) -> None:
    """Who said what about which section."""
    proposal = comment.proposal
    mail.queue(
        "tenders/commented",
        key=f"tenders/commented:{comment.pk}",
        to=people_named_in(proposal.consortium).exclude(pk=comment.made_by_id),
        at=at,
        context={
            "comment": comment,
            "proposal": proposal,
            "tender": proposal.tender,
            "lead": proposal.consortium.lead,
        },
        about=comment,
    )
