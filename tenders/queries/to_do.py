"""What waits for a person in the competition: for bidders, and for who runs it."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import Count, Exists, F, IntegerField, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from consortia import queries as parties
from odifund.core.access import is_staff
from odifund.core.models import Person, TwoPersonMove
from odifund.core.todo import ToDo
from odifund.core.wording import span
from tenders import access
from tenders.models import CostLine, Proposal, Question, Section, SectionText, Tender


def to_do(person: Person, at: datetime) -> Iterator[ToDo]:
    """Everything of the competition that waits for this person. The fund's own people do not bid."""
    if not is_staff(person):
        yield from _invitations(person, at)
    if access.manages(person):
        yield from _questions(at)
    if access.confirms(person):
        yield from _second_person(person)
        yield from _to_propose(person)


def _invitations(person: Person, at: datetime) -> Iterator[ToDo]:
    waiting = list(parties.waiting_invitations(person))
    tenders = Tender.objects.in_bulk({invitation.consortium.formed_for for invitation in waiting})
    for invitation in waiting:
        tender = tenders[invitation.consortium.formed_for]
        if tender.accepts_proposals(at):
            yield ToDo(
                f"Answer the invitation to {invitation.consortium}",
                invitation.get_absolute_url(),
                f"{invitation.consortium.lead} invites {invitation} for {tender.reference}",
                due=tender.proposals_close_at,
                now=True,
            )


def my_proposals(person: Person) -> QuerySet[Proposal]:
    """The proposals the person is named on, the next deadline last, with what is missing counted."""
    newest = SectionText.objects.filter(proposal=OuterRef(OuterRef("pk")), section=OuterRef("pk"))
    unwritten = (
        Section.objects.filter(tender=OuterRef("tender"), required=True)
        .annotate(newest=Subquery(newest.order_by("-revision").values("text")[:1]))
        .filter(Q(newest=None) | Q(newest=""))
        .order_by()
        .values("tender")
        .annotate(count=Count("pk"))
        .values("count")
    )
    return (
        access.named_proposals(person)
        .select_related("tender", "consortium__lead")
        .annotate(
            unwritten=Coalesce(Subquery(unwritten, output_field=IntegerField()), 0),
            has_costs=Exists(CostLine.objects.filter(proposal=OuterRef("pk"))),
        )
        .order_by("-tender__proposals_close_at", "title")
    )


def drafts(proposals: Iterable[Proposal], at: datetime) -> Iterator[ToDo]:
    """What waits among these proposals of a person: the drafts that can still be submitted."""
    for proposal in proposals:
        if proposal.status == Proposal.Status.DRAFT and proposal.tender.accepts_proposals(at):
            yield ToDo(
                f"Write and submit “{proposal.title}”",
                proposal.get_absolute_url(),
                f"Led by {proposal.consortium.lead}. {_missing(proposal)}",
                due=proposal.tender.proposals_close_at,
                now=True,
            )


def _missing(proposal: Proposal) -> str:
    unwritten: int = getattr(proposal, "unwritten")  # noqa: B009  (annotated)
    has_costs: bool = getattr(proposal, "has_costs")  # noqa: B009
    found = [f"{unwritten} section{'s' if unwritten > 1 else ''} to write"] if unwritten else []
    found += [] if has_costs else ["no costs yet"]
    return ", ".join(found).capitalize() if found else "Every section is written: check it and submit"


def _questions(at: datetime) -> Iterator[ToDo]:
    waiting = (
        Tender.objects.filter(questions__status=Question.Status.ASKED)
        .annotate(count=Count("questions"), oldest=Min("questions__asked_at"))
        .order_by(F("answers_due_at").asc(nulls_last=True), "reference")
    )
    for tender in waiting:
        yield ToDo(
            f"Answer {tender.count} question{'s' if tender.count > 1 else ''} about {tender.reference}",
            reverse("tenders:waiting_questions", args=[tender.reference]),
            f"{tender.title}. The oldest has waited {span(at - tender.oldest)}",
            due=tender.answers_due_at,
            now=True,
        )


WAITING = {
    "publish": ("Confirm that {} is published", "tenders:publish"),
    "open": ("Confirm the opening of {}", "tenders:opening"),
    "approve": ("Approve the awards of {}", "tenders:decision"),
}
"""The verb that waits: what a second person is asked, and on which page."""


def _second_person(person: Person) -> Iterator[ToDo]:
    moves = (
        TwoPersonMove.objects.filter(verb__in=WAITING, confirmed_at=None, taken_back_at=None)
        .exclude(proposed_by=person)
        .select_related("proposed_by")
        .order_by("proposed_at")
    )
    if not (subjects := [move.subject_id for move in moves]):
        return
    found = Tender.objects.filter(Q(pk__in=subjects) | Q(decision__in=subjects)).select_related("decision")
    by_key = {key: tender for tender in found for key in (tender.pk, _decision(tender)) if key}
    for move in moves:
        if tender := by_key.get(move.subject_id):
            words, page = WAITING[move.verb]
            yield ToDo(
                words.format(tender.reference),
                reverse(page, args=[tender.reference]),
                f"{move.proposed_by} proposed it. It takes a second person, and that can be you",
                now=True,
            )


def _to_propose(person: Person) -> Iterator[ToDo]:
    """Tenders whose next move takes two people and has no first one yet."""
    proposed = TwoPersonMove.objects.filter(subject_id=OuterRef("pk"), confirmed_at=None, taken_back_at=None)
    waiting = Tender.objects.filter(
        ~Exists(proposed), status__in=(Tender.Status.CLOSED, Tender.Status.DRAFT)
    ).order_by("drafted_at")
    for tender in waiting:
        if tender.is_public:
            page = reverse("tenders:opening", args=[tender.reference])
            words = f"Open the proposals to {tender.reference}"
            yield ToDo(words, page, "Two people do it together", now=True)
        elif access.manages(person):
            page = reverse("tenders:staff_tender", args=[tender.reference])
            yield ToDo(f"Finish the draft of {tender.reference}", page, tender.title)


def _decision(tender: Tender) -> object:
    decision = getattr(tender, "decision", None)
    return decision.pk if decision else None
