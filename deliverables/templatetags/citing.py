"""A citation in the head of a page: as data that machines read and browsers never run."""

import json

from django import template
from django.utils.safestring import SafeString, mark_safe

from deliverables.queries.citation import Citation

register = template.Library()

# None of these leaves a script element, or means anything in it, once it is written by its number.
ESCAPED = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


@register.simple_tag
def linked_data(citation: Citation) -> SafeString:
    """The citation as JSON-LD. It is no script, so the policy that forbids inline scripts lets it be."""
    data = json.dumps(citation.linked_data, ensure_ascii=False).translate(ESCAPED)
    return mark_safe(f'<script type="application/ld+json">{data}</script>')  # noqa: S308 - escaped
