"""What the clock does for tenders. Each task is safe to run twice and holds no state."""

from celery import shared_task

from consortia.lifecycle import INVITATION
from odifund.core import clock
from odifund.core.errors import MovedOn
from tenders.actions import address_watch, answer, consortium, upload
from tenders.actions import tender as tenders
from tenders.lifecycle import TENDER


@shared_task(name="tenders.publish_tenders")
def publish_tenders() -> None:
    """Publish every tender that two people left to the clock and whose moment has come."""
    for tender in TENDER.due("publish_when_due", clock.now()):
        try:
            tenders.publish_when_due(tender)
        except MovedOn:
            continue


@shared_task(name="tenders.close_tenders")
def close_tenders() -> None:
    """Close every tender whose moment has come. One that another worker just closed is passed over."""
    for tender in TENDER.due("close", clock.now()):
        try:
            tenders.close(tender)
        except MovedOn:
            continue


@shared_task(name="tenders.expire_invitations")
def expire_invitations() -> None:
    """Expire every invitation that nobody answered in time. One that was answered just now is passed over."""
    at = clock.now()
    for invitation in INVITATION.due("expire", at).select_related("consortium__lead"):
        try:
            consortium.expire(invitation, at=at)
        except MovedOn:
            continue


@shared_task(name="tenders.remind_addresses")
def remind_addresses() -> None:
    """Remind whoever watches with an address alone."""
    address_watch.remind(clock.now())


@shared_task(name="tenders.forget_addresses")
def forget_addresses() -> None:
    """Forget the addresses of rounds that ended, and those that nobody confirmed."""
    address_watch.forget(clock.now())


@shared_task(name="tenders.forget_uploads")
def forget_uploads() -> None:
    """Forget files on their way that nobody went on with."""
    upload.forget(clock.now())


@shared_task(name="tenders.tell_of_answers")
def tell_of_answers() -> None:
    """Publish what was left to the mail, and tell of what the last one did not: from 8am of the next day."""
    answer.tell_waiting(clock.now())
