"""The facts of an opened proposal beside the conditions of its tender."""

from dataclasses import dataclass
from functools import cached_property

from consortia.models import PUBLIC_SECTOR
from odifund.core.wording import moment, pounds
from tenders.models import Eligibility, Proposal, Version
from tenders.queries.panel import Entry, opened_versions


@dataclass(frozen=True)
class Fact:
    """One condition, what the proposal says, and whether it meets it."""

    condition: str
    fact: str
    holds: bool


@dataclass(frozen=True)
class Checked(Entry):
    """A proposal with its facts and what was recorded before."""

    proposal: Proposal
    recorded: Eligibility | None

    @property
    def initial(self) -> dict[str, object]:
        """What the form starts with."""
        if self.recorded is None:
            return {}
        return {"eligible": "yes" if self.recorded.eligible else "no", "reason": self.recorded.reason}

    @cached_property
    def facts(self) -> list[Fact]:
        """Every condition that can be read from what was submitted."""
        tender, version = self.proposal.tender, self.version
        public = self._uk_public_sector()
        least, count = tender.organisations_least, len(version.members)
        facts = [
            Fact(
                f"Submitted before {moment(tender.proposals_close_at)}",
                _when(version),
                version.admitted_late or version.submitted_at < tender.proposals_close_at,
            )
            if tender.proposals_close_at
            else None,
            Fact(f"At least {least} organisations", f"{count} organisations", count >= least),
            Fact("A UK public sector organisation", ", ".join(public) or "None", bool(public))
            if tender.needs_uk_public_sector
            else None,
            Fact(
                f"A price of at most {pounds(tender.highest_price)}",
                pounds(version.price),
                version.price <= tender.highest_price,
            )
            if tender.highest_price
            else None,
        ]
        return [fact for fact in facts if fact]

    def _uk_public_sector(self) -> list[str]:
        """As the members were when it was submitted: what they say of themselves since changes nothing."""
        members = [member for member in self.version.members if member.get("in_uk", True)]
        return sorted(member["name"] for member in members if member["kind"] in PUBLIC_SECTOR)


def checked(proposal: Proposal) -> Checked:
    """The opened proposal's facts."""
    version = opened_versions(proposal.tender).get(proposal=proposal)
    return Checked(version, proposal, Eligibility.objects.filter(proposal=proposal).first())


def _when(version: Version) -> str:
    admitted = ", admitted by two people because the portal was at fault" if version.admitted_late else ""
    return f"Submitted at {moment(version.submitted_at)}{admitted}"
