"""Who sees and does what in delivery. What is published is for everybody."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from deliverables.models import BlogPost, Deliverable, Pattern, Payment
from odifund.core import access as core
from odifund.core.access import holds
from tenders import access as competition

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from odifund.core.models import Person

    User = Person | AnonymousUser


def deliverables_for(user: "User") -> QuerySet[Deliverable]:
    """What the contracts of one's consortia owe; all for who oversees. Finance sees none of the work."""
    found = Deliverable.objects.select_related(
        "contract__tender", "contract__lead", "contract__proposal__consortium"
    )
    if competition.oversees(user):
        return found
    return found.filter(contract__proposal__in=competition.named_proposals(user))


def deliverable_or_404(request: HttpRequest, key: UUID) -> Deliverable:
    """The deliverable, if it exists for this person."""
    return get_object_or_404(deliverables_for(request.user), pk=key)


def delivers(user: "User", deliverable: Deliverable) -> bool:
    """Whether the person works on it."""
    return competition.delivers(user, deliverable.contract)


def hands_in(user: "User", deliverable: Deliverable) -> bool:
    """Whether the person may hand it in: a workshop is attended, not handed in."""
    return not deliverable.is_workshop and delivers(user, deliverable)


def announces(user: "User", deliverable: Deliverable) -> bool:
    """Whether the person may say who comes to the workshop."""
    return deliverable.is_workshop and delivers(user, deliverable)


def takes_attendance(user: "User", deliverable: Deliverable) -> bool:
    """Whether the person may record who came to the workshop."""
    return deliverable.is_workshop and reviews(user, deliverable)


def edits(user: "User", deliverable: Deliverable) -> bool:
    """Whether the person may change the drafts for it: until they are handed in, and after a return."""
    return deliverable.is_with_consortium and delivers(user, deliverable)


def reviews(user: "User", deliverable: Deliverable) -> bool:
    """Whether the person may accept or return it."""
    return competition.manages(user, deliverable.contract.tender)


def sees_needs(user: "User", deliverable: Deliverable) -> bool:
    """Whether the person sees what somebody needs at a workshop: its organisers and the consortium."""
    return reviews(user, deliverable) or delivers(user, deliverable)


def pattern_or_404(deliverable: Deliverable, key: UUID) -> Pattern:
    """A pattern of a deliverable that exists for the person."""
    return get_object_or_404(deliverable.patterns.all(), pk=key)


def payments_for(user: "User") -> QuerySet[Payment]:
    """The payments of the contracts that exist for this person."""
    found = Payment.objects.select_related("contract__tender", "contract__lead", "deliverable")
    return found.filter(contract__in=competition.contracts_for(user).values("pk"))


def payment_or_404(request: HttpRequest, key: UUID) -> Payment:
    """The payment, if it exists for this person."""
    return get_object_or_404(payments_for(request.user), pk=key)


def pays(user: "User", payment: Payment | None = None) -> bool:
    """Whether the person may record that something was paid."""
    return holds(user, core.FINANCE)


def patterns() -> QuerySet[Pattern]:
    """The public library."""
    return Pattern.objects.filter(status=Pattern.Status.PUBLISHED)


def blog_posts() -> QuerySet[BlogPost]:
    """The public blog."""
    return BlogPost.objects.filter(status=BlogPost.Status.PUBLISHED)


def reports() -> QuerySet[Deliverable]:
    """Accepted reports: public, as the patterns are."""
    return Deliverable.objects.filter(kind=Deliverable.Kind.REPORT, status=Deliverable.Status.ACCEPTED)
