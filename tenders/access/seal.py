"""Who sees and does what in a tender: the one door for pages, files, exports, tasks and mails.

First which rows exist for a person (`..._for`), then whether they may (`manages`, `scores`). What
is not visible is 404; visible and not allowed is 403. Until the opening a proposal exists only for
the people named on it: managers, administrators and observers see a number, nothing else.
"""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from consortia import access as parties
from odifund.core import access as core
from odifund.core.access import holds, is_staff, signed_in
from odifund.core.errors import WrongPerson
from tenders.completeness import conflict_of, has_declared, opened_checks
from tenders.models import (
    Award,
    Comment,
    Declaration,
    Panellist,
    Programme,
    Proposal,
    SectionText,
    Tender,
    Version,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.contrib.auth.models import AnonymousUser

    from odifund.core.models import Person

    User = Person | AnonymousUser


# Tenders


def tenders_for(user: "User") -> QuerySet[Tender]:
    """Published tenders for everybody, rehearsals for who is signed in; the rest for staff alone."""
    return _tenders_for(user).select_related("programme", "decision")


def _tenders_for(user: "User") -> QuerySet[Tender]:
    if is_staff(user):
        return Tender.objects.all()
    if not signed_in(user):
        return public_tenders()
    shown = Q(is_practice=False) | Q(rehearses=True)
    return Tender.objects.exclude(status=Tender.Status.DRAFT).filter(shown)


def tender_or_404(request: HttpRequest, reference: str) -> Tender:
    """The tender, if it exists for this person."""
    return get_object_or_404(tenders_for(request.user), reference=reference.upper())


def public_tenders() -> QuerySet[Tender]:
    """What feeds and calendars are made of, whoever asks: no draft, and nothing that is practised with."""
    return Tender.objects.exclude(status=Tender.Status.DRAFT).filter(is_practice=False)


def open_tenders(at: datetime) -> QuerySet[Tender]:
    """What takes proposals at this moment, practice too."""
    return Tender.objects.filter(status=Tender.Status.PUBLISHED, proposals_close_at__gt=at)


def open_rehearsals(at: datetime) -> QuerySet[Tender]:
    """What bidders rehearse on at this moment, the one that closes last first: it has the most time."""
    return open_tenders(at).filter(rehearses=True).order_by("-proposals_close_at", "reference")


def coming_tenders() -> QuerySet[Tender]:
    """What two people have left to the clock to publish: everybody reads its title and its day, no more."""
    return Tender.objects.filter(status=Tender.Status.DRAFT, publish_at__isnull=False, is_practice=False)


def public_tender_or_404(reference: str) -> Tender:
    """One of them."""
    return get_object_or_404(public_tenders(), reference=reference)


def tenders_to_copy(user: "User") -> QuerySet[Tender]:
    """What a manager may begin a new tender from, the newest first."""
    return tenders_for(user).order_by("-drafted_at", "reference")


def desk_or_404(request: HttpRequest, reference: str, rule: "Callable[[User, Tender], bool]") -> Tender:
    """The tender, for a page of the fund's own: outside it is not there; the wrong staff are told so."""
    tender = tender_or_404(request, reference)
    if not is_staff(request.user):
        raise Http404
    if not rule(request.user, tender):
        raise WrongPerson("Your part at the fund does not include this page.")
    return tender


def programme_or_404(request: HttpRequest, slug: str) -> Programme:
    """The programme: for whoever sees a published tender of it, for staff from the beginning."""
    published = Exists(_tenders_for(request.user).filter(programme=OuterRef("pk")))
    programmes = Programme.objects.all() if is_staff(request.user) else Programme.objects.filter(published)
    return get_object_or_404(programmes, slug=slug)


def manages(user: "User", tender: Tender | None = None) -> bool:
    """Whether the person runs tenders, and bids in none where one is given."""
    return holds(user, core.MANAGER) and not bids_in(user, tender)


def confirms(user: "User", tender: Tender | None = None) -> bool:
    """Whether the person is a manager or an approver who does not bid in it: any of them is the second."""
    return holds(user, core.MANAGER, core.APPROVER) and not bids_in(user, tender)


def oversees(user: "User", tender: Tender | None = None) -> bool:
    """Whether the person may follow the running of a tender: managers, approvers, observers."""
    return holds(user, core.MANAGER, core.APPROVER, core.OBSERVER) and not bids_in(user, tender)


def bids_in(user: "User", tender: Tender | None) -> bool:
    """Whether the person is or once was named on a proposal to the tender, and so stands outside its running.

    Like their roles, read once a request.
    """
    if tender is None or not tender.is_published or not signed_in(user):
        return False
    known: dict[UUID, bool] = user.__dict__.setdefault("bids_in", {})
    if tender.pk not in known:
        known[tender.pk] = ever_named_proposals(user).filter(tender=tender).exists()
    return known[tender.pk]


def runs_tenders(user: "User") -> bool:
    """Whether the staff's pages exist for the person at all."""
    return is_staff(user)


def takes_part(user: "User", tender: Tender) -> bool:
    """Whether the person may bid at all: signed in, from outside the fund; in its own practice, its staff."""
    return signed_in(user) and is_staff(user) == tender.is_for_staff_alone


def bids(user: "Person", running: "Iterable[Tender] | None" = None) -> bool:
    """Whether home pages say what waits for a bidder: from outside, or practising. Read once a request.

    Who has read what runs gives it, so that nothing is asked of staff while nothing is practised with.
    """
    if (known := user.__dict__.get("bids")) is None:
        practised = running is None or any(tender.is_for_staff_alone for tender in running)
        known = not is_staff(user) or (practised and named_proposals(user).exists())
        user.__dict__["bids"] = known
    return bool(known)


# Proposals: the seal. One exists for the people named on it, and once opened for who oversees or scores.


def named_proposals(user: "User") -> QuerySet[Proposal]:
    """The proposals this person is named on."""
    return Proposal.objects.filter(consortium__in=parties.consortia_for(user))


def ever_named_proposals(user: "User") -> QuerySet[Proposal]:
    """The proposals this person is or once was named on: whoever was on a bidder's side stays outside."""
    return Proposal.objects.filter(consortium__in=parties.ever_named_in(user))


def open_scopes_for(user: "User") -> set[UUID]:
    """The tenders whose seal is open to this person in the trail and the outbox.

    An administrator sees no proposal, opened or not; who declared a conflict in a tender, has not
    declared yet, or bids or once bid in it, is told none of its sealed things.
    """
    if not signed_in(user) or not oversees(user):
        return set()
    conflicts = Declaration.objects.filter(person=user, conflict=True).values("tender")
    undeclared = panels_of(user).exclude(has_declared()).values("tender")
    own = ever_named_proposals(user).values("tender")
    closed_to_them = Q(opened_at=None) | Q(pk__in=conflicts) | Q(pk__in=undeclared) | Q(pk__in=own)
    return set(Tender.objects.exclude(closed_to_them).values_list("pk", flat=True))


def opened_proposals_for(user: "User") -> QuerySet[Proposal]:
    """Standing proposals of opened tenders, for who oversees or sits on the panel.

    A declared conflict takes a proposal away at once, whoever the person is; a panellist sees
    none before declaring, and who is or was a bidder none of a tender they bid in; one whose
    fingerprint did not match is held, until two people admit it.
    """
    if not signed_in(user):
        return Proposal.objects.none()
    opened = Proposal.objects.filter(
        Exists(opened_checks().filter(version__proposal=OuterRef("pk"))),
        tender__opened_at__isnull=False,
        status=Proposal.Status.SUBMITTED,
    ).exclude(conflict_of(user))
    if oversees(user):
        undeclared = panels_of(user).exclude(has_declared()).values("tender")
        own = ever_named_proposals(user).values("tender")
        return opened.exclude(Q(tender__in=undeclared) | Q(tender__in=own))
    return opened.filter(tender__in=declared_panels(user).values("tender"))


def panels_of(user: "User") -> QuerySet[Panellist]:
    """The panels the person sits on now: a seat goes with its role."""
    if not signed_in(user):
        return Panellist.objects.none()
    return Panellist.objects.filter(person=user, ended_at=None, part__in=user.roles)


def declared_panels(user: "User") -> QuerySet[Panellist]:
    """The panels the person declared their interests for; none of a tender they bid or once bid in."""
    own = ever_named_proposals(user).filter(tender=OuterRef("tender"))
    return panels_of(user).filter(has_declared()).exclude(Exists(own))


def proposal_or_404(request: HttpRequest, key: UUID) -> Proposal:
    """The draft, for the people named on it and nobody else, ever; never submitted, for 90 days.

    `rehearsal` is the reference of where they can rehearse, read along with it.
    """
    at: datetime = request.at  # type: ignore[attr-defined]
    found = named_proposals(request.user).select_related("tender", "consortium__lead")
    working = parties.workings_of(request.user).filter(member__consortium=OuterRef("consortium"))
    found = found.annotate(
        is_worked_on=Exists(working),
        is_led=Exists(working.filter(member__is_lead=True)),
        is_awarded=Exists(Award.objects.filter(proposal=OuterRef("pk"))),
        rehearsal=Subquery(open_rehearsals(at).values("reference")[:1]),
    )
    proposal = get_object_or_404(found, pk=key)
    if proposal.is_put_away(at):
        raise Http404
    return proposal


def only_reads(proposal: Proposal) -> bool:
    """Whether who was let in by `proposal_or_404` is a reader, and changes nothing."""
    return not getattr(proposal, "is_worked_on")  # noqa: B009  (annotated there)


def earlier_text_or_404(proposal: Proposal, section: UUID, revision: int) -> SectionText:
    """A saved text of a section, for who was let into the draft by `proposal_or_404`."""
    found = SectionText.objects.filter(proposal=proposal).select_related("section", "saved_by")
    return get_object_or_404(found, section=section, revision=revision)


def comment_or_404(proposal: Proposal, key: UUID) -> Comment:
    """A comment on a draft, for who was let into it by `proposal_or_404`."""
    return get_object_or_404(Comment.objects.select_related("proposal__tender"), proposal=proposal, pk=key)


def own_version_or_404(request: HttpRequest, key: UUID, number: int) -> Version:
    """A submitted version, for the people named on its proposal."""
    found = Version.objects.filter(proposal__in=named_proposals(request.user)).select_related(
        "tender", "submitted_by", "proposal__consortium__lead"
    )
    return get_object_or_404(found, proposal=key, number=number)


def overseen_tender_or_404(request: HttpRequest, reference: str) -> Tender:
    """A tender, for who oversees its running; its staff's pages do not exist for others."""
    tender = tender_or_404(request, reference)
    if not oversees(request.user, tender):
        raise Http404
    return tender


def comments_on(user: "User", proposal: Proposal) -> bool:
    """Whether the person is named on the proposal: readers comment too."""
    return parties.is_named_in(user, proposal.consortium)


def works_on(user: "User", proposal: Proposal) -> bool:
    """Whether the person changes the proposal: named on it, and not as a reader."""
    return parties.works_in(user, proposal.consortium)


def approves(user: "User", proposal: Proposal) -> bool:
    """Whether the person approves the price: named on the proposal as a reader."""
    return parties.reads_in(user, proposal.consortium)


def leads(user: "User", proposal: Proposal) -> bool:
    """Whether the person works on it for the lead: who invites, plans payments and declares."""
    return parties.leads(user, proposal.consortium)


def submits(user: "User", proposal: Proposal) -> bool:
    """Whether the person can submit and withdraw it: whom the lead named for that."""
    return parties.submits_for(user, proposal.consortium)
