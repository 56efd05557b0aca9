"""Drafts that nobody has submitted, and who would want to be reminded of them."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from consortia.models import NamedPerson
from odifund.core.models import Person
from tenders.models import Proposal, Tender


def people_with_drafts(at: datetime, *, from_: timedelta, to: timedelta) -> Iterator[tuple[Proposal, Person]]:
    """Each named person of each draft whose tender closes within (from_, to] of now."""
    drafts = Proposal.objects.filter(
        tender__status=Tender.Status.PUBLISHED,
        tender__proposals_close_at__gt=at + from_,
        tender__proposals_close_at__lte=at + to,
    ).exclude(status=Proposal.Status.SUBMITTED)
    found = {one.consortium_id: one for one in drafts.select_related("tender", "consortium__lead")}
    namings = NamedPerson.objects.filter(
        member__consortium__in=found, member__left_at=None, ended_at=None, person__is_active=True
    )
    told = namings.order_by("pk").values_list("member__consortium", "person").distinct()
    people = Person.objects.in_bulk({person for _, person in told})
    for consortium, person in dict.fromkeys(told):
        yield found[consortium], people[person]
