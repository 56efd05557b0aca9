"""What a decided tender publishes, and what its bidders read about their own proposal."""

import csv
import io
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from tenders.models import AgreedScore, Decision, Eligibility, Proposal, Tender
from tenders.queries import contents
from tenders.queries.held import Held, counts
from tenders.queries.panel import Entry, opened_versions

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _results(tender: Tender) -> dict[str, Any]:
    results: dict[str, Any] = tender.decision.results or {}
    return results


@dataclass(frozen=True)
class Awarded(Entry):
    """A proposal that won, as everybody reads of it."""

    @cached_property
    def summary(self) -> str:
        """What the bidder wrote for everybody; empty where it wrote nothing."""
        return contents.of(self.version).publication.get("summary", "")


class Public:
    """For everybody: the awarded by name, all others by a random number."""

    def __init__(self, tender: Tender) -> None:
        self.tender = tender
        self.decision: Decision = tender.decision
        self.results = _results(tender)
        self.criteria: list[dict[str, Any]] = self.results["criteria"]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Each proposal, the criteria in their order with its score in each."""
        return [
            row
            | {"cells": [(each, row["scores"].get(each["code"])) for each in self.criteria]}
            | {"points": float(row["total"] or 0)}
            for row in self.results["proposals"]
        ]

    @property
    def has_least_scores(self) -> bool:
        """Whether any criterion had a least score."""
        return any(criterion.get("least_score") for criterion in self.criteria)

    @property
    def count(self) -> int:
        """How many proposals were opened."""
        return len(self.results["proposals"])

    @property
    def not_eligible(self) -> int:
        """How many were not eligible."""
        return sum(not row["eligible"] for row in self.results["proposals"])

    @property
    def scored(self) -> int:
        """How many were eligible, and so scored."""
        return self.count - self.not_eligible

    @property
    def departures(self) -> list[dict[str, Any]]:
        """What was decided other than the rule says: fitted and not awarded, or the other way round."""
        ranked = (row for row in self.results["proposals"] if row["eligible"])
        return [row for row in ranked if row["fitted"] != row["awarded"]]

    @property
    def total(self) -> Decimal:
        """What the awards cost together."""
        return sum((entry.version.price for entry in self.awarded), Decimal(0))

    @cached_property
    def held(self) -> Held:
        """How many were held at the opening, and what became of them."""
        return counts(self.tender)

    @cached_property
    def awarded(self) -> list[Awarded]:
        """The awarded proposals with lead and members, best first."""
        order = self.decision.chosen
        versions = opened_versions(self.tender).filter(proposal__award__decision=self.decision)
        found = [Awarded(version) for version in versions]
        return sorted(found, key=lambda entry: order.index(str(entry.version.proposal_id)))

    @property
    def parts(self) -> list[tuple[str, Any]]:
        """For the ruler."""
        return [(entry.version.title, entry.version.price) for entry in self.awarded]


def as_csv(tender: Tender) -> str:
    """One line a proposal; a cell that a spreadsheet would run as a formula is made text."""
    results = _results(tender)
    codes = [criterion["code"] for criterion in results["criteria"]]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(map(_plain, ["proposal", "eligible", *codes, "total", "rank", "fitted", "awarded"]))
    for row in results["proposals"]:
        scores = [row["scores"].get(code, "") for code in codes]
        cells = [row["proposal"], _yes(row["eligible"]), *scores, row["total"] or "", row["rank"] or ""]
        writer.writerow(map(_plain, [*cells, _yes(row["fitted"]), _yes(row["awarded"])]))
    return out.getvalue()


def as_json(tender: Tender) -> dict[str, Any]:
    """The frozen results with the moment of the decision, the rule, and a reason for departing from it."""
    decision: Decision = tender.decision
    return {
        **_results(tender),
        "decided_at": decision.approved_at.isoformat() if decision.approved_at else None,
        "rule": RULE,
        "departure_reason": decision.departure_reason or None,
        "no_award_reason": decision.no_award_reason or None,
    }


RULE = (
    "The total is the sum of weight x score / 5. Equal totals share a rank. Awards go down the ranking"
    " while the pot lasts, passing over what does not fit, up to the most awards. Among equal totals the"
    " lower price comes first, then the lower number, drawn at random. Where a criterion has a least score,"
    " a proposal with a lower agreed score in it is not awarded."
)


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _plain(cell: object) -> str:
    text = str(cell)
    return f"'{text}" if text.startswith(FORMULA) else text


class Own:
    """For the people named on the proposal. Never a note, never who gave which score."""

    def __init__(self, proposal: Proposal) -> None:
        self.proposal = proposal
        self.entry = Entry(opened_versions(proposal.tender).get(proposal=proposal))
        self.eligibility = Eligibility.objects.get(proposal=proposal)
        results = _results(proposal.tender)
        number = self.eligibility.public_number
        self.result = next(row for row in results["proposals"] if row["proposal"] == number)
        self.ranked = sum(row["eligible"] for row in results["proposals"])

    @property
    def agreed(self) -> list[AgreedScore]:
        """The agreed scores in the criteria's order."""
        if not self.eligibility.eligible:
            return []
        found = AgreedScore.objects.filter(moderation__proposal=self.proposal)
        return list(found.select_related("criterion").defer("note").order_by("criterion__order"))
