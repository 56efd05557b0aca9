"""A tender in the browser: its public page, the desk where it is written, and where a mistake leads."""

from datetime import timedelta

import pytest

from odifund.core import clock
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
    parts = ["about", "money", "timetable", "who", "panel", "scale", "criteria", "sections", "deliverables"]
    parts += ["criteria/add", "sections/add", f"deliverables/{draft.owed.first().pk}"]
    for address in ("add/", "SF2/write/", "SF2/check/", *(f"SF2/write/{part}/" for part in parts)):
        page.goto(f"{live_portal}/staff/tenders/{address}")
        axe(page)


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
