"""What a contract says: its payments, and the terms both sides put their names to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef, QuerySet
from django.template.loader import render_to_string

from odifund.core import money
from odifund.core.wording import pounds
from tenders.completeness import opened_checks
from tenders.models import Award, Contract, OwedDeliverable, Tender, Version
from tenders.queries import contents


@dataclass(frozen=True)
class Instalment:
    """A part of the price, due when its deliverable is accepted; the last waits for all of them."""

    owed: OwedDeliverable
    amount: Decimal
    is_last: bool
    percent: int
    """Its share of the price."""


def instalments(tender: Tender, price: Decimal, plan: Mapping[str, int]) -> list[Instalment]:
    """How the price is paid: by the proposal's plan or as the tender says. The parts add up."""
    shares = [(owed, share) for owed in soonest_first(tender) if (share := _share(owed, plan))]
    if not shares:
        return []
    parts = money.share_out(price, [share for _, share in shares])
    last = shares[-1][0]
    return [
        Instalment(owed, part, owed is last, share) for (owed, share), part in zip(shares, parts, strict=True)
    ]


def soonest_first(tender: Tender) -> list[OwedDeliverable]:
    """What is owed in the order in which it is due: the last payment is of what comes last, wherever in the
    list it was added. What has no date yet stands at the end."""
    return sorted(tender.owed.all(), key=lambda owed: (owed.due_at is None, owed.due_at, owed.order))


def _share(owed: OwedDeliverable, plan: Mapping[str, int]) -> int:
    return plan.get(owed.name, 0) if plan else owed.payment_percent


def standing_version(award: Award) -> Version:
    """The version that was opened and awarded."""
    return Version.objects.get(proposal=award.proposal_id, opening_check__in=opened_checks())


def terms(award: Award, version: Version) -> str:
    """The words of the contract, from the tender's and the award's facts."""
    consortium = award.proposal.consortium
    return _terms(
        award.proposal.tender,
        title=version.title,
        lead=str(consortium.lead),
        consortium=str(consortium),
        members=version.members,
        receipt_number=str(version.receipt_number),
        fingerprint=version.fingerprint,
        price=pounds(award.price),
        instalments=instalments(award.proposal.tender, award.price, plan_of(version)),
    )


def plan_of(version: Version) -> dict[str, int]:
    """How a submitted proposal divides its price; empty where it follows the tender."""
    return contents.of(version).payments


def blank_terms(tender: Tender) -> str:
    """The same words for everybody to read beforehand, with blanks where an award's facts will stand."""
    paid = [owed for owed in soonest_first(tender) if owed.payment_percent]
    return _terms(
        tender,
        title="[title of the proposal]",
        lead="[the lead organisation]",
        consortium="[name of the consortium]",
        members=[{"name": "[each organisation in it]"}],
        receipt_number="[number]",
        fingerprint="[64 signs]",
        price="[the agreed price]",
        instalments=[
            {"owed": owed, "percent": owed.payment_percent, "is_last": owed is paid[-1]} for owed in paid
        ],
    )


def _terms(tender: Tender, **facts: object) -> str:
    owed = list(tender.owed.all())
    others = [each for each in owed if each.is_something_else]
    words = {"tender": tender, "owed": owed, "others": others, **facts}
    return render_to_string("tenders/contract_terms.txt", words)


def missing_for_offer(tender: Tender) -> Iterator[str]:
    """What keeps this tender's contracts from being offered, in sentences."""
    owed = list(tender.owed.all())
    if not owed:
        yield "This tender says nothing about what a contract owes. Set its deliverables."
    if owed and sum(each.payment_percent for each in owed) != 100:
        yield "The payments of this tender do not add up to 100%."
    for each in owed:
        if each.due_at is None:
            yield f"Set when “{each}” is due."


def has_signed() -> Exists:
    """Whether a contract of the tender was countersigned, for rows of a list."""
    return Exists(Contract.objects.filter(tender=OuterRef("pk"), countersigned_at__isnull=False))


def with_signed() -> dict[str, Exists]:
    """The same to annotate rows with: what `Tender.has_signed_contract` asks for otherwise."""
    return {"has_signed_contract": has_signed()}


def awards_to_offer() -> QuerySet[Award]:
    """Approved awards that no contract was offered for yet, of every tender."""
    return Award.objects.filter(decision__approved_at__isnull=False, contract=None)


def awards_without_contract(tender: Tender) -> list[Award]:
    """The awards whose contract was not offered yet."""
    return list(
        awards_to_offer()
        .filter(decision__tender=tender)
        .select_related("proposal__tender", "proposal__consortium__lead")
        .order_by("proposal__title", "pk")
    )
