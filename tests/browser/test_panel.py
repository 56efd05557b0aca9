"""The panel in the browser: no barriers, scored by keyboard, and all of it without scripts."""

import re

import pytest
from django.test import Client
from playwright.sync_api import expect

from odifund.core import clock
from tenders.models import Score
from tests import cast
from tests.factories.panel import (
    SCORED,
    agree,
    decided_tender,
    declare,
    moderated_tender,
    name_panel,
    panelled_tender,
    proposals_of,
    score_all,
)
from tests.factories.pile import opened_pile


@pytest.fixture
def held(committed_db):
    with clock.held_at(SCORED):
        yield


def sign_in(context, portal, person):
    client = Client()
    client.force_login(person if not isinstance(person, str) else cast.person(person, at=SCORED))
    context.add_cookies([{"name": "signed_in", "value": client.cookies["signed_in"].value, "url": portal}])


def look(page, portal, paths, axe):
    for path in paths:
        for width in (1280, 375):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(f"{portal}{path}")
            axe(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_no_page_from_the_panel_to_the_outcome_has_barriers(page, live_portal, held, axe):
    tender = panelled_tender(opened_pile(2))
    first, second = proposals_of(tender)
    for key in ("evaluator-1", "evaluator-2", "evaluator-3"):
        score_all(first, key)
    agree(first, [4, 3, 5, 2, 1])
    desk, staff = "/panel/SF1/", "/staff/tenders/SF1/"
    sign_in(page.context, live_portal, "evaluator-1")
    at = f"{desk}{second.pk}/"
    look(page, live_portal, [desk, f"{desk}interests/", f"{desk}scores/", at, f"{at}score/need/"], axe)
    look(page, live_portal, [f"{at}lock/"], axe)
    sign_in(page.context, live_portal, "moderator")
    done = f"{desk}{first.pk}/moderation/"
    look(page, live_portal, [f"{desk}moderation/", f"{done}criteria/need/", f"{done}settle/"], axe)
    sign_in(page.context, live_portal, "manager")
    pages = ["panel/", "eligibility/", f"eligibility/{first.pk}/", "ranking/", "decision/"]
    look(page, live_portal, [staff + path for path in pages], axe)


def test_the_decision_and_its_outcome_have_no_barriers(page, live_portal, held, axe):
    moderated_tender(opened_pile(2))
    decided = decided_tender(opened_pile(2, reference="SF2"))
    sign_in(page.context, live_portal, "manager")
    look(page, live_portal, ["/staff/tenders/SF1/ranking/", "/staff/tenders/SF1/decision/"], axe)
    page.get_by_role("button", name="Propose these awards").click()
    expect(page.get_by_role("heading", name="The proposed awards")).to_be_visible()
    axe(page)
    for person in ("manager", "approver"):
        sign_in(page.context, live_portal, person)
        look(page, live_portal, ["/staff/tenders/SF1/decision/"], axe)
    proposal = proposals_of(decided)[0]
    shows_scores_as_notices_on_a_phone(page, live_portal)
    sign_in(page.context, live_portal, proposal.started_by)
    look(page, live_portal, ["/tenders/SF2/outcome/", f"/proposals/{proposal.pk}/outcome/"], axe)


def shows_scores_as_notices_on_a_phone(page, portal):
    """Nothing goes on to the right: each proposal's figures stand below each other under their names."""
    page.set_viewport_size({"width": 375, "height": 900})
    page.goto(f"{portal}/tenders/SF2/outcome/")
    frame = page.locator(".of-scores")
    assert frame.evaluate("frame => frame.scrollWidth <= frame.clientWidth")
    row = frame.locator("tbody tr").first
    expect(row.locator("th")).to_have_text(re.compile(r"Proposal \d"))
    cells = row.locator("td[data-label]")
    named = "cells => cells.map(cell => getComputedStyle(cell, '::before').content)"
    assert cells.evaluate_all(named)[:4] == ['"Rank"', '"Total"', '"Outcome"', '"Need and users (25)"']
    places = cells.evaluate_all("cells => cells.map(cell => cell.getBoundingClientRect().left)")
    assert len(set(places)) == 1
    page.set_viewport_size({"width": 1280, "height": 900})
    assert frame.locator("tbody tr").first.evaluate("row => getComputedStyle(row).display") == "table-row"
    expect(frame.get_by_text("Proposal ", exact=True).first).to_be_hidden()


def test_a_proposal_is_scored_by_keyboard_alone(page, live_portal, held):
    tender = panelled_tender(opened_pile(1))
    proposal = proposals_of(tender)[0]
    sign_in(page.context, live_portal, "evaluator-1")
    page.goto(f"{live_portal}/panel/SF1/{proposal.pk}/score/need/")
    page.get_by_role("radio", name="0").focus()
    for _ in range(4):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("Clear need, and named users.")
    page.keyboard.press("Tab")
    page.keyboard.type("Ask for the source.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/score/open-data/")
    saved = Score.objects.get()
    assert (saved.score, saved.reason, saved.note) == (
        4,
        "Clear need, and named users.",
        "Ask for the source.",
    )


def test_interests_are_declared_and_refused_without_scripts(browser, live_portal, held):
    name_panel(opened_pile(1))
    context = browser.new_context(java_script_enabled=False)
    sign_in(context, live_portal, "evaluator-1")
    page = context.new_page()
    page.goto(f"{live_portal}/panel/SF1/")
    page.get_by_role("link", name="Declare your interests").click()
    page.get_by_role("button", name="Declare").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    page.get_by_label("I have no interest in any organisation that I have not ticked").check()
    page.get_by_role("button", name="Declare").click()
    expect(page.get_by_role("heading", name="My pile")).to_be_visible()
    expect(page.get_by_role("link", name="Repairs people can see", exact=True)).to_be_visible()
    context.close()


def test_every_line_of_a_refused_declaration_leads_into_its_field(page, live_portal, held, follow_each_error):
    tender = name_panel(opened_pile(1))
    declare(tender, "moderator")
    sign_in(page.context, live_portal, "evaluator-1")
    page.goto(f"{live_portal}/panel/SF1/interests/")
    page.get_by_role("checkbox", name="Pattern & Post").check()
    page.get_by_role("button", name="Declare").click()
    assert len(follow_each_error(page)) == 2
