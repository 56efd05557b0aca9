"""The address somebody signs in with: one a person, changed by themselves or by an administrator.

Everything else of the account stays. Both addresses are told, and other devices are signed out.
"""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction
from django.http import HttpRequest

from odifund.core import access, audit, devices, mail
from odifund.core.errors import NotReady, WrongPerson
from odifund.core.models import Person

TAKEN = "Another account has this address already"
SAME = "This is the address of the account already"


def is_taken(address: str) -> bool:
    """Whether somebody signs in with this address."""
    mine = Person.objects.filter(email__iexact=address)
    return mine.exists() or EmailAddress.objects.filter(email__iexact=address).exists()


def found(address: str) -> Person | None:
    """Whose address this is, if it is written out whole: there is no list to look through."""
    return Person.objects.filter(email__iexact=address.strip()).first()


def change(person: Person, address: str, *, request: HttpRequest, at: datetime) -> None:
    """The person's own change, to an address that a code has shown to be theirs. Here they stay signed in."""
    with transaction.atomic():
        before = _put(person, address, verified=True)
        devices.keep_only(request, person)
        _tell(person, before, by=person, at=at)


def change_for(person: Person, address: str, *, how_checked: str, by: Person, at: datetime) -> None:
    """An administrator's change for somebody who cannot read mail sent to the old address any more.

    Every device is signed out, whoever sits at it. The first code to the new address confirms it.
    """
    if not access.administers(by):
        raise WrongPerson("Only an administrator changes the address of somebody else.")
    if person == by:
        raise NotReady(["Change your own address on your own account page"])
    with transaction.atomic():
        before = _put(person, address, verified=False)
        devices.forget_all(person)
        _tell(person, before, by=by, at=at, how_checked=how_checked)


def _put(person: Person, address: str, *, verified: bool) -> str:
    address = address.strip().lower()
    before = Person.objects.select_for_update().get(pk=person.pk).email
    if before == address:
        raise NotReady([SAME])
    if is_taken(address):
        raise NotReady([TAKEN])
    EmailAddress.objects.filter(user=person).delete()
    EmailAddress.objects.create(user=person, email=address, primary=True, verified=verified)
    person.email = address
    person.save(update_fields=["email"])
    return before


def _tell(person: Person, before: str, *, by: Person, at: datetime, how_checked: str = "") -> None:
    details = {"before": before, "after": person.email, "person": str(person), "how_checked": how_checked}
    name = "person.address_changed" if by == person else "person.address_changed_for"
    recorded = audit.record(name, person, by=by, at=at, details=details, sealed=True)
    mail.queue(
        "core/address_changed",
        key=f"core/address_changed:{recorded.pk}",
        to=[before, person.email],
        at=at,
        context={
            "name": person.name,
            "before": before,
            "after": person.email,
            "by": None if by == person else by,
        },
        sealed=True,
    )
