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
    """What the contracts that exist for this person owe."""
    found = Deliverable.objects.select_related("contract__tender", "contract__proposal__consortium")
    return found.filter(contract__in=competition.contracts_for(user).values("pk"))


def deliverable_or_404(request: HttpRequest, key: UUID) -> Deliverable:
    """The deliverable, if it exists for this person."""
    return get_object_or_404(deliverables_for(request.user), pk=key)


def delivers(user: "User", deliverable: Deliverable) -> bool:
    """Whether the person works on it."""
    return competition.delivers(user, deliverable.contract)


def reviews(user: "User", deliverable: Deliverable) -> bool:
    """Whether the person may accept or return it."""
    return competition.manages(user, deliverable.contract.tender)


def pays(user: "User", payment: Payment) -> bool:
    """Whether the person may record that it was paid."""
    return holds(user, core.FINANCE)


def patterns() -> QuerySet[Pattern]:
    """The public library."""
    return Pattern.objects.filter(status=Pattern.Status.PUBLISHED)


def blog_posts() -> QuerySet[BlogPost]:
    """The public blog."""
    return BlogPost.objects.filter(status=BlogPost.Status.PUBLISHED)
