"""A tender in the browser: its public page, the desk where it is written, and where a mistake leads."""

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from odifund.core import clock
from odifund.core.wording import LONDON
from tenders.actions import extension, question
from tenders.actions import tender as tenders
from tests import cast
from tests.browser.test_proposal import sign_in
from tests.factories.tender import PUBLISHED, draft_tender, proposed_tender, published_tender

TODAY = PUBLISHED + timedelta(days=10)


@pytest.fixture
def tender(committed_db):
    of = published_tender()
    with clock.held_at(TODAY):
        yield of


@pytest.mark.parametrize("width", [1280, 375, 320])
def test_the_public_pages_have_no_barriers_and_no_sideways_scroll(page, live_portal, tender, axe, width):
    page.set_viewport_size({"width": width, "height": 900})
    for address in ("/tenders/", tender.get_absolute_url(), tender.programme.get_absolute_url()):
        page.goto(live_portal + address)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_the_pages_of_the_desk_have_no_barriers(page, live_portal, tender, axe):
    draft = draft_tender(reference="SF2")
    proposed_tender(reference="SF3")
    sign_in(page.context, live_portal, cast.person("approver", at=TODAY))
    for address in ("", "SF1/", "SF3/publish/"):
        page.goto(f"{live_portal}/staff/tenders/{address}")
        axe(page)
    page.context.clear_cookies()
    sign_in(page.context, live_portal, cast.person("manager", at=TODAY))
    parts = ["about", "money", "timetable", "who", "panel", "costs", "terms", "scale", "criteria", "sections"]
    parts += ["deliverables", "criteria/add", "sections/add", f"deliverables/{draft.owed.first().pk}"]
    for address in ("add/", "SF2/write/", "SF2/check/", *(f"SF2/write/{part}/" for part in parts)):
        page.goto(f"{live_portal}/staff/tenders/{address}")
        axe(page)


def test_the_pages_of_a_running_round_have_no_barriers(page, live_portal, tender, axe):
    """Questions, notices, documents, a later deadline, incidents, notes on file, the end before its time."""
    manager, priya = (cast.person(key, at=TODAY) for key in ("manager", "lead-a"))
    asked = question.ask(tender, text="May a parish lead?", by=priya, at=TODAY, is_private=True)
    later = tender.proposals_close_at + timedelta(days=1)
    extension.propose(tender, to_at=later, reason="A storm.", move_later=False, by=manager, at=TODAY)
    tenders.draft_from_template(
        tender.programme, reference="SF4", publish_on=TODAY.date(), by=manager, at=TODAY, is_practice=True
    )
    sign_in(page.context, live_portal, manager)
    staff, public = "/staff/tenders/SF1/", "/tenders/SF1/"
    one = f"{public}questions/{asked.pk}/"
    addresses = [f"{public}questions/waiting/", f"{one}answer/", f"{one}alone/", f"{one}decline/"]
    addresses += [
        f"{public}notices/publish/",
        "/staff/problems/",
        "/staff/tenders/SF4/",
        "/staff/tenders/SF4/write/",
    ]
    pages = ("documents/", "documents/add/", "correct/", "cancel/", "extend/", "incidents/", "file/")
    addresses += [f"{staff}{each}" for each in pages]
    for address in addresses:
        for width in (1280, 375):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.goto(f"{live_portal}{address}").ok, address
            axe(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_each_link_of_the_error_summary_moves_into_its_field(page, live_portal, tender, follow_each_error):
    draft_tender(reference="SF2")
    sign_in(page.context, live_portal, cast.person("manager", at=TODAY))
    page.goto(f"{live_portal}/staff/tenders/SF2/write/timetable/")
    page.fill("#id_questions_close_at_day", "31")
    page.fill("#id_questions_close_at_month", "2")
    page.fill("#id_proposals_close_at_time", "midnight")
    page.click("text=Save and continue")
    assert follow_each_error(page)[:2] == ["id_questions_close_at_day", "id_proposals_close_at_time"]
    assert page.title().startswith("Error: ")
    assert page.input_value("#id_questions_close_at_day") == "31"


def test_a_tender_is_written_without_scripts(browser, live_portal, tender):
    draft_tender(reference="SF2")
    context = browser.new_context(java_script_enabled=False)
    sign_in(context, live_portal, cast.person("manager", at=TODAY))
    page = context.new_page()
    page.goto(f"{live_portal}/staff/tenders/SF2/write/money/")
    page.fill("#id_pot", "£90,000")
    page.click("text=Save and continue")
    assert page.url.endswith("/staff/tenders/SF2/write/")
    page.click("text=Criteria and weights")
    page.locator("text=Move up").first.click()
    assert page.locator("tbody tr").first.inner_text().startswith("Open data")
    context.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_what_a_choice_needs_is_seen_once_it_is_chosen_and_always_without_scripts(
    browser, live_portal, tender, scripts
):
    draft_tender(reference="SF2")
    context = browser.new_context(java_script_enabled=scripts)
    sign_in(context, live_portal, cast.person("manager", at=TODAY))
    page = context.new_page()
    page.goto(f"{live_portal}/staff/tenders/SF2/write/sections/add/")
    expect(page.locator("[name=word_limit]")).to_be_visible()
    expect(page.locator("[name=unit]")).to_be_visible(visible=not scripts)
    page.get_by_label("With a whole number").check()
    expect(page.locator("[name=unit]")).to_be_visible()
    expect(page.locator("[name=word_limit]")).to_be_visible(visible=not scripts)
    context.close()


def test_the_clock_of_a_page_that_the_browser_kept_asks_the_portal(page, live_portal, tender):
    """The clock is held in 2017 here, and an answer's own date is today's: the clock then shows that."""
    page.goto(f"{live_portal}/tenders/SF1/")
    day = page.locator("[data-clock] + span")
    expect(day).to_have_text(re.compile("^Sunday 27 August"))
    asked = []
    page.on("request", lambda request: asked.append((request.method, request.url)))
    assert page.goto(f"{live_portal}/tenders/SF1/").ok
    expect(day).to_have_text(f"{datetime.now(LONDON):%A %-d %B}")
    assert [url.rpartition("/")[2][:7] for method, url in asked if method == "HEAD"] == ["favicon"]
