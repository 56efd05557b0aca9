"""The keys of links in mails to an address alone: signed, so that nobody guesses or keeps them."""

from datetime import datetime, timedelta
from uuid import UUID

from django.core.signing import BadSignature, Signer

from tenders.models import AddressWatch, Tender

TO_CONFIRM = timedelta(days=7)
_confirming = Signer(sep=".", salt="tenders.address_watch.confirm")
_leaving = Signer(sep=".", salt="tenders.address_watch.leave")


OVER = (Tender.Status.FINISHED, Tender.Status.CANCELLED)
"""Rounds that nobody is told of any more."""


def takes_addresses(tender: Tender) -> bool:
    """Whether an address can watch it: from publication until the round ends."""
    return tender.is_public and not tender.is_over


def confirming_key(watch: AddressWatch) -> str:
    """What the mail that asks carries."""
    return _confirming.sign(watch.pk.hex)


def leaving_key(watch: AddressWatch) -> str:
    """What every mail to the address carries."""
    return _leaving.sign(watch.pk.hex)


def watch_to_confirm(tender: Tender, key: str, at: datetime) -> AddressWatch | None:
    """The watch that this key confirms; none when it is a wrong one, too old, or the round has ended."""
    watch = _opened_by(_confirming, tender, key)
    if watch is None or not takes_addresses(tender):
        return None
    return watch if watch.confirmed_at or at < watch.asked_at + TO_CONFIRM else None


def watch_to_leave(tender: Tender, key: str) -> AddressWatch | None:
    """The watch that this key ends, if there is one still."""
    return _opened_by(_leaving, tender, key)


def _opened_by(signer: Signer, tender: Tender, key: str) -> AddressWatch | None:
    try:
        return AddressWatch.objects.filter(tender=tender, pk=UUID(signer.unsign(key))).first()
    except (BadSignature, ValueError):
        return None
