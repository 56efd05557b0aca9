"""What waits for a person in the competition: for bidders, and for who runs it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from consortia import access as people
from consortia import queries as parties
from odifund.core.models import Person, TwoPersonMove
from odifund.core.todo import ToDo
from odifund.core.wording import counted, span
from tenders import access
from tenders.completeness import left_out, unsettled_checks
from tenders.models import (
    Attachment,
    Award,
    Contract,
    CostLine,
    Proposal,
    Question,
    Section,
    SectionText,
    Tender,
    Version,
)
from tenders.queries.running import Running
from tenders.queries.tender import changed_moves

S = Tender.Status


def to_do(person: Person, at: datetime, running: Sequence[Running]) -> Iterator[ToDo]:
    """Everything of the competition that waits for this person. The fund's own people bid in a practice only.

    `running` is what runs, for who oversees it, and empty for anybody else.
    """
    if not access.oversees(person) or any(each.tender.is_practice for each in running):
        yield from _invitations(person, at)
        yield from _wordings(person)
    if access.manages(person):
        yield from _questions(running, at)
        yield from _panels(running, at)
    if access.confirms(person):
        yield from _two_people(person, running)


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


def _wordings(person: Person) -> Iterator[ToDo]:
    """Their private questions that the ODI would publish, in words that wait for them."""
    offered = Question.objects.filter(asked_by=person, status=Question.Status.OFFERED)
    for question in offered.select_related("tender").order_by("asked_at"):
        url = reverse("tenders:own_question", args=[question.tender.reference, question.pk])
        hint = "The ODI would publish it in other words, for everybody"
        title = f"Agree to the wording of your question about {question.tender.reference}, or withdraw"
        yield ToDo(title, url, hint, now=True)


def my_proposals(person: Person) -> QuerySet[Proposal]:
    """The proposals the person is named on, the next deadline last, with what is missing counted."""
    newest = SectionText.objects.filter(proposal=OuterRef(OuterRef("pk")), section=OuterRef("pk"))
    files = Attachment.objects.filter(
        proposal=OuterRef(OuterRef("pk")), section=OuterRef("pk"), removed_at=None
    )
    versions = Version.objects.filter(proposal=OuterRef("pk"))
    unwritten = (
        Section.objects.filter(tender=OuterRef("tender"), required=True)
        .annotate(newest=Subquery(newest.order_by("-revision").values("text")[:1]))
        .exclude(Q(kind=Section.Kind.FILES) & Exists(files))
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
            is_led=Exists(
                people.namings_of(person).filter(
                    member__is_lead=True, member__consortium=OuterRef("consortium")
                )
            ),
            is_held=Exists(unsettled_checks().filter(version__proposal=OuterRef("pk"))),
            is_left_out=Exists(left_out().filter(version__proposal=OuterRef("pk"))),
            is_awarded=Exists(Award.objects.filter(proposal=OuterRef("pk"))),
            submitted_at=Subquery(versions.order_by("-number").values("submitted_at")[:1]),
        )
        .order_by("-tender__proposals_close_at", "title")
    )


def drafts(proposals: Iterable[Proposal], at: datetime) -> Iterator[ToDo]:
    """What waits among these proposals of a person: the drafts that can still be submitted."""
    for proposal in proposals:
        if not proposal.tender.accepts_proposals(at):
            continue
        if proposal.status == Proposal.Status.DRAFT:
            words, hint = _to_write(proposal)
        elif proposal.stands and getattr(proposal, "submitted_at") < proposal.changed_at:  # noqa: B009
            words, hint = _to_submit_again(proposal)
        else:
            continue
        url, due = proposal.get_absolute_url(), proposal.tender.proposals_close_at
        yield ToDo(f"{words} “{proposal.title}”", url, hint, due=due)


def _to_write(proposal: Proposal) -> tuple[str, str]:
    lead, is_led = proposal.consortium.lead, getattr(proposal, "is_led")  # noqa: B009  (annotated)
    submits = f"Led by {lead}." if is_led else f"{lead} leads and submits it."
    return "Write and submit" if is_led else "Write", f"{submits} {_missing(proposal)}"


def _to_submit_again(proposal: Proposal) -> tuple[str, str]:
    lead, is_led = proposal.consortium.lead, getattr(proposal, "is_led")  # noqa: B009
    who = "Submit again" if is_led else f"{lead} submits it again"
    return (
        "Your changes are not submitted:",
        f"What stands is the version before them. {who} if they are to count",
    )


@dataclass(frozen=True)
class Work:
    """A proposal of a person in the list of their work, or the contract that came of it."""

    proposal: Proposal
    contract: Contract | None

    @property
    def url(self) -> str:
        """Where the work goes on."""
        return (self.contract or self.proposal).get_absolute_url()

    @property
    def stands(self) -> tuple[str, str]:
        """Its tag: words and shape."""
        proposal = self.proposal
        if self.contract:
            words = str(self.contract.get_status_display())
            return f"Awarded, {words[:1].lower()}{words[1:]}", "done"
        if proposal.tender.closed_at and proposal.status == Proposal.Status.DRAFT:
            return "Not submitted", "quiet"
        if getattr(proposal, "is_held"):  # noqa: B009  (annotated)
            return "Held", "live"
        if getattr(proposal, "is_left_out"):  # noqa: B009
            return "Left out", "quiet"
        if proposal.tender.decided_at and proposal.stands:
            return ("Awarded", "done") if getattr(proposal, "is_awarded") else ("Not awarded", "quiet")  # noqa: B009
        shapes = {Proposal.Status.SUBMITTED: "done", Proposal.Status.DRAFT: "part"}
        return str(proposal.get_status_display()), shapes.get(Proposal.Status(proposal.status), "quiet")


def work_of(proposals: Iterable[Proposal], contracts: Iterable[Contract]) -> list[Work]:
    """Each proposal once, with its contract where there is one."""
    signed = {contract.proposal_id: contract for contract in contracts}
    return [Work(proposal, signed.get(proposal.pk)) for proposal in proposals]


def _missing(proposal: Proposal) -> str:
    unwritten: int = getattr(proposal, "unwritten")  # noqa: B009  (annotated)
    has_costs: bool = getattr(proposal, "has_costs")  # noqa: B009
    found = [f"{unwritten} section{'s' if unwritten > 1 else ''} to write"] if unwritten else []
    found += [] if has_costs else ["no costs yet"]
    return ", ".join(found).capitalize() if found else "Every section is written and it has its costs"


def _questions(running: Sequence[Running], at: datetime) -> Iterator[ToDo]:
    for each in running:
        if each.oldest_asked_at:
            tender = each.tender
            yield ToDo(
                f"Answer {each.waiting} question{'s' if each.waiting > 1 else ''} about {tender.reference}",
                reverse("tenders:waiting_questions", args=[tender.reference]),
                f"{tender.title}. The oldest has waited {span(at - each.oldest_asked_at)}",
                due=tender.answers_due_at,
                now=True,
            )


SOON = timedelta(days=14)


def _panels(running: Sequence[Running], at: datetime) -> Iterator[ToDo]:
    """Panels to name: before proposals close, when that is soon, and as long as nothing is decided."""
    for each in running:
        tender, closes = each.tender, each.tender.proposals_close_at
        closes_soon = tender.status == S.PUBLISHED and closes is not None and closes - at < SOON
        if each.panel_lacks and (closes_soon or tender.status in {S.CLOSED, S.OPENED}):
            yield ToDo(
                f"Name the panel of {tender.reference}",
                reverse("tenders:panel", args=[tender.reference]),
                f"{tender.title}. So far {each.panel_lacks}",
                due=closes if closes_soon else None,
                now=not closes_soon,
            )


WAITING = {
    "publish": ("Confirm that {} is published", "tenders:publish"),
    "extend": ("Confirm that {} closes later", "tenders:extend"),
    "open": ("Confirm the opening of {}", "tenders:opening"),
    "cancel": ("Confirm that {} ends without a decision", "tenders:cancel_tender"),
    "approve": ("Approve the awards of {}", "tenders:approve_decision"),
    "settle": ("Confirm what becomes of a held proposal to {}", "tenders:opening"),
}
"""The verb that waits: what a second person is asked, and on which page."""


def _two_people(person: Person, running: Sequence[Running]) -> Iterator[ToDo]:
    """What waits for a second person, and what for a first."""
    tenders = [each.tender for each in running]
    by_key = {key: tender for tender in tenders for key in (tender.pk, _decision(tender)) if key}
    held = _held(tenders)
    by_key |= {settlement: tender for settlement, tender in held if settlement}
    moves = list(
        TwoPersonMove.objects.filter(subject_id__in=by_key, confirmed_at=None, taken_back_at=None)
        .select_related("proposed_by")
        .order_by("proposed_at")
    )
    changed = changed_moves((move, by_key[move.subject_id]) for move in moves)
    moves = [move for move in moves if move.pk not in changed]
    for move in moves:
        if move.verb in WAITING and move.proposed_by_id != person.pk:
            yield _to_confirm(move, by_key[move.subject_id])
    proposed = {move.subject_id for move in moves}
    yield from _to_settle([tender for settlement, tender in held if settlement not in proposed])
    yield from _to_propose(person, [tender for tender in tenders if tender.pk not in proposed])


def _to_confirm(move: TwoPersonMove, tender: Tender) -> ToDo:
    words, page = WAITING[move.verb]
    if move.verb == "approve" and tender.decision.no_award_reason:
        words = "Approve that nothing is awarded in {}"
    return ToDo(
        words.format(tender.reference),
        reverse(page, args=[tender.reference]),
        f"{move.proposed_by} proposed it. It takes a second person, and that can be you",
        now=True,
    )


def _held(tenders: Iterable[Tender]) -> list[tuple[UUID | None, Tender]]:
    """What was held and is not settled: the key of its settlement, if one was begun, and its tender."""
    opened = {
        tender.pk: tender
        for tender in tenders
        if tender.status == S.OPENED and getattr(tender, "has_held")  # noqa: B009  (annotated)
    }
    if not opened:
        return []
    rows = unsettled_checks().filter(opening__tender__in=opened).values_list("settlement", "opening__tender")
    return [(settlement, opened[key]) for settlement, key in rows]


def _to_settle(tenders: Iterable[Tender]) -> Iterator[ToDo]:
    """One line a tender, however many were held."""
    for tender, count in Counter(tenders).items():
        page = reverse("tenders:opening", args=[tender.reference])
        words = f"Settle {counted(count, 'held proposal')} to {tender.reference}"
        yield ToDo(words, page, "Two people do it together; nothing is decided before", now=True)


def _to_propose(person: Person, tenders: Iterable[Tender]) -> Iterator[ToDo]:
    """Tenders whose next move takes two people and has no first one yet."""
    for tender in tenders:
        if tender.status == S.CLOSED:
            page = reverse("tenders:opening", args=[tender.reference])
            words = f"Open the proposals to {tender.reference}"
            yield ToDo(words, page, "Two people do it together", now=True)
        elif tender.status == S.DECIDED and tender.is_without_award and access.manages(person, tender):
            page = reverse("tenders:staff_tender", args=[tender.reference])
            yield ToDo(f"Finish {tender.reference}", page, "Nothing was awarded, so no contract does it")
        elif tender.status == S.DRAFT and not tender.publish_at and access.manages(person):
            page = reverse("tenders:staff_tender", args=[tender.reference])
            yield ToDo(f"Finish the draft of {tender.reference}", page, tender.title)


def _decision(tender: Tender) -> UUID | None:
    decision = getattr(tender, "decision", None)
    return decision.pk if decision else None
