"""What waits for a bidder: invitations, wordings, drafts; and what they work on."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, DecimalField, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse

from consortia import access as people
from consortia import queries as parties
from odifund.core.models import Person
from odifund.core.todo import ToDo
from tenders import access
from tenders.completeness import left_out, unsettled_checks
from tenders.models import (
    Approval,
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
from tenders.queries.became import Became


def to_do(person: Person, at: datetime) -> Iterator[ToDo]:
    """What waits for an answer of theirs; drafts are read with the proposals, by `drafts`."""
    yield from _invitations(person, at)
    yield from _wordings(person)


def _invitations(person: Person, at: datetime) -> Iterator[ToDo]:
    """To consortia whose tender is open still: one query, whatever they are for."""
    still_open = access.open_tenders(at)
    of_tender = still_open.filter(pk=OuterRef("consortium__formed_for"))
    waiting = parties.waiting_invitations(person, at).filter(
        consortium__formed_for__in=still_open.values("pk")
    )
    named = {"reference": Subquery(of_tender.values("reference"))}
    named |= {"closes_at": Subquery(of_tender.values("proposals_close_at"))}
    named |= {"rehearses": Subquery(of_tender.values("rehearses"))}
    for invitation in waiting.annotate(**named):
        reference, closes_at = getattr(invitation, "reference"), getattr(invitation, "closes_at")  # noqa: B009
        mark = Tender.REHEARSAL if getattr(invitation, "rehearses") else ""  # noqa: B009
        yield ToDo(
            in_rehearsal(mark, f"Answer the invitation to {invitation.consortium}"),
            invitation.get_absolute_url(),
            f"{invitation.consortium.lead} invites {invitation} for {reference}",
            due=min(closes_at, invitation.expires_at),
            now=True,
        )


def in_rehearsal(mark: str, words: str) -> str:
    """The words behind the mark of a rehearsal, where there is one."""
    return f"{mark}{words[:1].lower()}{words[1:]}" if mark == Tender.REHEARSAL else words


def _wordings(person: Person) -> Iterator[ToDo]:
    """Their private questions that the ODI would publish, in words that wait for them."""
    offered = Question.objects.filter(asked_by=person, status=Question.Status.OFFERED)
    for question in offered.select_related("tender").order_by("asked_at"):
        url = reverse("tenders:own_question", args=[question.tender.reference, question.pk])
        hint = "The ODI would publish it in other words, for everybody"
        title = f"Agree to the wording of your question about {question.tender.reference}, or withdraw"
        yield ToDo(title, url, hint, now=True)


def my_proposals(person: Person, at: datetime) -> list[Proposal]:
    """The proposals the person is named on, the next deadline last; not what has been put away since."""
    return [proposal for proposal in _proposals(person) if not proposal.is_put_away(at)]


def _proposals(person: Person) -> QuerySet[Proposal]:
    """With what is missing counted."""
    newest = SectionText.objects.filter(proposal=OuterRef(OuterRef("pk")), section=OuterRef("pk"))
    files = Attachment.objects.filter(
        proposal=OuterRef(OuterRef("pk")), section=OuterRef("pk"), removed_at=None
    )
    versions = Version.objects.filter(proposal=OuterRef("pk"))
    lines = CostLine.objects.filter(proposal=OuterRef("pk")).order_by().values("proposal")
    price = lines.annotate(sum=Sum("amount"))
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
            price=Subquery(price.values("sum"), output_field=DecimalField()),
            **_part_of(person),
            is_held=Exists(unsettled_checks().filter(version__proposal=OuterRef("pk"))),
            is_left_out=Exists(left_out().filter(version__proposal=OuterRef("pk"))),
            is_awarded=Exists(Award.objects.filter(proposal=OuterRef("pk"))),
            submitted_at=Subquery(versions.order_by("-number").values("submitted_at")[:1]),
        )
        .order_by("-tender__proposals_close_at", "title")
    )


def _part_of(person: Person) -> dict[str, Exists | Subquery]:
    """What the person does on a proposal, and as a reader approved last."""
    working = people.workings_of(person).filter(member__consortium=OuterRef("consortium"))
    approvals = Approval.objects.filter(proposal=OuterRef("pk"), approved_by=person)
    return {
        "is_led": Exists(working.filter(member__is_lead=True)),
        "is_worked_on": Exists(working),
        "approved": Subquery(approvals.order_by("-approved_at", "-pk").values("price")[:1]),
    }


def is_won(proposal: Proposal) -> bool:
    """Whether a proposal of `my_proposals` was awarded, so that there may be a contract."""
    return bool(getattr(proposal, "is_awarded"))  # noqa: B009  (annotated)


def drafts(proposals: Iterable[Proposal], at: datetime) -> Iterator[ToDo]:
    """What waits among these proposals of a person: the drafts that can still be submitted."""
    for proposal in proposals:
        if not proposal.tender.accepts_proposals(at) or not getattr(proposal, "is_worked_on"):  # noqa: B009
            continue
        if proposal.status == Proposal.Status.DRAFT:
            words, hint = _to_write(proposal)
        elif proposal.stands and getattr(proposal, "submitted_at") < proposal.changed_at:  # noqa: B009
            words, hint = _to_submit_again(proposal)
        else:
            continue
        url, due = proposal.get_absolute_url(), proposal.tender.proposals_close_at
        yield ToDo(in_rehearsal(proposal.tender.mark, f"{words} “{proposal.title}”"), url, hint, due=due)


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
        return Became(
            proposal,
            self.contract,
            getattr(proposal, "is_held"),  # noqa: B009  (annotated)
            getattr(proposal, "is_left_out"),  # noqa: B009
            getattr(proposal, "is_awarded"),  # noqa: B009
        ).tag


def work_of(proposals: Iterable[Proposal], contracts: Iterable[Contract]) -> list[Work]:
    """Each proposal once, with its contract where there is one; what was rehearsed after what counts."""
    signed = {contract.proposal_id: contract for contract in contracts}
    real_first = sorted(proposals, key=lambda proposal: proposal.tender.rehearses)
    return [Work(proposal, signed.get(proposal.pk)) for proposal in real_first]


def _missing(proposal: Proposal) -> str:
    unwritten: int = getattr(proposal, "unwritten")  # noqa: B009  (annotated)
    has_costs = getattr(proposal, "price") is not None  # noqa: B009
    found = [f"{unwritten} section{'s' if unwritten > 1 else ''} to write"] if unwritten else []
    found += [] if has_costs else ["no costs yet"]
    return ", ".join(found).capitalize() if found else "Every section is written and it has its costs"
