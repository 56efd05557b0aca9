"""Every kind of page the demonstration leads to: no barrier, no sideways scroll, no dead link."""

import re
from collections import Counter, deque
from html import unescape

import pytest
from django.urls import Resolver404, resolve

from odifund.core import clock
from odifund.pages.demonstration.loader import load
from tests import databases
from tests.serving import served

PUBLIC = {
    "pages:front",
    "pages:help",
    "pages:accessibility",
    "pages:privacy",
    "pages:cookies",
    "pages:terms",
    "tenders:list",
    "tenders:programme",
    "deliverables:patterns",
    "deliverables:pattern",
    "deliverables:blog",
    "deliverables:reports",
    "deliverables:report",
}
"""Looked at once, by somebody who is not signed in."""
LEFT_OUT = {"account_logout", "pages:demo_mail", "tenders:document"}
DATA = (".csv", ".json", ".atom", ".ics", ".pdf", ".xlsx")
VISITORS = {
    "": "/",
    "lead-a": "/home/",
    "partner-a": "/home/",
    "lead-b": "/home/",
    "newcomer": "/home/",
    "manager": "/home/",
    "approver": "/home/",
    "moderator": "/home/",
    "evaluator-1": "/home/",
    "evaluator-2": "/home/",
    "finance": "/home/",
    "observer": "/home/",
    "administrator": "/home/",
}
AS_WIDE_AS_ITS_WINDOW = "document.documentElement.scrollWidth <= window.innerWidth"
NARROW = (375, 320)
"""A phone, and a window of 1280 at 400% zoom."""
MOST_PAGES = 60
VISITS = 2


@pytest.fixture(scope="module")
def demonstration(django_db_setup, django_db_blocker):
    """The portal, serving the demonstration from a database of this module's."""
    with django_db_blocker.unblock(), databases.cloned():
        load(clock.now(), tell=lambda words: None)
        with served() as address:
            yield address


def kind_of(path):
    """The name of the page's address, or None for what is no page."""
    try:
        name = resolve(path).view_name
    except Resolver404:
        return path  # a dead link: it is visited, and fails there
    return None if name in LEFT_OUT or path.endswith(DATA) else name


def links_in(html):
    """Addresses of the portal that a page links to."""
    found = re.findall(r'<a\b[^>]*\shref="(/[^"]*)"', html)
    return [re.split(r"[?#]", unescape(link))[0] for link in found]


@pytest.fixture(scope="module")
def looked_at():
    """How many visitors have looked at a kind of page. Two do for each: the templates are the same."""
    return Counter()


def visit(page, address, start, axe, looked_at, *, but):
    """One page of each kind that can be reached from the start; returns what is wrong and what was seen."""
    wrong, seen, kinds, waiting = [], {start}, set(but), deque([start])
    while waiting and len(kinds) < MOST_PAGES:
        path = waiting.popleft()
        kind = kind_of(path)
        if kind is None or kind in kinds:
            continue
        kinds.add(kind)
        is_looked_at = path == start or looked_at[kind] < VISITS
        ask = page.goto if is_looked_at else page.request.get
        if "file" in kind or "written" in kind:
            ask = page.request.head
        answer = ask(address + path)
        if answer.status != 200:
            wrong.append(f"{path} answered {answer.status}")
        if "html" not in answer.headers.get("content-type", ""):
            continue
        if is_looked_at:
            looked_at[kind] += 1
            wrong += [f"{path}: {said}" for said in look(page, axe)]
        waiting += [link for link in links_in(answer.text()) if link not in seen]
        seen.update(waiting)
    return wrong, kinds - but


def look(page, axe):
    """What axe finds, and whether a narrow window scrolls sideways."""
    try:
        axe(page)
    except AssertionError as barriers:
        yield str(barriers)
    for width in NARROW:
        page.set_viewport_size({"width": width, "height": 800})
        if not page.evaluate(AS_WIDE_AS_ITS_WINDOW):
            yield f"scrolls sideways at {width}"
    page.set_viewport_size({"width": 1280, "height": 900})


@pytest.mark.parametrize("person", VISITORS)
def test_every_kind_of_page_is_free_of_barriers(person, browser, demonstration, axe, looked_at):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    if person:
        assert context.request.post(f"{demonstration}/demo/sign-in/", form={"person": person}).ok
    wrong, kinds = visit(
        page, demonstration, VISITORS[person], axe, looked_at, but=PUBLIC if person else set()
    )
    context.close()
    assert len(kinds) > 1
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", ["/demo/", "/demo/mail/"])
def test_the_demonstrations_own_pages_are_free_of_barriers(path, page, demonstration, axe):
    assert page.goto(demonstration + path).ok
    axe(page)
    for width in NARROW:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(AS_WIDE_AS_ITS_WINDOW), width
