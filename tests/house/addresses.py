"""Every address of the portal, with what stands in it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.house.world import World

OUTSIDE = {"pages:demo", "pages:demo_sign_in", "pages:demo_mail"}
"""The demonstration's own doors: they exist only where its loader marked the database."""


@dataclass(frozen=True)
class Address:
    """One route of the resolver."""

    name: str
    parts: tuple[str, ...]

    def of(self, world: World) -> str:
        """The path about the world's subject."""
        app = self.name.partition(":")[0] + ":"
        known = world.subjects[""] | world.subjects.get(app, {}) | world.subjects.get(self.name, {})
        return reverse(self.name, kwargs={part: known[part] for part in self.parts})


def all_addresses() -> list[Address]:
    """Every named route, demonstration apart. A route without a name fails: it could not be told of."""
    found = {address.name: address for address in _walk(get_resolver(), "")}
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
