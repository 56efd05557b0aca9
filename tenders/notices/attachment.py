"""Mails about a file of a proposal."""

from datetime import datetime

from consortia.queries import people_named_in
from odifund.core import mail
from tenders.models import Attachment


def found_harmful(attachment: Attachment, *, at: datetime) -> None:
    """A virus was found in it: what counts nevertheless, and what to do while the tender is open."""
    kind, proposal = "tenders/file_found_harmful", attachment.proposal
    context = {
        "attachment": attachment,
        "stored": attachment.file,
        "proposal": proposal,
        "tender": proposal.tender,
        "lead": proposal.consortium.lead,
        "open": proposal.tender.accepts_proposals(at),
    }
    people = people_named_in(proposal.consortium)
    mail.queue(kind, key=f"{kind}:{attachment.pk}", to=people, at=at, context=context, about=proposal)
