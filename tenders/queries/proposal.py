"""What stops a proposal from being submitted, what is worth checking, and which version stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse

from consortia.models import Invitation
from tenders.models import Proposal, Tender, Version
from tenders.queries import draft as drafts
from tenders.queries.draft import Draft

ASKED_FOR = {"text": "Write", "choice": "Choose an answer to", "number": "Enter", "files": "Add a file to"}
"""What to do with a section that is not answered, by how it is answered."""


@dataclass(frozen=True)
class Finding:
    """A sentence, and the page where it can be put right (None when another organisation has to)."""

    sentence: str
    url: str | None = None


def stops_submitting(proposal: Proposal, at: datetime) -> list[str]:
    """What is missing, in sentences: the lifecycle asks before a submit."""
    return [finding.sentence for finding in stops(drafts.of(proposal))]


def stops(draft: Draft) -> list[Finding]:
    """Everything that stops submitting, each with its page."""
    return [
        *_about_members(draft),
        *_about_answers(draft),
        *_about_costs(draft),
        *_about_statements(draft.proposal),
    ]


def worth_checking(draft: Draft) -> list[Finding]:
    """What does not stop submitting and could still be a mistake."""
    proposal = draft.proposal
    found: list[Finding] = []
    if not proposal.delivery_model:
        url = reverse("tenders:edit_proposal", args=[proposal.pk])
        found.append(Finding("You have not said which model of delivery this follows.", url))
    found += _unsaid(proposal)
    waiting = proposal.consortium.invitations.filter(status=Invitation.Status.SENT)
    found += [
        Finding(f"{invitation.organisation_name} has not answered its invitation and would not be included.")
        for invitation in waiting
    ]
    with_costs = {line.organisation_id for line in draft.lines}
    found += [
        Finding(f"{member.organisation} has no cost lines.", _costs_url(proposal))
        for member in draft.members
        if member.organisation_id not in with_costs
    ]
    optional = [answer for answer in draft.answers if not answer.section.required and not answer.is_begun]
    found += [
        Finding(
            f"“{answer.section.title}” is empty. It is optional.", _section_url(proposal, answer.section.pk)
        )
        for answer in optional
    ]
    return [*found, *_about_viruses(draft)]


def _about_viruses(draft: Draft) -> Iterator[Finding]:
    for one in draft.attachments:
        if one.file.is_harmful:
            where = [draft.proposal.pk, one.pk]
            url = reverse("tenders:remove_attachment", args=where)
            yield Finding(f"A virus was found in “{one.file.name}”, so nobody can open it.", url)


def _unsaid(proposal: Proposal) -> Iterator[Finding]:
    if not proposal.vat:
        url = reverse("tenders:payments", args=[proposal.pk])
        yield Finding("You have not said what VAT the lead adds at the end.", url)
    if not proposal.publishes:
        url = reverse("tenders:publication", args=[proposal.pk])
        yield Finding("You have not said what may be published if you win.", url)


def _about_statements(proposal: Proposal) -> Iterator[Finding]:
    if proposal.eligible_at is None:
        url = reverse("tenders:own_eligibility", args=[proposal.pk])
        yield Finding("Confirm that the consortium is eligible.", url)
    if proposal.declared_at is None:
        url = reverse("tenders:declarations", args=[proposal.pk])
        yield Finding("Make the declarations.", url)


def _about_members(draft: Draft) -> Iterator[Finding]:
    tender = draft.proposal.tender
    url = consortium_url(draft.proposal)
    if tender.needs_uk_public_sector and not any(m.organisation.is_uk_public_sector for m in draft.members):
        yield Finding("Add a UK public sector organisation to the consortium. It needs at least one.", url)
    least, count = tender.organisations_least, len(draft.members)
    if count < least:
        has = f"It has {count} that accepted"
        yield Finding(f"Add organisations to the consortium. {has}, and needs at least {least}.", url)


def _about_answers(draft: Draft) -> Iterator[Finding]:
    for answer in draft.answers:
        url = _section_url(draft.proposal, answer.section.pk)
        if answer.section.required and not answer.is_begun:
            yield Finding(f"{ASKED_FOR[answer.section.kind]} “{answer.section.title}”.", url)
        if answer.over:
            limit, words = answer.section.word_limit, "words" if answer.over > 1 else "word"
            over = f"{answer.over} {words} over its limit of {limit}"
            yield Finding(f"Shorten “{answer.section.title}”. It is {over}.", url)


def _about_costs(draft: Draft) -> Iterator[Finding]:
    url, highest = _costs_url(draft.proposal), draft.proposal.tender.highest_price
    if draft.price <= 0:
        yield Finding("Add the costs. The price has to be more than £0.", url)
    if highest is not None and draft.price > highest:
        over = draft.price - highest
        price = f"The price is £{draft.price:,.2f}, and the highest price is £{highest:,.2f}"
        yield Finding(f"Lower the costs by £{over:,.2f}. {price}.", url)
    here = {member.organisation_id for member in draft.members}
    for line in draft.lines:
        if line.organisation_id not in here:
            gone = f"{line.organisation} is not in the consortium any more"
            yield Finding(f"Change or remove the cost line “{line.what}”. {gone}.", url)


def consortium_url(proposal: Proposal) -> str:
    """The page of who proposes."""
    return reverse("tenders:consortium", args=[proposal.consortium_id])


def _section_url(proposal: Proposal, section: object) -> str:
    return reverse("tenders:section", args=[proposal.pk, section])


def _costs_url(proposal: Proposal) -> str:
    return reverse("tenders:costs", args=[proposal.pk])


# Versions


def newest_version(proposal: Proposal) -> Version | None:
    """The last submitted version, standing or withdrawn."""
    return proposal.versions.order_by("-number").first()


def standing_version(proposal: Proposal) -> Version | None:
    """The version that stands: the last submitted one, unless the proposal was withdrawn."""
    if proposal.status != Proposal.Status.SUBMITTED:
        return None
    return newest_version(proposal)


def standing_versions(tender: Tender) -> QuerySet[Version]:
    """The standing version of each proposal of the tender, in the order of receipt numbers."""
    newest = Version.objects.filter(proposal=OuterRef("proposal")).order_by("-number").values("pk")[:1]
    return Version.objects.filter(
        tender=tender, proposal__status=Proposal.Status.SUBMITTED, pk=Subquery(newest)
    ).order_by("receipt_number")


def not_standing(tender: Tender) -> list[tuple[Version, str]]:
    """The other versions with why they do not count: replaced by a later one, or withdrawn."""
    found = Version.objects.filter(tender=tender).exclude(pk__in=standing_versions(tender).values("pk"))
    return [
        (version, "withdrawn" if version.proposal.is_withdrawn else "replaced by a later one")
        for version in found.select_related("proposal").order_by("receipt_number")
    ]


def count_submitted(tender: Tender) -> int:
    """How many proposals stand: the one thing staff see before the opening."""
    return tender.proposals.filter(status=Proposal.Status.SUBMITTED).count()
