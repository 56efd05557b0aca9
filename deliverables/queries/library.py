"""The library, the blog and the reports as everybody reads them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db.models import Count, QuerySet

from deliverables.models import BlogPost, Deliverable, Delivery, Pattern, ReleasedData
from odifund.core.wording import in_london
from tenders.models import Contract, Proposal

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

VECTOR = (
    SearchVector("title", weight="A", config="english")
    + SearchVector("summary", weight="B", config="english")
    + SearchVector(
        "problem", "solution", "worked", "did_not_work", "authors", "tried_by", weight="C", config="english"
    )
)


@dataclass(frozen=True)
class Facet:
    """One group of boxes: (value, words, how many patterns)."""

    name: str
    label: str
    choices: Sequence[tuple[str, str, int]]


def facets(patterns: QuerySet[Pattern]) -> Iterator[Facet]:
    """The filters, with what the whole library has of each; a choice that nothing has is left out."""
    for name, label, choices in (
        ("delivery_model", "Model of delivery", MODELS),
        ("kind", "Kind", KINDS),
        ("licence", "Licence", LICENCES),
    ):
        rows = patterns.order_by().values_list(name).annotate(number=Count("pk"))
        counts = dict(rows)
        yield Facet(
            name, label, [(value, words, counts[value]) for value, words in choices if value in counts]
        )


def found(patterns: QuerySet[Pattern], looked_for: Mapping[str, Any]) -> QuerySet[Pattern]:
    """The patterns that fit: by words the best first, else the newest first."""
    patterns = patterns.select_related("deliverable__contract__lead")
    for name in ("delivery_model", "kind", "licence"):
        if values := looked_for.get(name):
            patterns = patterns.filter(**{f"{name}__in": values})
    if words := looked_for.get("q"):
        query = SearchQuery(words, search_type="websearch", config="english")
        patterns = patterns.annotate(text=VECTOR, rank=SearchRank(VECTOR, query)).filter(text=query)
        return patterns.order_by("-rank", "-published_at", "pk")
    return patterns.order_by("-published_at", "title", "pk")


def citation(pattern: Pattern) -> str:
    """How to name it: makers, year, title, publisher."""
    assert pattern.published_at is not None
    year = in_london(pattern.published_at).year
    return f"{pattern.authors} ({year}), “{pattern.title}”, Open Data Institute."


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
