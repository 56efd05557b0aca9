"""What the panel has to deal with: the organisations to declare about, and who stands where."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from odifund.core.models import Person, Role
from tenders.completeness import (
    conflict_of,
    fully_scored,
    has_declared,
    opened_checks,
    standing_scores,
    unlocked_scores,
)
from tenders.models import Criterion, Declaration, Eligibility, Panellist, Proposal, Score, Tender, Version

if TYPE_CHECKING:
    from tenders.models import Moderation


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


def criteria_of(tender: Tender) -> list[Criterion]:
    """The criteria of the tender, each with the keys of the sections that answer it, as `answered_by`."""
    answering = Q(sections__isnull=False)
    keys = ArrayAgg("sections", filter=answering, order_by="sections__order", default=[])
    return list(tender.criteria.annotate(answered_by=keys).order_by("order"))


def opened_versions(tender: Tender) -> QuerySet[Version]:
    """The version of each proposal that was opened: it matched, or two people admitted it."""
    return Version.objects.filter(tender=tender, opening_check__in=opened_checks()).order_by("title", "pk")


def organisations_of(tender: Tender) -> dict[UUID, str]:
    """Every organisation in a standing proposal, held ones among them, by name."""
    held_or_not = Version.objects.filter(tender=tender, opening_check__isnull=False)
    members: Iterable[list[dict[str, str]]] = held_or_not.values_list("members", flat=True)
    found = {UUID(member["organisation"]): member["name"] for each in members for member in each}
    return dict(sorted(found.items(), key=lambda pair: (pair[1].casefold(), pair[0])))


def crumbs(tender: Tender) -> list[tuple[str, str]]:
    """The way back from the panel's pages."""
    return [("Tenders", reverse("tenders:list")), (tender.title, tender.get_absolute_url())]


def seats(tender: Tender) -> QuerySet[Panellist]:
    """Who sits on the panel now, whether they have declared, and how many they locked: never a score."""
    locked = (
        Score.objects.filter(
            evaluator=OuterRef("person"), proposal__tender=OuterRef("tender"), status=Score.Status.LOCKED
        )
        .order_by()
        .values("evaluator")
        .annotate(count=Count("proposal", distinct=True))
        .values("count")
    )
    return (
        Panellist.objects.filter(tender=tender, ended_at=None)
        .select_related("person")
        .annotate(declared=has_declared(), locked=Coalesce(Subquery(locked), 0))
        .order_by("-part", "is_deputy", "person__name")
    )


def could_sit() -> QuerySet[Person]:
    """Everybody who holds a role that a panel needs."""
    held = Role.objects.filter(
        person=OuterRef("pk"), role__in=[Role.Name.EVALUATOR, Role.Name.MODERATOR], ended_at=None
    )
    return Person.objects.filter(Exists(held), is_active=True).order_by("name")


def conflicts(tender: Tender) -> QuerySet[Declaration]:
    """The interests that were declared, with their words."""
    found = Declaration.objects.filter(tender=tender, conflict=True)
    return found.select_related("person", "organisation").order_by("person__name", "organisation__name")


@dataclass(frozen=True)
class Standing(Entry):
    """Where one proposal stands between opening and decision."""

    eligibility: Eligibility | None
    moderation: "Moderation | None"
    scored: bool
    locked: int
    waits_for: list[str]

    @property
    def is_agreed(self) -> bool:
        """Whether its scores are agreed."""
        return self.moderation is not None and self.moderation.agreed_at is not None

    @property
    def is_not_eligible(self) -> bool:
        """Whether it was found not eligible, so that nobody scores it."""
        return self.eligibility is not None and not self.eligibility.eligible

    @property
    def can_start(self) -> bool:
        """Whether moderation can start."""
        eligible = self.eligibility is not None and self.eligibility.eligible
        return eligible and self.scored and self.moderation is None


def standings(tender: Tender, among: QuerySet[Proposal]) -> list[Standing]:
    """Where the proposals stand, in the order of titles; only those `among` what the person may see."""
    scorers = _Scorers(tender)
    theirs = Proposal.objects.filter(pk=OuterRef("proposal"))
    versions = (
        opened_versions(tender)
        .filter(proposal__in=among.values("pk"))
        .select_related("proposal__eligibility", "proposal__moderation")
        .annotate(complete=Exists(fully_scored(theirs)))
        .defer("manifest")
    )
    return [
        Standing(
            version,
            getattr(version.proposal, "eligibility", None),
            getattr(version.proposal, "moderation", None),
            version.complete,
            *scorers.of(version.proposal_id),
        )
        for version in versions
    ]


class _Scorers:
    """Who has locked their scores, and whom each proposal waits for."""

    def __init__(self, tender: Tender) -> None:
        seats = Panellist.objects.filter(
            tender=tender, part=Panellist.Part.EVALUATOR, is_deputy=False, ended_at=None
        )
        self.seats = list(seats.values_list("person", "person__name"))
        scores = standing_scores().filter(proposal__tender=tender, status=Score.Status.LOCKED)
        self.locked = set(scores.values_list("proposal", "evaluator"))
        begun = unlocked_scores().filter(proposal__tender=tender)
        self.begun = set(begun.values_list("proposal", "evaluator__name"))
        conflicts = Declaration.objects.filter(tender=tender, conflict=True)
        members = "organisation__memberships__consortium__proposals"
        self.away = set(conflicts.values_list(members, "person"))

    def of(self, proposal: UUID) -> tuple[int, list[str]]:
        """How many have locked it, and the names it waits for."""
        due = {name for person, name in self.seats if (proposal, person) not in self.locked | self.away}
        waits = sorted(due | {name for key, name in self.begun if key == proposal})
        return sum(key == proposal for key, _ in self.locked), waits


def conflicts_after_scoring(tender: Tender) -> list[tuple[str, str]]:
    """Who declared an interest after locking scores of a proposal in moderation or agreed, and which."""
    conflict = conflict_of(OuterRef("evaluator"), "proposal__tender", "proposal__consortium")
    pairs = (
        Score.objects.filter(
            conflict, proposal__tender=tender, proposal__moderation__isnull=False, status=Score.Status.LOCKED
        )
        .order_by("evaluator__name", "proposal__title")
        .values_list("evaluator__name", "proposal__title")
        .distinct()
    )
    return list(pairs)
