"""What came of a tender, for its own pages: they know nothing of what its contracts delivered."""

from django import template

from deliverables.queries.library import what_came_of

register = template.Library()
register.simple_tag(what_came_of)
