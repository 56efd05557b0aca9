"""Check the trail: names each row that was changed, is missing or was cut off."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from odifund.core import audit, clock


class Command(BaseCommand):
    """Exit status 1 when anything is wrong."""

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        """Heads that were kept outside, from a register or a mail."""
        told = "a head from a register or a mail, kept outside; may be given several times"
        parser.add_argument("--head", action="append", default=[], metavar="SEQ:HASH", help=told)

    def handle(self, *args: Any, **options: Any) -> None:
        """Walk the chain and say what was found."""
        heads = [_head(written) for written in options["head"]]
        faults = list(audit.verify(heads))
        while audit.link(clock.now()):
            pass
        faults += [fault for fault in audit.verify(heads) if fault not in faults]
        for erased in audit.erasures():
            self.stdout.write(erased)
        for fault in faults:
            self.stderr.write(fault)
        if not faults:
            self.stdout.write(f"{audit.length()} links, nothing changed, missing or cut off.")
        if newest := audit.uncovered():
            self.stdout.write(
                f"The newest {newest} are in no published head yet: a cut there would not show."
            )
        if faults:
            raise SystemExit(1)


def _head(written: str) -> tuple[int, str]:
    seq, _, digest = written.partition(":")
    if not seq.isdecimal() or len(digest) != 64:
        raise CommandError(f"{written} is not a head. Copy it whole: the number, a colon, 64 characters.")
    return int(seq), digest
