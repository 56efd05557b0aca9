"""Check the trail: names each row that was changed, is missing or was cut off."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from odifund.core import audit


class Command(BaseCommand):
    """Exit status 1 when anything is wrong."""

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        """Heads that were kept outside, from a register or a mail."""
        parser.add_argument("--head", action="append", default=[], metavar="SEQ:HASH")

    def handle(self, *args: Any, **options: Any) -> None:
        """Walk the chain and say what was found."""
        heads = [(int(seq), digest) for seq, _, digest in (head.partition(":") for head in options["head"])]
        faults = list(audit.verify(heads))
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise SystemExit(1)
        self.stdout.write(f"{audit.length()} links, nothing changed, missing or cut off.")
