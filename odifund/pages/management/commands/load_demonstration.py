"""Fill an empty database with the demonstration's rounds. A database with people in it is left alone."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from odifund.core import clock, demonstration
from odifund.pages.demonstration.loader import load


class Command(BaseCommand):
    """All or nothing; takes some seconds."""

    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, or say why not."""
        if settings.PRODUCTION:
            raise CommandError("The demonstration is never loaded in production.")
        if not demonstration.is_empty():
            self.stdout.write("The database is in use, so the demonstration was not loaded.")
            return
        with transaction.atomic():
            steps = load(clock.now(), tell=self.stdout.write)
        self.stdout.write(f"The demonstration is there: {steps} steps.")
