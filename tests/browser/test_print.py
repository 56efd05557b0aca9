"""On paper: nothing is cut off, nothing stays folded, no address stands behind a link."""

from datetime import timedelta

import pytest

from odifund.core import clock
from tests.browser.test_panel import sign_in
from tests.factories.panel import decided_tender
from tests.factories.proposal import opened_tender

A4 = {"width": 673, "height": 1000}  # what is left of A4 between its margins


@pytest.fixture
def paper(page, committed_db, live_portal):
    """`paper(address)` opens it as it is printed."""
    tender = decided_tender(opened_tender())
    page.set_viewport_size(A4)
    page.emulate_media(media="print")

    def opened(address):
        page.goto(f"{live_portal}{tender.get_absolute_url()}{address}")
        return page

    with clock.held_at(tender.decided_at + timedelta(days=1)):
        yield opened


def rightmost(page):
    """Where the cells of all tables end."""
    return max(
        page.eval_on_selector_all("td, th", "cells => cells.map(c => c.getBoundingClientRect().right)")
    )


def test_the_table_of_scores_is_whole(paper):
    page = paper("outcome/")
    assert page.locator("th", has_text="Outcome").is_visible()
    assert rightmost(page) <= A4["width"]


def test_the_ranking_is_whole(paper, context, live_portal):
    sign_in(context, live_portal, "manager")
    page = paper("../../staff/tenders/SF1/ranking/")
    assert page.locator("th", has_text="Price per point").is_visible()
    assert rightmost(page) <= A4["width"]


def test_what_is_folded_is_open_and_links_show_no_address(paper):
    page = paper("")
    assert page.locator("text=Convincing throughout, and others could copy it.").is_visible()
    after = "links => links.map(link => getComputedStyle(link, '::after').content)"
    assert set(page.eval_on_selector_all("main .govuk-link", after)) == {"none"}
    assert page.locator(".of-actions >> visible=true").count() == 0
