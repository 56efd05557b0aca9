"""Checking a receipt from outside: only what a register has published, and nothing of who submitted."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from tenders.models import Register, Tender


@dataclass(frozen=True)
class Checked:
    """A receipt that a register names: whether it counts, and whether the fingerprint is the one given."""

    tender: Tender
    submitted_at: datetime
    fingerprint: str
    mark: str
    """Empty for one that counts; else why it does not: replaced, or withdrawn."""
    is_newest: bool
    given: str

    @property
    def matches(self) -> bool:
        """Whether the fingerprint that was given is this receipt's."""
        return self.given == self.fingerprint


def check(tenders: QuerySet[Tender], receipt_number: str, fingerprint: str) -> Checked | None:
    """What the newest register says that names the receipt; nothing before one does."""
    number = receipt_number.upper()
    registers = Register.objects.filter(tender__in=tenders, tender__reference=number.rpartition("-")[0])
    newest_first = list(registers.select_related("tender").order_by("-number"))
    for register in newest_first:
        for row in rows(register):
            if row["receipt_number"] == number:
                submitted_at = datetime.fromisoformat(row["submitted_at"])
                told = (submitted_at, row["fingerprint"], row.get("mark", ""))
                return Checked(register.tender, *told, register == newest_first[0], fingerprint)
    return None


def rows(register: Register) -> list[dict[str, Any]]:
    """Every receipt of it: those that count, then those that were replaced or withdrawn."""
    return [*register.content["receipts"], *register.content.get("others", ())]
