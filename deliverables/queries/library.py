"""The library, the blog and the reports as everybody reads them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from deliverables.models import BlogPost, Deliverable, Delivery, Pattern, ReleasedData
from tenders.models import Contract, Proposal, Tender

KINDS = list(Pattern.Kind.choices)
MODELS = list(Proposal.DeliveryModel.choices)
LICENCES = list(Pattern.Licence.choices)
DATA_LICENCES = list(ReleasedData._meta.get_field("licence").flatchoices)

ADDRESSES = {
    Pattern.Licence.OGL: "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    Pattern.Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/",
    Pattern.Licence.CC_BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/",
    Pattern.Licence.CC0: "https://creativecommons.org/publicdomain/zero/1.0/",
}
PERMISSIONS = {
    Pattern.Licence.OGL: "Copy it, change it, sell it; name its makers.",
    Pattern.Licence.CC_BY: "Copy it, change it, sell it; name its makers.",
    Pattern.Licence.CC_BY_SA: "Copy it, change it, sell it; name its makers, pass it on as you got it.",
    Pattern.Licence.CC0: "Copy it, change it, sell it. You need not name its makers.",
}

CC_BY = ADDRESSES[Pattern.Licence.CC_BY]
"""Of blogs and reports, as every contract says."""


def others_of(contract: Contract, pattern: Pattern) -> QuerySet[Pattern]:
    """What else the same consortium gave to the library."""
    published = Pattern.objects.filter(status=Pattern.Status.PUBLISHED, deliverable__contract=contract)
    return published.exclude(pk=pattern.pk).order_by("title", "pk")


def report_of(contract: Contract) -> Deliverable | None:
    """Its report, once accepted."""
    return Deliverable.objects.filter(
        contract=contract, kind=Deliverable.Kind.REPORT, status=Deliverable.Status.ACCEPTED
    ).first()


def blog_post_of(contract: Contract) -> BlogPost | None:
    """Its blog, once published."""
    return BlogPost.objects.filter(deliverable__contract=contract, status=BlogPost.Status.PUBLISHED).first()


def patterns_of(contract: Contract) -> QuerySet[Pattern]:
    """What it gave to the library."""
    return Pattern.objects.filter(status=Pattern.Status.PUBLISHED, deliverable__contract=contract).order_by(
        "title", "pk"
    )


def accepted_delivery(report: Deliverable) -> Delivery:
    """The delivery that was accepted: what is published of a report."""
    return report.deliveries.select_related("file", "prototype").get(review__accepted=True)


def released_by(contract: Contract) -> QuerySet[ReleasedData]:
    """The data it released, once that was accepted."""
    return ReleasedData.objects.filter(
        deliverable__contract=contract,
        deliverable__kind=Deliverable.Kind.DATA,
        deliverable__status=Deliverable.Status.ACCEPTED,
    ).order_by("recorded_at", "pk")


@dataclass(frozen=True)
class Licence:
    """A licence in words: its name, its address, and what one may do."""

    name: str
    address: str
    permission: str


def licence_of(pattern: Pattern) -> Licence:
    """What one may do with a pattern."""
    key = Pattern.Licence(pattern.licence)
    return Licence(key.label, ADDRESSES[key], PERMISSIONS[key])


def rows_behind(tender: Tender) -> dict[str, QuerySet[Any]]:
    """What `what_came_of` counts, for a browser that has the page already."""
    owed = Deliverable.objects.filter(contract__tender=tender)
    return {
        "deliverables": owed,
        "posts": BlogPost.objects.filter(deliverable__in=owed),
        "patterns": Pattern.objects.filter(deliverable__in=owed),
    }


def what_came_of(tender: Tender) -> dict[str, int]:
    """How many patterns, blogs and reports of a tender's contracts are public by now."""
    report = Q(deliverables__kind=Deliverable.Kind.REPORT, deliverables__status=Deliverable.Status.ACCEPTED)
    post = Q(deliverables__blog_post__status=BlogPost.Status.PUBLISHED)
    pattern = Q(deliverables__patterns__status=Pattern.Status.PUBLISHED)
    return Contract.objects.filter(tender=tender).aggregate(
        patterns=Count("deliverables__patterns", filter=pattern, distinct=True),
        posts=Count("deliverables__blog_post", filter=post, distinct=True),
        reports=Count("deliverables", filter=report, distinct=True),
    )
