"""What a contract still needs before it is complete."""

from collections.abc import Iterator

from django.db.models import QuerySet

from deliverables.models import Deliverable, Payment
from tenders.models import Award, Contract, Tender


def missing_for_completion(contract: Contract) -> Iterator[str]:
    """What is not accepted or not paid yet, in sentences."""
    owed = Deliverable.objects.filter(contract=contract).exclude(status=Deliverable.Status.ACCEPTED)
    for each in owed:
        yield f"“{each}” is not accepted yet."
    for number in (
        Payment.objects.filter(contract=contract)
        .exclude(status=Payment.Status.PAID)
        .values_list("order", flat=True)
    ):
        yield f"Payment {number} is not paid yet."


def unfinished_awards(tender: Tender) -> QuerySet[Award]:
    """The tender's awards whose contract is not complete."""
    awards = Award.objects.filter(decision__tender=tender)
    return awards.exclude(contract__status=Contract.Status.COMPLETE)
