"""What came of a tender and what waits in its delivery, for pages that know nothing of contracts' work."""

from collections.abc import Iterable
from uuid import UUID

from django import template

from deliverables.queries.library import what_came_of
from deliverables.queries.waits import waits_in

register = template.Library()
register.simple_tag(what_came_of)
register.simple_tag(waits_in)


@register.filter
def of(found: dict[UUID, list[str]], tender: UUID) -> Iterable[str]:
    """What was found of one tender."""
    return found.get(tender, ())
