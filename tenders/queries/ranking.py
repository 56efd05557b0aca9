"""The ranking of a tender by the published rule, from agreed scores alone."""

from collections.abc import Container
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from tenders import scoring
from tenders.models import AgreedScore, Criterion, Eligibility, Moderation, Tender, Version
from tenders.queries.panel import Entry


@dataclass(frozen=True)
class Seen:
    """The part of a ranking that somebody may see."""

    rows: "list[Ranked]"
    unchecked: list[Version]
    unagreed: list[Version]
    not_eligible: list[Version]

    @property
    def parts(self) -> list[tuple[str, Decimal]]:
        """What the rule awards of it, for the ruler."""
        return [(row.version.title, row.version.price) for row in self.rows if row.placed.fits]


@dataclass(frozen=True)
class Ranked(Entry):
    """One ranked proposal: where it stands, and its agreed scores in the criteria's order."""

    placed: scoring.Placed
    scores: list[int]

    @property
    def cost_per_point(self) -> Decimal | None:
        """Pounds for a point: information, never part of the rule."""
        return scoring.cost_per_point(self.version.price, self.placed.total)


class Ranking:
    """A tender's opened proposals: ranked, not eligible, and not agreed yet. Read once."""

    def __init__(self, tender: Tender) -> None:
        self.tender = tender
        self.criteria: list[Criterion] = list(tender.criteria.all())
        self.weights = {criterion.code: criterion.weight for criterion in self.criteria}
        self.least = {each.code: each.least_score for each in self.criteria if each.least_score}
        checked_versions = Version.objects.filter(tender=tender, opening_check__isnull=False)
        checks = [
            version.opening_check
            for version in checked_versions.select_related("proposal", "opening_check__settlement").order_by(
                "title", "pk"
            )
        ]
        self.held = [check for check in checks if check.is_waiting]
        """What was held at the opening and is not settled: nothing is decided before it is."""
        self.versions: dict[str, Version] = {
            str(check.version.proposal_id): check.version for check in checks if check.is_opened
        }
        checked = Eligibility.objects.filter(tender=tender)
        self.eligibility = {str(row.proposal_id): row for row in checked}

    @cached_property
    def agreed(self) -> dict[str, dict[str, int]]:
        """Agreed scores by proposal and criterion, of settled moderations."""
        rows = AgreedScore.objects.filter(
            moderation__proposal__tender=self.tender, moderation__status=Moderation.Status.AGREED
        ).values_list("moderation__proposal", "criterion__code", "score")
        found: dict[str, dict[str, int]] = {}
        for key, code, score in rows:
            found.setdefault(str(key), {})[code] = score
        return found

    @cached_property
    def rows(self) -> list[Ranked]:
        """The eligible and agreed proposals, best first."""
        candidates = [
            scoring.Candidate(key, self.eligibility[key].public_number, version.price, self.agreed[key])
            for key, version in self.versions.items()
            if self.is_eligible(key) and key in self.agreed
        ]
        pot, most = self.tender.pot or Decimal(0), self.tender.awards_most or 0
        placed = scoring.place(candidates, self.weights, pot=pot, most=most, least=self.least)
        return [
            Ranked(
                self.versions[row.candidate.key], row, [row.candidate.scores[code] for code in self.weights]
            )
            for row in placed
        ]

    def is_eligible(self, key: str) -> bool:
        """Whether the proposal was recorded eligible."""
        return key in self.eligibility and self.eligibility[key].eligible

    @property
    def unchecked(self) -> list[Version]:
        """Proposals whose eligibility nobody has recorded."""
        return [version for key, version in self.versions.items() if key not in self.eligibility]

    @property
    def not_eligible(self) -> list[Version]:
        """Proposals that were found not eligible."""
        return [
            version
            for key, version in self.versions.items()
            if key in self.eligibility and not self.eligibility[key].eligible
        ]

    @property
    def unagreed(self) -> list[Version]:
        """Eligible proposals without agreed scores."""
        return [
            version
            for key, version in self.versions.items()
            if self.is_eligible(key) and key not in self.agreed
        ]

    @property
    def fitting(self) -> list[str]:
        """The keys of what the rule awards, best first."""
        return [row.placed.candidate.key for row in self.rows if row.placed.fits]

    def seen(self, visible: Container[str]) -> "Seen":
        """What somebody sees of it who is not shown every proposal."""
        return Seen(
            [row for row in self.rows if row.placed.candidate.key in visible],
            *(
                [version for version in versions if str(version.proposal_id) in visible]
                for versions in (self.unchecked, self.unagreed, self.not_eligible)
            ),
        )

    @property
    def parts(self) -> list[tuple[str, Decimal]]:
        """What the rule awards, for the ruler."""
        return [(row.version.title, row.version.price) for row in self.rows if row.placed.fits]
