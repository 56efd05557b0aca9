"""What an opening opens, and how it went."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tenders.models import Opening, OpeningCheck, Register, Tender
from tenders.queries.proposal import standing_versions


def register_of(tender: Tender) -> Register | None:
    """The tender's newest register."""
    return tender.registers.order_by("-number").first()


def receipts_of(register: Register | None) -> list[dict[str, Any]]:
    """The rows of the register, with their moments as instants."""
    rows = register.content["receipts"] if register else []
    return [row | {"submitted_at": datetime.fromisoformat(row["submitted_at"])} for row in rows]


def registered(tender: Tender) -> dict[str, str]:
    """Receipt number to fingerprint, as published."""
    register = register_of(tender)
    if register is None:
        return {}
    return {row["receipt_number"]: row["fingerprint"] for row in register.content["receipts"]}


def what_opens(tender: Tender) -> object:
    """What one person proposes and another confirms: these receipts, no others."""
    return {
        "tender": tender.pk,
        "receipts": list(standing_versions(tender).values_list("receipt_number", "fingerprint")),
    }


def opening_of(tender: Tender) -> Opening | None:
    """Who opened the proposals, and when."""
    return Opening.objects.select_related("proposed_by", "confirmed_by").filter(tender=tender).first()


@dataclass(frozen=True)
class Outcome:
    """How the opening went: N of N match, and which are held."""

    checks: list[OpeningCheck]

    @property
    def count(self) -> int:
        """How many were checked."""
        return len(self.checks)

    @property
    def matching(self) -> int:
        """How many match."""
        return self.count - len(self.held)

    @property
    def held(self) -> list[OpeningCheck]:
        """Those that are not what was submitted."""
        return [check for check in self.checks if not check.matches]


def outcome_of(tender: Tender) -> Outcome | None:
    """How the tender's opening went, once it has been opened."""
    checks = OpeningCheck.objects.filter(opening__tender=tender).select_related("version")
    return Outcome(list(checks.order_by("version__receipt_number"))) if tender.is_opened else None
