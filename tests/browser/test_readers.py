"""A reader in the browser: named by a colleague, reads, comments, approves; with scripts and without."""

import pytest
from playwright.sync_api import expect

from odifund.core import clock
from tests.browser.test_proposal import sign_in
from tests.factories import proposal as made
from tests.factories.consortium import colleague
from tests.factories.tender import published_tender


@pytest.fixture
def proposal(committed_db):
    begun = made.complete_proposal(published_tender())
    with clock.held_at(made.written_at(begun.tender)):
        yield begun


@pytest.mark.parametrize("scripts", [True, False])
def test_somebody_is_named_to_read_and_approves_the_price(browser, live_portal, proposal, axe, scripts):
    fola = colleague(
        "lead-a", "fola@exampleshire.example.org", "Fola Ade", at=made.written_at(proposal.tender)
    )
    lead, reader = (
        browser.new_context(java_script_enabled=scripts, viewport={"width": 1280, "height": 900})
        for _ in range(2)
    )
    for context, person in ((lead, proposal.started_by), (reader, fola)):
        sign_in(context, live_portal, person)
    check = axe if scripts else lambda page: None
    priya, page = lead.new_page(), reader.new_page()

    priya.goto(f"{live_portal}/consortia/{proposal.consortium_id}/")
    check(priya)
    priya.get_by_label("Name a colleague").select_option(label="Fola Ade")
    priya.get_by_label("Reads, comments and approves the price").check()
    priya.get_by_role("button", name="Name them").click()
    expect(priya.get_by_text("Fola Ade is named for Exampleshire County Council")).to_be_visible()
    priya.get_by_role("link", name="Change what Fola Ade does").click()
    check(priya)

    page.goto(f"{live_portal}/home/")
    check(page)
    page.get_by_role("link", name="Approve the price of £45,370.50").click()
    check(page)
    page.get_by_role("button", name="Approve £45,370.50").click()
    expect(page.get_by_text("You approved the price of £45,370.50. The others are told.")).to_be_visible()
    check(page)
    page.get_by_role("link", name=proposal.tender.sections.first().title).first.click()
    page.get_by_role("textbox", name="Comment").fill("Who pays for the rooms?")
    page.get_by_role("button", name="Comment").click()
    expect(page.get_by_text("Who pays for the rooms?")).to_be_visible()
    check(page)
    page.goto(f"{live_portal}/proposals/{proposal.pk}/costs/")
    check(page)
    page.goto(f"{live_portal}/proposals/{proposal.pk}/title/")
    expect(page.get_by_text("You are named to read this proposal")).to_be_visible()
    for context in (lead, reader):
        context.close()
