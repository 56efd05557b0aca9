"""What people have sent lately and what is on its way, so that nobody fills the storage."""

from datetime import datetime, timedelta

from django.db.models import Sum

from odifund.core.models import Person, StoredFile
from odifund.core.wording import file_size
from tenders.models import Proposal, Upload

DAY = timedelta(days=1)
MOST_A_DAY = 1024**3  # bytes of one person: more than twice the files of a proposal
MOST_AT_ONCE = 20  # files of one person on their way to one proposal
MOST_TO_A_PROPOSAL = 60  # of everybody


def is_too_much(person: Person, size: int, at: datetime) -> str:
    """Why the person cannot send that many bytes more, or nothing."""
    lately = StoredFile.objects.filter(uploaded_by=person, uploaded_at__gt=at - DAY)
    coming = Upload.objects.filter(started_by=person, file=None, touched_at__gt=at - DAY)
    sent = sum(rows.aggregate(sum=Sum("size"))["sum"] or 0 for rows in (lately, coming))
    if sent + size <= MOST_A_DAY:
        return ""
    return f"You have sent {file_size(MOST_A_DAY)} in the last 24 hours. Send the rest tomorrow, or ring us."


def are_too_many(proposal: Proposal, person: Person) -> str:
    """Why the person cannot begin to send another file, or nothing."""
    coming = list(proposal.uploads.filter(file=None).values_list("started_by", flat=True))
    if coming.count(person.pk) < MOST_AT_ONCE and len(coming) < MOST_TO_A_PROPOSAL:
        return ""
    return "Too many files are on their way to this proposal. Send one after another."
