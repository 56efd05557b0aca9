"""What waits for the agreement of a partner or the approval of a reader, for home pages."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery, TextField
from django.db.models.functions import Cast, JSONObject
from django.urls import reverse

from consortia import access as parties
from consortia.models import Member
from odifund.core.models import Person
from odifund.core.todo import ToDo
from odifund.core.wording import pounds
from tenders.models import Agreement, CostLine, Proposal

WRITTEN = ("organisation", "kind", "what", "days", "day_rate", "percent", "amount", "note")
"""What an agreement keeps of a line, in the words of `draft.written`; there numbers are text."""


def to_agree(person: Person, proposals: Iterable[Proposal], at: datetime) -> Iterator[ToDo]:
    """Of these proposals (`bidder_to_do.my_proposals`): prices to approve, and lines to agree to."""
    still_open: list[Any] = [each for each in proposals if each.tender.accepts_proposals(at)]
    for proposal in still_open:
        if not proposal.is_worked_on:
            yield from _approval(proposal)
    partners = {each.consortium_id: each for each in still_open if each.is_worked_on and not each.is_led}
    for member in _members(person, partners) if partners else ():
        yield from _agreement(partners[member.consortium_id], member)


def _approval(proposal: Any) -> Iterator[ToDo]:
    price, approved = proposal.price, proposal.approved
    if price and price != approved:
        changed = f"You approved {pounds(approved)}, and it has changed since" if approved else ""
        url = reverse("tenders:approval", args=[proposal.pk])
        title = f"Approve the price of {pounds(price)} of “{proposal.title}”"
        yield ToDo(title, url, changed or "You are its reader", due=proposal.tender.proposals_close_at)


def _members(person: Person, consortia: Iterable[Any]) -> QuerySet[Member]:
    """The members the person works for, with their lines, and those they agreed to: in one query."""
    lines = CostLine.objects.filter(
        proposal__consortium=OuterRef("consortium"), organisation=OuterRef("organisation")
    )
    words = {name: Cast(name, TextField()) for name in WRITTEN}
    words["organisation_name"] = Cast("organisation__name", TextField())
    last = Agreement.objects.filter(member=OuterRef("pk")).order_by("-agreed_at", "-pk")
    mine = parties.workings_of(person).filter(member__consortium__in=consortia)
    return (
        Member.objects.filter(pk__in=mine.values("member"))
        .select_related("organisation")
        .annotate(
            now=ArraySubquery(lines.values(said=JSONObject(**words))),
            agreed=Subquery(last.values("lines")[:1]),
        )
    )


def _agreement(proposal: Proposal, member: Any) -> Iterator[ToDo]:
    if member.now == (member.agreed or []):
        return
    hint = "They have changed since you agreed" if member.agreed else "You have not agreed to them yet"
    title = f"Agree to the cost lines of {member} in “{proposal.title}”"
    url = reverse("tenders:agreement", args=[proposal.pk, member.pk])
    yield ToDo(title, url, hint, due=proposal.tender.proposals_close_at)
