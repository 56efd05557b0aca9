"""Extend a deadline from the server, when the site is down: by two people, both named, by the same rules."""

import re
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from odifund.core import clock
from odifund.core.errors import Refused
from odifund.core.forms import MomentField
from odifund.core.models import Person
from odifund.core.wording import moment
from tenders import access, locks
from tenders.actions import extension
from tenders.models import Incident, Tender
from tenders.queries import extension as queries

WHEN = re.compile(r"(\d{4})-(\d{2})-(\d{2})[ T](\d{2}:\d{2})")


class Command(BaseCommand):
    """All of it or nothing; what stands in the way is said in one line."""

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        """Which tender, until when, who and why."""
        parser.add_argument("reference", metavar="REFERENCE")
        parser.add_argument("when", metavar="WHEN", help="London time, like 2028-09-25T17:00")
        parser.add_argument("--proposed-by", required=True, metavar="EMAIL", help="a manager")
        parser.add_argument("--confirmed-by", required=True, metavar="EMAIL", help="another, or an approver")
        parser.add_argument("--reason", required=True, metavar="TEXT", help="everybody will read it")
        parser.add_argument("--incident", metavar="ID", help="its number in the tender's incident log")
        parser.add_argument(
            "--move-later-dates",
            action="store_true",
            help="the decision and what follows move by as many days; otherwise they stay",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Propose for the one and confirm for the other."""
        tender = _tender(options["reference"])
        first, second = _person(options["proposed_by"]), _person(options["confirmed_by"])
        to_at, incident = _moment(options["when"]), _incident(tender, options["incident"])
        at = clock.now()
        try:
            with transaction.atomic():
                locks.alone(tender)  # what waits is read as it is replaced
                waited = queries.waiting(tender)
                made = extension.propose(
                    tender,
                    to_at=to_at,
                    reason=options["reason"],
                    move_later=options["move_later_dates"],
                    incident=incident,
                    from_server=True,
                    by=first,
                    at=at,
                )
                extension.extend(tender, number=made.number, by=second, at=at)
        except Refused as refused:
            raise CommandError(refused.message) from refused
        if waited:
            replaced = waited[1]
            self.stdout.write(
                f"This replaces what {replaced.prepared_by} proposed: {moment(replaced.to_at)}."
            )
        for sentence in queries.look_again(made).sentences:
            self.stdout.write(f"Look again: {sentence}")
        self.stdout.write(
            f"Proposals to {tender.reference} now close at {moment(made.to_at)}."
            f" Proposed by {first}, confirmed by {second}. Mail to everybody waits in the outbox."
        )


def _tender(reference: str) -> Tender:
    found = access.public_tenders().filter(reference=reference.upper()).first()
    if found is None:
        raise CommandError(f"There is no published tender {reference}.")
    return found


def _person(email: str) -> Person:
    found = Person.objects.filter(email__iexact=email, is_active=True).first()
    if found is None:
        raise CommandError(f"Nobody here has the address {email}.")
    return found


def _moment(written: str) -> datetime:
    match = WHEN.fullmatch(written.strip())
    if match is None:
        raise CommandError(f"{written} is no moment. Write it like 2028-09-25T17:00, in London time.")
    year, month, day, time = match.groups()
    try:
        found = MomentField(label="The new deadline").clean([day, month, year, time])
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error
    assert isinstance(found, datetime)
    return found


def _incident(tender: Tender, number: str | None) -> Incident | None:
    if number is None:
        return None
    found = access.incident_numbered(tender, number)
    if found is None:
        raise CommandError(f"The log of {tender.reference} has no incident {number}.")
    return found
