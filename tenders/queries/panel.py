"""What the panel has to deal with: the organisations to declare about, and who stands where."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from tenders.models import Tender, Version


@dataclass(frozen=True)
class Entry:
    """One opened proposal as the panel's lists show it."""

    version: Version

    @property
    def lead(self) -> str:
        """The name of the organisation that leads."""
        return next((member["name"] for member in self.version.members if member["is_lead"]), "")

    @property
    def members(self) -> list[str]:
        """The names of the other members."""
        return [member["name"] for member in self.version.members if not member["is_lead"]]


def opened_versions(tender: Tender) -> QuerySet[Version]:
    """The version of each proposal that was opened with its fingerprint matching."""
    return Version.objects.filter(tender=tender, opening_check__matches=True).order_by("title", "pk")


def organisations_of(tender: Tender) -> dict[UUID, str]:
    """Every organisation in a standing proposal, held ones among them, by name."""
    held_or_not = Version.objects.filter(tender=tender, opening_check__isnull=False)
    members: Iterable[list[dict[str, str]]] = held_or_not.values_list("members", flat=True)
    found = {UUID(member["organisation"]): member["name"] for each in members for member in each}
    return dict(sorted(found.items(), key=lambda pair: (pair[1].casefold(), pair[0])))
