"""Late attempts as staff see them, under the seal: moments, never who it was or what they proposed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from odifund.core import two_person
from odifund.core.models import TwoPersonMove
from odifund.core.wording import moment
from tenders.models import Admission, LateAttempt, Tender
from tenders.queries import draft as drafts
from tenders.queries.proposal import stops


@dataclass(frozen=True)
class Attempt:
    """One attempt with its number in the tender, and what was proposed for it or became of it."""

    number: int
    row: LateAttempt
    admission: Admission | None

    @property
    def state(self) -> tuple[str, str]:
        """Its tag: words and shape."""
        if self.admission and self.admission.is_admitted:
            return "Admitted", "done"
        return ("Waits for a second person", "live") if self.admission else ("Refused", "quiet")


def attempts(tender: Tender) -> list[Attempt]:
    """All of them, in the order they were judged."""
    found = LateAttempt.objects.filter(tender=tender, proposal__isnull=False)
    rows = found.select_related("admission__prepared_by", "admission__admitted_by", "admission__incident")
    return [
        Attempt(number, row, getattr(row, "admission", None))
        for number, row in enumerate(rows.order_by("judged_at", "pk"), start=1)
    ]


def admission_of(attempt: LateAttempt) -> Admission | None:
    """What was proposed for it or became of it."""
    found = Admission.objects.filter(attempt=attempt)
    return found.select_related("attempt__tender", "incident", "prepared_by").first()


def waiting(admission: Admission | None) -> TwoPersonMove | None:
    """The proposed admission that waits for another person."""
    return two_person.waiting("admit", admission) if admission else None


def content(admission: Admission) -> dict[str, object]:
    """What one person proposes and another confirms: this attempt, with the draft as it was left."""
    proposal = admission.attempt.proposal
    assert proposal
    return {
        "attempt": admission.attempt_id,
        "incident": admission.incident_id,
        "reason": admission.reason,
        "draft": drafts.of(proposal).digests(),
    }


def stops_admitting(admission: Admission, at: datetime) -> Iterator[str]:
    """What keeps an attempt from being admitted, in sentences that tell nothing of what is sealed."""
    attempt, tender = admission.attempt, admission.attempt.tender
    if tender.status != Tender.Status.CLOSED:
        yield "A late attempt is admitted between the close and the opening of the proposals."
    if attempt.what != "submit" or attempt.proposal is None:
        yield "Only an attempt to submit is admitted."
        return
    if attempt.deadline_at != tender.proposals_close_at:
        yield "The deadline was extended after this attempt, so the bidder could still submit in time."
    if LateAttempt.objects.filter(proposal=attempt.proposal, judged_at__gt=attempt.judged_at).exists():
        yield "The same bidder tried again later. Decide about the last attempt."
    if admission.incident.tender_id != tender.pk or admission.incident.began_at >= attempt.judged_at:
        yield (
            f"Choose an incident of this tender that began before {moment(attempt.judged_at)}. What began"
            " later cannot be the cause."
        )
    if stops(drafts.of(attempt.proposal)):
        yield "The draft was not complete, so it could not have been submitted in time either."
