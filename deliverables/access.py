"""Who sees and does what in delivery. What is published is for everybody."""

from collections.abc import Collection
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from consortia.models import NamedPerson
from deliverables.models import (
    Attendance,
    BlogPost,
    Deliverable,
    Delivery,
    Pattern,
    Payment,
    ReleasedData,
)
from odifund.core import access as core
from odifund.core.access import holds, signed_in
from tenders import access as competition
from tenders.models import Contract, Tender

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from odifund.core.models import Person

    User = Person | AnonymousUser


def deliverables_for(user: "User") -> QuerySet[Deliverable]:
    """What the contracts of one's consortia owe; for who oversees all but their rivals'; none for finance."""
    found = Deliverable.objects.select_related(
        "contract__tender", "contract__lead", "contract__proposal__consortium"
    )
    own = Q(contract__proposal__in=competition.named_proposals(user))
    if competition.oversees(user):
        return found.filter(own | ~Q(contract__in=competition.party_to(user)))
    return found.filter(own)


def sees_work(user: "User", contract: Contract) -> bool:
    """Whether the person sees what is delivered: its consortium, and who oversees. Finance does not."""
    return oversees(user, contract.tender) or competition.delivers(user, contract)


def oversees(user: "User", tender: Tender | None = None) -> bool:
    """Whether the person follows deliveries, and did not bid in the tender where one is given."""
    return competition.oversees(user, tender)


def overseen_tender_or_404(request: HttpRequest, reference: str) -> Tender:
    """The tender, for who follows its deliveries; for nobody else does the page exist."""
    return competition.overseen_tender_or_404(request, reference)


def deliverable_or_404(request: HttpRequest, key: UUID, kind: str = "") -> Deliverable:
    """The deliverable, if it exists for this person; under the address of another kind it does not."""
    found = deliverables_for(request.user)
    return get_object_or_404(found.filter(kind=kind) if kind else found, pk=key)


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


def has_turn(user: "User", deliverable: Deliverable) -> bool:
    """Whether it is the person's consortium that has to act."""
    return deliverable.is_with_consortium and delivers(user, deliverable)


def edits(user: "User", deliverable: Deliverable) -> bool:
    """Whether the person may change the drafts for it: until they are handed in, and after a return."""
    return deliverable.is_drafted_here and has_turn(user, deliverable)


def reviews(user: "User", deliverable: Deliverable) -> bool:
    """Whether the person may accept or return it: a manager, and nobody of the consortium."""
    return competition.runs_contract(user, deliverable.contract)


def reviewable_by(user: "User") -> QuerySet[Deliverable]:
    """What the person may accept or return, as far as its state allows."""
    if not competition.manages(user):
        return Deliverable.objects.none()
    return Deliverable.objects.exclude(contract__in=competition.party_to(user))


def who_review(contracts: Collection[Contract]) -> dict[UUID, list["Person"]]:
    """For each contract whom a reminder asks to act: the managers, without who bid in its tender."""
    managers = list(core.holders(core.MANAGER))
    tenders = {contract.pk: contract.tender_id for contract in contracts}
    named = NamedPerson.objects.filter(
        person__in=managers, member__consortium__proposals__tender__in=tenders.values()
    )
    bid = set(named.values_list("member__consortium__proposals__tender", "person"))
    return {
        key: [person for person in managers if (tender, person.pk) not in bid]
        for key, tender in tenders.items()
    }


def sees_needs(user: "User", deliverable: Deliverable) -> bool:
    """Whether the person sees what somebody needs at a workshop: its organisers and the consortium."""
    return reviews(user, deliverable) or delivers(user, deliverable)


def pattern_or_404(deliverable: Deliverable, key: UUID) -> Pattern:
    """A pattern of a deliverable that exists for the person."""
    return get_object_or_404(deliverable.patterns.select_related("file", "deliverable"), pk=key)


def released_data_or_404(deliverable: Deliverable, key: UUID) -> ReleasedData:
    """An entry of released data of a deliverable that exists for the person."""
    return get_object_or_404(deliverable.released_data.all(), pk=key)


def coming_or_404(deliverable: Deliverable, key: UUID) -> Attendance:
    """Somebody on the list of a workshop that exists for the person."""
    return get_object_or_404(deliverable.attendances.all(), pk=key)


def delivery_or_404(deliverable: Deliverable, number: int) -> Delivery:
    """One delivery of a deliverable that exists for the person."""
    return get_object_or_404(deliverable.deliveries.select_related("file"), number=number)


def payments_for(user: "User") -> QuerySet[Payment]:
    """The payments of the contracts that exist for this person."""
    found = Payment.objects.select_related("contract__tender", "contract__lead", "deliverable")
    return found.filter(contract__in=competition.contracts_for(user).values("pk"))


def all_payments_or_404(request: HttpRequest) -> QuerySet[Payment]:
    """Every payment, for finance and who oversees; the list exists for nobody else."""
    if not (handles_payments(request.user) or oversees(request.user)):
        raise Http404
    return payments_for(request.user)


def payment_or_404(request: HttpRequest, key: UUID) -> Payment:
    """The payment, if it exists for this person."""
    return get_object_or_404(payments_for(request.user), pk=key)


def handles_payments(user: "User") -> bool:
    """Whether the person has the list of what is to be paid."""
    return holds(user, core.FINANCE)


def payable_by(user: "User") -> QuerySet[Payment]:
    """What the person may record as paid: finance; none of their own consortium or on their own word."""
    if not signed_in(user) or not holds(user, core.FINANCE):
        return Payment.objects.none()
    others = Payment.objects.exclude(contract__in=competition.party_to(user))
    return others.exclude(deliverable__accepted_by=user)


def pays(user: "User", payment: Payment) -> bool:
    """Whether the person may record it as paid: finance, and not who accepted the work."""
    return payable_by(user).filter(pk=payment.pk).exists()


# The library and the blog: for everybody

PUBLIC = {"deliverable__contract__tender__is_practice": False}


def patterns() -> QuerySet[Pattern]:
    """The public library: nothing that was only practised."""
    return Pattern.objects.filter(status=Pattern.Status.PUBLISHED, **PUBLIC)


def public_pattern_or_404(slug: str) -> Pattern:
    """A pattern of the library."""
    found = patterns().select_related("file", "deliverable__contract__tender", "deliverable__contract__lead")
    return get_object_or_404(found, slug=slug)


def tender_asked_for(request: HttpRequest) -> Tender | None:
    """The tender whose works somebody asks for, if it exists for them."""
    reference = request.GET.get("tender", "")
    return competition.tenders_for(request.user).filter(reference=reference).first()


def blog_posts(of_tender: Tender | None = None) -> QuerySet[BlogPost]:
    """The public blog, or what one tender gave to it."""
    found = BlogPost.objects.filter(status=BlogPost.Status.PUBLISHED, **PUBLIC)
    return found.filter(deliverable__contract__tender=of_tender) if of_tender else found


def public_blog_post_or_404(slug: str) -> BlogPost:
    """A post of the blog."""
    found = blog_posts().select_related("deliverable__contract__tender", "deliverable__contract__lead")
    return get_object_or_404(found, slug=slug)


def reviewed_blog_post_or_404(request: HttpRequest, slug: str) -> BlogPost:
    """A post of the blog, for who may say where else it appeared."""
    post = public_blog_post_or_404(slug)
    if not reviews(request.user, post.deliverable):
        raise Http404
    return post


def reports(of_tender: Tender | None = None) -> QuerySet[Deliverable]:
    """Accepted reports: public, as the patterns are; all, or those of one tender."""
    found = Deliverable.objects.filter(kind=Deliverable.Kind.REPORT, status=Deliverable.Status.ACCEPTED)
    found = found.filter(contract__tender__is_practice=False)
    found = found.filter(contract__tender=of_tender) if of_tender else found
    return found.select_related("contract__tender", "contract__lead")


def public_report_or_404(key: UUID) -> Deliverable:
    """An accepted report, by the key of its contract."""
    return get_object_or_404(reports(), contract=key)
