"""Erase a person who asked for it: name, address and ways to sign in. It cannot be undone."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from odifund.core import addresses, clock
from odifund.core.errors import NotReady
from tenders.actions import erasure


class Command(BaseCommand):
    """All of it or nothing. Without --yes it only says what it would do."""

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        """Whom, and that it is meant."""
        parser.add_argument("email", metavar="EMAIL", help="the address they sign in with")
        parser.add_argument("--yes", action="store_true", help="do it; otherwise it is only said")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what stands in the way, or what would go; with --yes erase it."""
        person = addresses.found(options["email"])
        if person is None:
            raise CommandError(f"Nobody signs in with {options['email']}.")
        if not options["yes"]:
            reasons = list(erasure.stands_in_the_way(person))
            would = f"The words of {erasure.told_of(person).count()} events would be emptied."
            for each in reasons or [would]:
                self.stdout.write(each)
            self.stdout.write("Nothing was done." + ("" if reasons else " Add --yes to erase them for good."))
            return
        try:
            emptied = erasure.erase(person, at=clock.now())
        except NotReady as refusal:
            raise CommandError(" ".join(refusal.sentences)) from None
        self.stdout.write(f"Erased. The words of {emptied} events were emptied; verify_audit names them.")
        self.stdout.write(
            "What they submitted or published stays as it was, and backups hold it until they end."
        )
