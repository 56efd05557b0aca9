"""Make the first administrator; from then on administrators invite everybody else."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import ProgrammingError

from odifund.core import clock, people


class Command(BaseCommand):
    """Invites by e-mail; run again, it mails again."""

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        """The address, and a name if known."""
        parser.add_argument("email")
        parser.add_argument("--name", default="", help="what pages and mails call them")

    def handle(self, *args: Any, **options: Any) -> None:
        """Give the role and queue the invitation."""
        try:
            validate_email(options["email"])
        except ValidationError as error:
            raise CommandError("That is not an e-mail address.") from error
        try:
            person = people.invite(
                options["email"], options["name"], roles=["administrator"], by=None, at=clock.now()
            )
        except ProgrammingError as error:
            raise CommandError("The database has no tables yet. Run prepare_database first.") from error
        self.stdout.write(
            f"{person.email} is an administrator. They sign in with a code sent to that address."
        )
