"""Looking for patterns: by boxes that are ticked, and by words or their beginnings."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add, and_, or_
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db.models import Count, QuerySet

from deliverables.models import Pattern
from deliverables.queries.library import KINDS, LICENCES, MODELS

OF_TENDER = "deliverable__contract__tender"
BOXES = {
    "delivery_model": ("Model of delivery", MODELS),
    "kind": ("Kind", KINDS),
    "licence": ("Licence", LICENCES),
}
LOOKED_IN = {
    "A": ("title",),
    "B": ("summary", "deliverable__contract__lead__name", f"{OF_TENDER}__title"),
    "C": ("problem", "solution", "worked", "did_not_work", "authors", "tried_by"),
}
"""Where words are looked for, by weight."""

READINGS = ("english", "simple")
"""A word is kept by its stem and as it stands: half a word has no stem that the whole one shares."""


@dataclass(frozen=True)
class Facet:
    """One group of boxes: (value, words, how many patterns)."""

    name: str
    label: str
    choices: Sequence[tuple[str, str, int]]


def facets(patterns: QuerySet[Pattern]) -> Iterator[Facet]:
    """The filters, with what the whole library has of each; a choice that nothing has is left out."""
    for name, (label, choices) in BOXES.items():
        counts = dict(patterns.order_by().values_list(name).annotate(number=Count("pk")))
        yield Facet(
            name, label, [(value, words, counts[value]) for value, words in choices if value in counts]
        )
    tenders = patterns.order_by(f"{OF_TENDER}__published_at")
    rows = tenders.values_list(f"{OF_TENDER}__reference", f"{OF_TENDER}__title").annotate(number=Count("pk"))
    yield Facet("tender", "Tender", [(key, f"{key}, {title}", number) for key, title, number in rows])


def found(patterns: QuerySet[Pattern], looked_for: Mapping[str, Any]) -> QuerySet[Pattern]:
    """The patterns that fit: by words the best first, else the newest first."""
    for name, path in (*((name, name) for name in BOXES), ("tender", f"{OF_TENDER}__reference")):
        if values := looked_for.get(name):
            patterns = patterns.filter(**{f"{path}__in": values})
    if words := looked_for.get("q"):
        return _with_words(patterns, words)
    return patterns.order_by("-published_at", "title", "pk")


def _with_words(patterns: QuerySet[Pattern], words: str) -> QuerySet[Pattern]:
    """Those in which every word is, or one of its kin, or one that begins with it: bin, bins, binned."""
    queries = [_beginning_with(word) for word in re.findall(r"\w+", words)]
    if not queries:
        return patterns.none()
    query, vector = reduce(and_, queries), _vector()
    fitting = patterns.annotate(text=vector, rank=SearchRank(vector, query)).filter(text=query)
    return fitting.order_by("-rank", "-published_at", "pk")


def _beginning_with(word: str) -> Any:
    readings = (SearchQuery(f"'{word}':*", search_type="raw", config=each) for each in READINGS)
    return reduce(or_, readings)


def _vector() -> Any:
    parts = [
        SearchVector(*fields, weight=weight, config=each)
        for weight, fields in LOOKED_IN.items()
        for each in READINGS
    ]
    return reduce(add, parts)
