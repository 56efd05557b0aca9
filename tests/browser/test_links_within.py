"""Links within a page: they lead where they say, keep what is typed, and the skip link moves the focus."""

from datetime import timedelta

import pytest
from django.test import Client
from playwright.sync_api import expect

from odifund.core import clock
from tests import cast
from tests.factories.tender import PUBLISHED, published_tender

WHILE_OPEN = PUBLISHED + timedelta(days=3)


@pytest.fixture
def tender(committed_db):
    of = published_tender()
    with clock.held_at(WHILE_OPEN):
        yield of


def test_the_skip_link_keeps_what_is_typed_and_moves_the_focus_into_the_page(page, live_portal, tender):
    page.goto(f"{live_portal}/report-a-problem/")
    words = page.locator("main textarea").first
    words.fill("The page is slow tonight.")
    page.evaluate("document.body.append(Object.assign(document.createElement('i'), {id: 'same-page'}))")
    page.locator(".govuk-skip-link").focus()
    page.keyboard.press("Enter")
    expect(words).to_have_value("The page is slow tonight.")
    assert page.evaluate("document.activeElement.id") == "main-content"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    assert page.locator("#same-page").count() == 1


def test_a_link_within_the_page_lands_at_its_heading_and_keeps_a_typed_question(page, live_portal, tender):
    client = Client()
    client.force_login(cast.person("lead-a", at=PUBLISHED))
    page.context.add_cookies(
        [{"name": "signed_in", "value": client.cookies["signed_in"].value, "url": live_portal}]
    )
    page.goto(f"{live_portal}/tenders/SF1/questions/")
    page.locator("main textarea").first.fill("May a charity lead?")
    page.evaluate("location.hash = 'main-content'")
    page.go_back()
    expect(page.locator("main textarea").first).to_have_value("May a charity lead?")
    page.goto(f"{live_portal}/tenders/SF1/")
    link = page.locator("main a[href='#judged']").first
    link.click()
    expect(page.locator("#judged")).to_be_in_viewport()
