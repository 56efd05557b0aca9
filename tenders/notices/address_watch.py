"""Mails to watchers with an address alone. Each says where to leave, and shows its address to nobody."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from odifund.core import mail
from odifund.core.models import Person
from tenders import access
from tenders.models import AddressWatch, Tender
from tenders.queries.watch import addresses_told, told


def everybody(
    tender: Tender, *, also: Iterable[Person] = (), askers: bool = False
) -> list[Person | mail.Listed]:
    """Everybody who is told, with and without an account, each once."""
    return [
        *told(tender, also=also, askers=askers),
        *map(listed, addresses_told(tender, also=also, askers=askers)),
    ]


def listed(watch: AddressWatch) -> mail.Listed:
    """The address, and where it leaves."""
    parts = [watch.tender.reference, access.leaving_key(watch)]
    return mail.Listed(watch.address, reverse("tenders:leave_by_address", args=parts))


def asked(watch: AddressWatch, *, at: datetime) -> None:
    """Ask to confirm; of somebody who watches already, only say so."""
    kind = "watch_already" if watch.confirmed_at else "watch_asked"
    parts = [watch.tender.reference, access.confirming_key(watch)]
    mail.queue(
        f"tenders/{kind}",
        key=f"tenders/{kind}:{watch.pk}:{at.isoformat()}",
        to=[listed(watch)],
        at=at,
        context={"tender": watch.tender, "link": reverse("tenders:confirm_address", args=parts)},
        about=watch.tender,
        sealed=True,
    )


def questions_close(watch: AddressWatch, *, at: datetime) -> None:
    """The reminder, under the key of an account's, so that one address never gets both."""
    moment = watch.tender.questions_close_at
    assert moment is not None
    mail.queue(
        "tenders/questions_close",
        key=f"tenders/questions_close:{watch.tender_id}:{moment.isoformat()}",
        to=[listed(watch)],
        at=at,
        context={"tender": watch.tender},
        about=watch.tender,
        sealed=True,
    )
