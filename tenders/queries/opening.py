"""What an opening opens, and how it went."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tenders.models import Opening, OpeningCheck, Register, Tender
from tenders.queries.proposal import standing_versions


def register_of(tender: Tender) -> Register | None:
    """The tender's newest register."""
    return tender.registers.order_by("-number").first()


def registers_of(tender: Tender) -> list[Register]:
    """Every register, the newest first: a deadline that is extended after the close brings another."""
    return list(tender.registers.order_by("-number"))


def numbered_register(tender: Tender, number: int | None) -> Register | None:
    """The register of this number; the newest where none is given."""
    return tender.registers.filter(number=number).first() if number else register_of(tender)


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


def stops_opening(tender: Tender, _at: datetime) -> Iterator[str]:
    """A rehearsal stays sealed: whoever submitted in it was told that nobody reads it."""
    if tender.rehearses:
        yield "A rehearsal is never opened: bidders were told that nobody reads what they submit in it"


def opening_of(tender: Tender) -> Opening | None:
    """Who opened the proposals, and when."""
    return Opening.objects.select_related("proposed_by", "confirmed_by").filter(tender=tender).first()


@dataclass(frozen=True)
class Outcome:
    """How the opening went: N of N match, and which are held."""

    checks: list[OpeningCheck]
    missing: list[str]
    """Receipt numbers of the register for which nothing was found to open."""

    @property
    def count(self) -> int:
        """How many there had to be."""
        return len(self.checks) + len(self.missing)

    @property
    def matching(self) -> int:
        """How many match."""
        return len(self.checks) - len(self.held)

    @property
    def held(self) -> list[OpeningCheck]:
        """Those that are not what was submitted."""
        return [check for check in self.checks if not check.matches]

    @property
    def unsettled(self) -> list[OpeningCheck]:
        """Those of them that wait for two people."""
        return [check for check in self.checks if check.is_waiting]


def outcome_of(tender: Tender) -> Outcome | None:
    """How the tender's opening went, once it has been opened."""
    if not tender.is_opened:
        return None
    rows = OpeningCheck.objects.filter(opening__tender=tender).select_related("version", "settlement")
    return Outcome(checks := list(rows.order_by("version__receipt_number")), missing_from(checks, tender))


def missing_from(checks: Iterable[OpeningCheck], tender: Tender) -> list[str]:
    """What the register lists and the opening did not find."""
    found = {check.version.receipt_number for check in checks}
    return sorted(registered(tender).keys() - found)
