"""What of a draft is still the portal's own assumption: by the part that holds it, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from tenders.models import Tender
from tenders.queries.writing import ASSUMED_IN, TASKS

WORDS = {
    "times": "the times of day",
    "answers_due_at": "when all answers are published",
    "starts_on": "when the programme starts",
    "highest_price": "the highest price of one proposal",
    "without_vat": "that its sums are without VAT",
    "paid_to_lead": "that the lead alone is paid",
    "organisations_least": "the least number of organisations in a consortium",
    "criteria": "the criteria, their weights and what the scores mean",
}
"""Each assumption as a list says it; a deliverable's is called by its title."""


@dataclass(frozen=True)
class Assumed:
    """A part of the draft with what is assumed in it, and where that is made the fund's own."""

    title: str
    url: str
    what: Sequence[str]


def assumed(tender: Tender) -> list[Assumed]:
    """Every part that holds an assumption, in the order of the task list."""
    return [
        Assumed(title, reverse(f"tenders:{name}", args=[tender.reference]), what)
        for part, title, name in TASKS
        if (what := assumed_in(tender, part))
    ]


def assumed_in(tender: Tender, part: str) -> list[str]:
    """What is assumed in one part."""
    titles = {f"owed.{each.kind}": f"“{each.title}”" for each in tender.owed.all()}
    words = WORDS | titles
    held = [name for name in tender.assumptions if ASSUMED_IN.get(name, name) == part]
    return [words[name] for name in held if name in words]
