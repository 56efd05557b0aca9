"""Who reads and writes the record of a tender's running: incidents, notes, reported problems."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import Resolver404, resolve

from odifund.core import access as core
from odifund.core.access import signed_in
from tenders.access.seal import confirms, ever_named_proposals, named_proposals, tenders_for
from tenders.models import FileNote, Incident, LateAttempt, ProblemReport, Tender

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from odifund.core.models import Person

    User = Person | AnonymousUser


def keeps_record(user: "User", tender: Tender) -> bool:
    """Whether the person writes into the record: a manager or an approver who does not bid in it."""
    return confirms(user, tender)


def incident_numbered(tender: Tender, number: int | str) -> Incident | None:
    """The entry of this tender's log that is called by this number."""
    return tender.incidents.filter(number=number).first() if str(number).isdecimal() else None


def late_attempt_or_404(tender: Tender, key: UUID) -> LateAttempt:
    """An attempt to submit or withdraw of this tender that came too late."""
    found = LateAttempt.objects.filter(tender=tender, proposal__isnull=False)
    return get_object_or_404(found.select_related("tender", "proposal__consortium__lead", "person"), pk=key)


def note_numbered(tender: Tender, number: int | str) -> FileNote | None:
    """The note on this tender's file that is called by this number."""
    return tender.file_notes.filter(number=number).first() if str(number).isdecimal() else None


def reads_problems(user: "User", tender: Tender | None = None) -> bool:
    """Whether the person may read what was reported: who can act on it, and bids in none of it."""
    return confirms(user, tender)


def problems_for(user: "User") -> QuerySet[ProblemReport]:
    """The reports that exist for the person: words may show who bids, so those of one's own rounds do not."""
    if not signed_in(user) or not reads_problems(user):
        return ProblemReport.objects.none()
    own = ever_named_proposals(user).values("tender")
    return ProblemReport.objects.filter(Q(tender=None) | ~Q(tender__in=own))


def who_reads_problems(tender: Tender | None) -> list["Person"]:
    """Whom a report is told to."""
    readers = core.holders(core.MANAGER, core.APPROVER)
    return [person for person in readers if reads_problems(person, tender)]


def tender_of_page(user: "User", path: str) -> Tender | None:
    """The tender that a page is about, as far as the page exists for this person."""
    try:
        parts = resolve(path).kwargs
    except Resolver404:
        return None
    if "reference" in parts:
        return tenders_for(user).filter(reference=parts["reference"]).first()
    key = parts.get("key") or parts.get("pk")
    if not isinstance(key, UUID):
        return None
    found = named_proposals(user).filter(Q(pk=key) | Q(consortium=key)).select_related("tender").first()
    return found.tender if found else None
