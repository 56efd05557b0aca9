"""Ending a tender before its decision, by two people. Proposals that were not opened stay sealed for good."""

from datetime import datetime

from django.db import transaction

from odifund.core import canonical, two_person
from odifund.core.errors import MovedOn, NotReady, WrongPerson
from odifund.core.models import Person
from tenders import access, locks
from tenders.actions import notice
from tenders.lifecycle import TENDER
from tenders.models import Cancellation, Tender
from tenders.notices import cancellation as notices


def propose(tender: Tender, *, reason: str, by: Person, at: datetime) -> Cancellation:
    """Propose that it ends, with the reason that everybody will read."""
    if not access.confirms(by, tender):
        raise WrongPerson("Managers and approvers who do not bid in a tender end it.")
    if not reason.strip():
        raise NotReady(["Say why. Everybody will read it"])
    with transaction.atomic():
        said = {"reason": reason.strip(), "prepared_by": by, "prepared_at": at}
        written, _ = Cancellation.objects.update_or_create(tender=tender, defaults=said)
        facts = {"reason": canonical.digest(written.reason)}
        with TENDER.take("propose_cancelling", tender, by=by, at=at, facts=facts):
            notices.cancelling_proposed(written, by=by, at=at)
    return written


def confirm(tender: Tender, *, by: Person, at: datetime, read: str | None = None) -> None:
    """The second person, of what they `read`: nothing is taken any more, and everybody is told.

    A submit is before or after.
    """
    with transaction.atomic():
        moment = locks.alone(tender)
        move = two_person.waiting("cancel", tender)
        tender.refresh_from_db()
        two_person.only_what_was_read("cancel", tender, read, by=by)
        first = {"first": str(move.proposed_by)} if move else {}
        with TENDER.take("cancel", tender, by=by, at=at, details=first):
            tender.cancelled_at = moment
            two_person.take_back_void(["extend", "open"], tender, by=by, at=moment)
        reason = tender.cancellation.reason
        title = "The tender is withdrawn" if tender.is_withdrawn else "The tender is cancelled"
        notice.put_up(tender, title=title, text=reason, by=by, at=moment)


def take_back(tender: Tender, *, by: Person, at: datetime) -> None:
    """Whoever could confirm takes it back; nothing was said to anybody outside."""
    if not access.confirms(by, tender):
        raise WrongPerson("Only a manager or an approver may take this back.")
    if two_person.waiting("cancel", tender) is None:
        raise MovedOn("Nothing waits for a second person here.")
    two_person.take_back("cancel", tender, by=by, at=at)
