"""What base.html needs: which item of the navigation is live, and what is wrong on the page."""

from typing import Any

from django import template
from django.forms import BaseForm, BaseFormSet
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from odifund.core.forms.problems import Problem, problems_of

register = template.Library()

ITEM = (
    '<li class="govuk-service-navigation__item{}">'
    '<a class="govuk-service-navigation__link" href="{}"{}>{}</a></li>'
)
LIVE = '<strong class="govuk-service-navigation__active-fallback">{}</strong>'


PLACES = {
    "/tenders/": "Tenders",
    "/panel/": "Tenders",
    "/staff/tenders/": "Tenders",
    "/staff/programmes/": "Tenders",
    "/staff/": "",
    "/demo/": "",
    "/patterns/": "Patterns",
    "/reports/": "Patterns",
    "/blog/": "Blog",
    "/help/": "Help",
    "/sign-in/": "Sign in",
}
"""Where a page lies, by how its address begins: the first that fits. The rest is a person's own, at Home."""


def _section(context: Context) -> str:
    """Where the page lies: as the view says, else by its address."""
    if said := context.get("section"):
        return str(said)
    path: str = context["request"].path if "request" in context else "/"
    if path == "/":
        return ""
    return next((words for begins, words in PLACES.items() if path.startswith(begins)), "Home")


@register.simple_tag(takes_context=True)
def nav_item(context: Context, words: object, name: str, *, end: bool = False) -> SafeString:
    """One item of the navigation; the one where the page lies is live."""
    address = reverse(name)
    live = _section(context) == words
    classes = (" govuk-service-navigation__item--active" if live else "") + (" of-nav-end" if end else "")
    here = "request" in context and context["request"].path == address
    current = format_html(' aria-current="{}"', "page" if here else "true") if live else ""
    return format_html(ITEM, classes, address, current, format_html(LIVE, words) if live else words)


@register.simple_tag(takes_context=True)
def problems(context: Context) -> list[Problem]:
    """What is wrong on this page, for the title and the summary.

    Read from `form`, `formset`, and `forms` (a list of either); `sentences` are refusals in words.
    """
    found = [Problem(sentence) for sentence in context.get("sentences") or []]
    candidates: list[Any] = [context.get("form"), context.get("formset"), *(context.get("forms") or [])]
    for each in dict.fromkeys(candidates):
        if isinstance(each, BaseForm | BaseFormSet):
            found += problems_of(each)
    if found and "request" in context:
        context["request"].has_problems = True  # `core.http.Refusals` answers 422
    return found
