"""What came of it: the newest patterns of the library as the front page's cards."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from deliverables import access as library
from deliverables.models import Pattern


@dataclass(frozen=True)
class Card:
    """A pattern as its card shows it."""

    slug: str
    url: str
    title: str
    problem: str
    model: str
    makers: str
    tried: str


def newest_patterns(count: int = 3) -> Iterator[Card]:
    """The newest of the library, ready for their cards."""
    newest: QuerySet[Pattern] = library.patterns()
    for pattern in newest.order_by("-published_at", "title")[:count]:
        yield Card(
            slug=pattern.slug,
            url=pattern.get_absolute_url(),
            title=pattern.title,
            problem=pattern.summary,
            model=pattern.get_delivery_model_display(),
            makers=pattern.made_by_in_short,
            tried=pattern.tried,
        )


def patterns_in_all() -> int:
    """How many the library holds."""
    return library.patterns().count()
