"""Bring the database up to date: the tables as their owner, then the rights of the role that serves."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """`migrate` and `grant_portal_role` in one process; run it as the owner before a new version starts."""

    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        """Both, or the first one's refusal."""
        call_command("migrate", interactive=False, verbosity=options["verbosity"])
        call_command("grant_portal_role")
