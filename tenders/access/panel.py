"""Who sits on a panel, and whose scores they see: their own, until all on a proposal are locked."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from consortia import access as parties
from odifund.core import access as core
from odifund.core.access import holds, signed_in
from odifund.core.errors import WrongPerson
from odifund.core.models import Role
from tenders.access.seal import (
    bids_in,
    confirms,
    declared_panels,
    named_proposals,
    opened_proposals_for,
    oversees,
    panels_of,
    tenders_for,
)
from tenders.completeness import fully_scored, has_declared, opened_checks, standing_scores
from tenders.models import Declaration, Moderation, OpeningCheck, Panellist, Proposal, Score, Tender

if TYPE_CHECKING:
    from odifund.core.models import Person
    from tenders.access.seal import User


@dataclass(frozen=True)
class Parts:
    """What somebody does on a panel."""

    scores: bool
    moderates: bool


def may_sit(user: "User") -> bool:
    """Whether the person can be on a panel at all."""
    return holds(user, *Panellist.Part.values)


def scores(user: "User", proposal: Proposal) -> bool:
    """Whether the person may score the proposal: an evaluator of its tender, declared, not conflicted."""
    return _works_as(user, proposal, Panellist.Part.EVALUATOR)


def moderates(user: "User", proposal: Proposal) -> bool:
    """Whether the person may record agreed scores: the tender's moderator, declared, not conflicted."""
    return _works_as(user, proposal, Panellist.Part.MODERATOR)


def _works_as(user: "User", proposal: Proposal, part: str) -> bool:
    if not holds(user, part):
        return False
    seats = declared_panels(user).filter(tender=OuterRef("tender"), part=part)
    return opened_proposals_for(user).filter(Exists(seats), pk=proposal.pk).exists()


def panel_tender_or_404(request: HttpRequest, reference: str) -> Tender:
    """The tender, for who sits on its panel and for who oversees; its panel's pages exist for nobody else."""
    tenders = tenders_for(request.user)
    if not oversees(request.user):
        tenders = tenders.filter(pk__in=panels_of(request.user).values("tender"))
    return get_object_or_404(tenders, reference=reference)


def seat_or_404(request: HttpRequest, tender: Tender, key: UUID) -> Panellist:
    """Somebody's seat on the panel, for who oversees."""
    seats = Panellist.objects.filter(tender=tender, ended_at=None).select_related("person", "tender")
    return get_object_or_404(seats if oversees(request.user, tender) else seats.none(), pk=key)


def parts_of(user: "User", tender: Tender) -> Parts:
    """What the person does on the tender's panel."""
    if not may_sit(user):
        return Parts(scores=False, moderates=False)
    held = set(panels_of(user).filter(tender=tender).values_list("part", flat=True))
    return Parts(Panellist.Part.EVALUATOR in held, Panellist.Part.MODERATOR in held)


def scored_proposal_or_404(request: HttpRequest, reference: str, key: UUID) -> Proposal:
    """A proposal of the person's own pile, with its tender."""
    seats = declared_panels(request.user).filter(part=Panellist.Part.EVALUATOR)
    found = opened_proposals_for(request.user).filter(tender__in=seats.values("tender"))
    return get_object_or_404(found.select_related("tender"), pk=key, tender__reference=reference)


def read_proposal_or_404(request: HttpRequest, reference: str, key: UUID) -> Proposal:
    """An opened proposal, for the panel and for who oversees, with its tender."""
    found = opened_proposals_for(request.user).select_related("tender", "consortium__lead")
    return get_object_or_404(found, pk=key, tender__reference=reference)


def only(allowed: bool, words: str) -> None:
    """Refuse what the person sees and may not do."""
    if not allowed:
        raise WrongPerson(words)


def decides(user: "User", tender: Tender) -> bool:
    """Whether the person may propose and approve awards: who confirms, and has no interest in the tender.

    Somebody on its panel has to have declared first, if there is anything to declare about.
    """
    if not confirms(user, tender) or not signed_in(user):
        return False
    opened = OpeningCheck.objects.filter(opening__tender=OuterRef("tender"))
    undeclared = panels_of(user).filter(Exists(opened), tender=OuterRef("pk")).exclude(has_declared())
    conflicts = Declaration.objects.filter(person=user, tender=OuterRef("pk"), conflict=True)
    stands_aside = Tender.objects.filter(Exists(undeclared) | Exists(conflicts), pk=tender.pk)
    return not stands_aside.exists()


def who_confirms(tender: Tender) -> list["Person"]:
    """Everybody who may be the second person of an opening: whom a notice asks."""
    return [person for person in _deciders() if confirms(person, tender)]


def who_decides(tender: Tender) -> list["Person"]:
    """Everybody whom `decides` allows, in one query: whom a notice asks, and whom it waits for."""
    held = Role.objects.filter(person=OuterRef("person"), role=OuterRef("part"), ended_at=None)
    seats = Panellist.objects.filter(Exists(held), tender=tender, ended_at=None)
    opened = OpeningCheck.objects.filter(opening__tender=tender)
    undeclared = seats.filter(Exists(opened)).exclude(has_declared()).values("person")
    conflicts = Declaration.objects.filter(tender=tender, conflict=True).values("person")
    named = parties.people_ever_named_in(Proposal.objects.filter(tender=tender).values("consortium"))
    stands_aside = Q(pk__in=undeclared) | Q(pk__in=conflicts) | Q(pk__in=named)
    return list(_deciders().exclude(stands_aside))


def _deciders() -> "QuerySet[Person]":
    return core.holders(core.MANAGER, core.APPROVER)


def who_sits(tender: Tender) -> list["Person"]:
    """Everybody on the panel now who may still work on it, each once: whom a notice about it goes to."""
    seats = Panellist.objects.filter(tender=tender, ended_at=None).select_related("person")
    people = {seat.person_id: seat.person for seat in seats if holds(seat.person, seat.part)}
    return [person for person in people.values() if not bids_in(person, tender)]


def who_moderates(tender: Tender) -> list["Person"]:
    """The moderator and deputies, without those to whom their interests close every proposal."""
    seats = Panellist.objects.filter(tender=tender, part=Panellist.Part.MODERATOR, ended_at=None)
    waiting = seats.exclude(has_declared()).values_list("person", flat=True)
    sitting, undeclared = set(seats.values_list("person", flat=True)), set(waiting)
    return [
        person
        for person in who_sits(tender)
        if person.pk in sitting
        and (person.pk in undeclared or opened_proposals_for(person).filter(tender=tender).exists())
    ]


def held_or_404(request: HttpRequest, tender: Tender, key: UUID) -> OpeningCheck:
    """A proposal that was held at the opening, for who oversees; of it only what the record says."""
    found = OpeningCheck.objects.filter(opening__tender=tender, matches=False)
    found = found if oversees(request.user, tender) else found.none()
    return get_object_or_404(found.select_related("version", "opening"), pk=key)


def scores_for(user: "User", proposal: Proposal | None = None) -> QuerySet[Score]:
    """One's own scores; those of others only when all on that proposal are locked. No other door."""
    if not signed_in(user):
        return Score.objects.none()
    opened = opened_proposals_for(user)
    seen = standing_scores().filter(proposal__in=opened.values("pk"))
    seen = seen.filter(proposal=proposal) if proposal else seen
    complete = fully_scored(Proposal.objects.filter(tender__opened_at__isnull=False)).values("pk")
    return seen.filter(Q(evaluator=user) | Q(status=Score.Status.LOCKED, proposal__in=complete))


def moderations_for(user: "User") -> QuerySet[Moderation]:
    """What the panel agrees on proposals that exist for this person as panel or as who oversees."""
    return Moderation.objects.filter(proposal__in=opened_proposals_for(user).values("pk"))


def reads_notes(user: "User", tender: Tender) -> bool:
    """Whether the person reads what only the panel and the auditor read."""
    if holds(user, core.OBSERVER):
        return True
    return may_sit(user) and declared_panels(user).filter(tender=tender).exists()


def sees_ranking(user: "User", tender: Tender) -> bool:
    """Whether the person sees totals before the decision: who oversees, and the moderator."""
    if oversees(user, tender):
        return True
    seats = declared_panels(user).filter(tender=tender, part=Panellist.Part.MODERATOR)
    return holds(user, Panellist.Part.MODERATOR) and seats.exists()


def reads_decision(user: "User", tender: Tender) -> bool:
    """Whether the person reads how it is decided: who decides, and from then on everybody who oversees."""
    return decides(user, tender) or (tender.decided_at is not None and oversees(user, tender))


def declarations_for(user: "User", tender: Tender) -> QuerySet[Declaration]:
    """One's own declarations; all of them for who oversees."""
    declared = Declaration.objects.filter(tender=tender)
    if oversees(user, tender):
        return declared
    return declared.filter(person=user) if signed_in(user) else declared.none()


def moderated_proposal_or_404(request: HttpRequest, reference: str, key: UUID) -> Proposal:
    """A proposal the person moderates, with its tender."""
    seats = declared_panels(request.user).filter(part=Panellist.Part.MODERATOR)
    found = opened_proposals_for(request.user).filter(tender__in=seats.values("tender"))
    return get_object_or_404(found.select_related("tender"), pk=key, tender__reference=reference)


def moderation_or_404(request: HttpRequest, reference: str, key: UUID) -> Moderation:
    """What the panel agrees on a proposal, for the whole panel and for who oversees."""
    found = moderations_for(request.user).select_related("proposal__tender")
    return get_object_or_404(found, proposal=key, proposal__tender__reference=reference)


def decided_tender_or_404(request: HttpRequest, reference: str) -> Tender:
    """The tender once its outcome is public."""
    return get_object_or_404(tenders_for(request.user), reference=reference, decided_at__isnull=False)


def has_outcome(proposal: Proposal) -> bool:
    """Whether there is an outcome for the people named on the proposal."""
    opened = opened_checks().filter(version__proposal=proposal)
    return proposal.tender.decided_at is not None and opened.exists()


def is_awarded(proposal: Proposal) -> bool:
    """Whether it was awarded, for who was let in by `proposal_or_404`, once that is decided."""
    return proposal.tender.decided_at is not None and getattr(proposal, "is_awarded")  # noqa: B009


def own_outcome_or_404(request: HttpRequest, key: UUID) -> Proposal:
    """A proposal the person is named on, once its tender is decided, if it was opened."""
    opened = opened_checks().filter(version__proposal=OuterRef("pk"))
    found = named_proposals(request.user).filter(Exists(opened), tender__decided_at__isnull=False)
    return get_object_or_404(found.select_related("tender", "consortium__lead"), pk=key)
