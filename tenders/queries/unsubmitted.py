"""Proposals of which the draft is not what stands, and who would want to be reminded of that."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery

from consortia.models import Member, NamedPerson
from odifund.core.models import Person
from tenders import access
from tenders.models import Proposal, Tender, Version
from tenders.queries import draft
from tenders.queries.proposal import newest_version
from tenders.queries.receipt import changed_since_submitted


@dataclass(frozen=True)
class Unsubmitted:
    """A draft that would not count as it is: no version stands, or one in which these parts differ."""

    proposal: Proposal
    stands: Version | None = None
    changed: list[str] = field(default_factory=list)

    @property
    def in_short(self) -> str:
        """What is the matter with it, for a subject."""
        if self.stands:
            return "your changes are not submitted"
        return "your proposal is withdrawn" if self.proposal.is_withdrawn else "your draft is not submitted"


def people_with_unsubmitted(
    at: datetime, *, from_: timedelta, to: timedelta
) -> Iterator[tuple[Unsubmitted, Person]]:
    """Each named person of each such draft whose tender closes within (from_, to] of now."""
    yield from _with_people(_unsubmitted(_closing(at, from_, to)), lambda one: one.proposal)


def people_who_will_sign_in(
    at: datetime, *, from_: timedelta, to: timedelta
) -> Iterator[tuple[Proposal, Person]]:
    """Each named person of each proposal that could count, whose tender closes within (from_, to] of now."""
    real = _closing(at, from_, to).filter(tender__rehearses=False)
    yield from _with_people(real, lambda one: one)


def needed_until(person: Person, at: datetime) -> datetime | None:
    """The latest deadline among the open tenders that the person takes part in; rehearsals apart."""
    latest: datetime | None = (
        access.named_proposals(person)
        .filter(tender__status=Tender.Status.PUBLISHED, tender__proposals_close_at__gt=at)
        .filter(tender__rehearses=False)
        .aggregate(latest=Max("tender__proposals_close_at"))["latest"]
    )
    return latest


def _closing(at: datetime, from_: timedelta, to: timedelta) -> QuerySet[Proposal]:
    return Proposal.objects.filter(
        tender__status=Tender.Status.PUBLISHED,
        tender__proposals_close_at__gt=at + from_,
        tender__proposals_close_at__lte=at + to,
    ).select_related("tender", "consortium__lead")


def _with_people(
    closing: Iterable[Any], proposal_of: Callable[[Any], Proposal]
) -> Iterator[tuple[Any, Person]]:
    found = {proposal_of(one).consortium_id: one for one in closing}
    namings = NamedPerson.objects.filter(
        member__consortium__in=found, member__left_at=None, ended_at=None, person__is_active=True
    )
    told = namings.order_by("pk").values_list("member__consortium", "person").distinct()
    people = Person.objects.in_bulk({person for _, person in told})
    for consortium, person in dict.fromkeys(told):
        yield found[consortium], people[person]


def _unsubmitted(closing: QuerySet[Proposal]) -> Iterator[Unsubmitted]:
    for proposal in closing.exclude(status=Proposal.Status.SUBMITTED):
        yield Unsubmitted(proposal)
    for proposal in _touched(closing.filter(status=Proposal.Status.SUBMITTED)):
        stands = newest_version(proposal)
        if changed := changed_since_submitted(draft.of(proposal), stands):
            yield Unsubmitted(proposal, stands, changed)


def _touched(submitted: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """Those whose draft was saved, or whose members came or went, after what stands was submitted."""
    newest = Version.objects.filter(proposal=OuterRef("pk")).order_by("-number")
    moved = Member.objects.filter(
        Q(joined_at__gt=OuterRef("stands_since")) | Q(left_at__gt=OuterRef("stands_since")),
        consortium=OuterRef("consortium"),
    )
    return submitted.annotate(stands_since=Subquery(newest.values("submitted_at")[:1])).filter(
        Q(changed_at__gt=F("stands_since")) | Exists(moved)
    )
