"""Fill an empty database with the demonstration's rounds. A database with people in it is left alone.

What it says after an empty line is for whoever wants to sign in.
"""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse

from odifund.core import clock, demonstration
from odifund.pages.cast import PLAYERS
from odifund.pages.demonstration.loader import load

FOR_EXAMPLE = ("manager", "evaluator-1", "lead-a")


class Command(BaseCommand):
    """All or nothing; takes some seconds."""

    help = (__doc__ or "").partition("\n")[0]

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, or say why not; then say who can sign in."""
        if settings.PRODUCTION:
            raise CommandError("The demonstration is never loaded in production.")
        if demonstration.is_loaded():
            self.stdout.write("The demonstration is there already.")
        elif demonstration.is_empty():
            self._load()
        else:
            self.stdout.write("There are people and no demonstration, so none was loaded.")
        self.stdout.write("")
        self._say_who() if demonstration.is_loaded() else self._say_how()

    def _load(self) -> None:
        self.stdout.write("Loading the demonstration.")
        with transaction.atomic():
            steps = load(
                clock.now(), tell=lambda words: self.stdout.write(f"Loading the demonstration: {words}")
            )
        self.stdout.write(f"The demonstration is loaded: {steps} steps.")

    def _say_who(self) -> None:
        """Two or three of the cast, and where all of them are."""
        self.stdout.write(
            f"Sign in at {settings.PORTAL_URL}{reverse('pages:demo')} as whom you like, such as"
        )
        for player in map(PLAYERS.__getitem__, FOR_EXAMPLE):
            self.stdout.write(f"  {player.name} ({player.key}): {player.biography}")

    def _say_how(self) -> None:
        self.stdout.write(
            "The people of this database sign in with their own addresses, at "
            f"{settings.PORTAL_URL}{reverse('account_request_login_code')}."
        )
        if settings.EMAIL_BACKEND.endswith("FolderBackend"):
            self.stdout.write(f"The codes they are sent are in the mails in {settings.MAIL_FOLDER}.")
