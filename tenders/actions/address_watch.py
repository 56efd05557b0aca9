"""Watching with an e-mail address alone: asked for, confirmed, left, and forgotten when the round ends."""

from datetime import datetime, timedelta

from django.db import transaction

from odifund.core import audit, mail
from odifund.core.errors import MovedOn
from tenders import access
from tenders.models import AddressWatch, Tender
from tenders.notices import address_watch as notices
from tenders.queries import watch as watches

PAUSE, DAY = timedelta(minutes=10), timedelta(days=1)
MOST = 3  # mails about asking to one address, until it was left alone for a day


def ask(tender: Tender, *, address: str, at: datetime) -> None:
    """Mail the address a link to confirm. What comes of it looks the same whoever asks for whichever."""
    if not access.takes_addresses(tender):
        raise MovedOn("This round has ended, so there is nothing more to be told of.")
    with transaction.atomic():
        watch, new = AddressWatch.objects.select_for_update().get_or_create(
            tender=tender, address=address.lower(), defaults={"asked_at": at}
        )
        if not new and at - watch.asked_at >= DAY:
            watch.times_asked = 0
        if not new and (at - watch.asked_at < PAUSE or watch.times_asked >= MOST):
            return
        if not new:
            watch.asked_at, watch.times_asked = at, watch.times_asked + 1
            watch.save()
        notices.asked(watch, at=at)


def confirm(watch: AddressWatch, *, at: datetime) -> None:
    """Tell the address from now on. Confirming twice changes nothing."""
    AddressWatch.objects.filter(pk=watch.pk, confirmed_at=None).update(confirmed_at=at)


def leave(watch: AddressWatch) -> None:
    """Tell the address no more, and forget it."""
    with transaction.atomic():
        mail.forget(watch.tender_id, [watch.address])
        watch.delete()


def remind(at: datetime) -> int:
    """Remind each address once, two days before questions close; returns how many."""
    with transaction.atomic():
        due = list(watches.addresses_to_remind(at).select_for_update(of=("self",), skip_locked=True))
        for watch in due:
            notices.questions_close(watch, at=at)
            watch.reminded_of = watch.tender.questions_close_at
        AddressWatch.objects.bulk_update(due, ["reminded_of"])
    return len(due)


def forget(at: datetime) -> int:
    """Forget the addresses of rounds that ended, and those that nobody confirmed; returns how many."""
    stale = AddressWatch.objects.filter(confirmed_at=None, asked_at__lte=at - access.TO_CONFIRM)
    forgotten = sum(_forget(watch.tender, [watch]) for watch in stale.select_related("tender"))
    ended = Tender.objects.filter(status__in=access.OVER, address_watches__isnull=False).distinct()
    for tender in ended:
        with transaction.atomic():
            count = _forget(tender, list(tender.address_watches.all()))
            audit.record(
                "tender.addresses_forgotten", tender, at=at, facts={"count": count}, details={"count": count}
            )
        forgotten += count
    return forgotten


def _forget(tender: Tender, watches: list[AddressWatch]) -> int:
    """Delete these, and what the outbox holds of their addresses."""
    with transaction.atomic():
        mail.forget(tender.pk, [watch.address for watch in watches])
        AddressWatch.objects.filter(pk__in=[watch.pk for watch in watches]).delete()
    return len(watches)
