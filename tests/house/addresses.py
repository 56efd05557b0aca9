"""Every address of the portal, with what stands in it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.house.world import World

OUTSIDE = {"pages:demo", "pages:demo_sign_in", "pages:demo_mail"}
"""The demonstration's own doors: they exist only where its loader marked the database."""


HELD = " (held)"
OF_AN_OPENED_PROPOSAL = (
    "tenders:opened_proposal",
    "tenders:opened_file",
    "tenders:record_eligibility",
    "tenders:score",
    "tenders:lock_scores",
    "tenders:start_moderation",
    "tenders:moderate",
    "tenders:agree_scores",
)
"""What is asked about a proposal held at the opening as well."""


@dataclass(frozen=True)
class Address:
    """One route of the resolver, about what usually stands there or about a proposal that was held."""

    route: str
    parts: tuple[str, ...]
    about: str = ""

    @property
    def name(self) -> str:
        """As the table has it."""
        return self.route + self.about

    def of(self, world: World) -> str:
        """The path about the world's subject."""
        app = self.route.partition(":")[0] + ":"
        known = world.subjects[""] | world.subjects.get(app, {}) | world.subjects.get(self.route, {})
        known |= world.subjects[self.about] if self.about else {}
        return reverse(self.route, kwargs={part: known[part] for part in self.parts})


def all_addresses() -> list[Address]:
    """Every named route, demonstration apart. A route without a name fails: it could not be told of."""
    found = {address.name: address for address in _walk(get_resolver(), "")}
    for route in OF_AN_OPENED_PROPOSAL:
        held = Address(route, found[route].parts, HELD)
        found[held.name] = held
    return [found[name] for name in sorted(found) if name not in OUTSIDE]


def _walk(resolver: URLResolver, prefix: str, parts: tuple[str, ...] = ()) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        own = (*parts, *entry.pattern.converters)
        if isinstance(entry, URLPattern):
            assert entry.name, f"the route {entry.pattern} has no name"
            yield Address(f"{prefix}{entry.name}", own)
        else:
            inner = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            yield from _walk(entry, inner, own)
