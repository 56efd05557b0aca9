"""A proposal in the browser: written with autosave, costed, checked and submitted; and without scripts."""

from datetime import timedelta

import pytest
from django.test import Client
from playwright.sync_api import expect

from consortia.actions.consortium import name_person
from odifund.core import clock
from tenders.actions import consortium as taking_part
from tenders.actions import section_text
from tenders.models import Version
from tenders.queries import draft
from tests import cast
from tests.factories import proposal as made
from tests.factories.consortium import colleague
from tests.factories.tender import published_tender
from tests.tenders import test_kinds_of_answers as kinds


@pytest.fixture
def tender(committed_db):
    of = published_tender()
    with clock.held_at(made.written_at(of)):
        yield of


@pytest.fixture
def proposal(tender):
    return made.complete_proposal(tender)


@pytest.fixture
def tender_that_asks(committed_db):
    of = kinds.tender_that_asks()
    with clock.held_at(made.written_at(of)):
        yield of


def sign_in(context, portal, person):
    client = Client()
    client.force_login(person)
    cookie = client.cookies["signed_in"].value
    context.add_cookies([{"name": "signed_in", "value": cookie, "url": portal}])


@pytest.fixture
def priya(page, live_portal, proposal):
    """Her page, at the proposal."""
    sign_in(page.context, live_portal, proposal.started_by)
    page.goto(f"{live_portal}/proposals/{proposal.pk}/")
    return page


def test_no_page_of_a_proposal_has_barriers(priya, live_portal, proposal, axe):
    made.submit(proposal)
    section, line = proposal.tender.sections.first(), proposal.cost_lines.first()
    paths = ["", "title/", f"sections/{section.pk}/", "costs/", "costs/add/", f"costs/{line.pk}/"]
    paths += ["attachments/", "check/", "preview/", "withdraw/", "receipts/1/", "receipts/1/proposal/"]
    for path in paths:
        for width in (1280, 375):
            priya.set_viewport_size({"width": width, "height": 900})
            priya.goto(f"{live_portal}/proposals/{proposal.pk}/{path}")
            axe(priya)
            assert priya.evaluate("document.documentElement.scrollWidth") <= width, path


def test_the_register_and_the_opening_have_no_barriers(page, live_portal, tender, axe):
    made.closed_tender(tender)
    made.propose_opening(tender)
    sign_in(page.context, live_portal, cast.person("approver", at=tender.closed_at))
    with clock.held_at(tender.proposals_close_at + timedelta(hours=2)):
        for path in ("tenders/SF1/register/", "staff/tenders/SF1/opening/"):
            page.goto(f"{live_portal}/{path}")
            axe(page)
        page.get_by_role("button", name="Confirm and open").click()
        page.get_by_text("2 of 2 fingerprints match").wait_for()
        axe(page)


def test_words_are_saved_while_they_are_written(priya, proposal):
    section = open_section(priya, proposal)
    priya.get_by_label(section.title).fill("Saved by itself")
    expect(priya.locator("[name=base_revision]")).to_have_value("2")
    expect(priya.locator("[data-saved]")).to_have_text("Saved at 5pm")
    assert draft.of(fresh(proposal)).answers[0].text == "Saved by itself"
    priya.get_by_label(section.title).fill("Saved by itself, twice")
    expect(priya.locator("[name=base_revision]")).to_have_value("3")
    assert draft.of(fresh(proposal)).answers[0].text == "Saved by itself, twice"


def fresh(proposal):
    return type(proposal).objects.get(pk=proposal.pk)


def open_section(page, proposal):
    """Its first section, with its scripts: a page is loaded when what watches the typing is."""
    section = proposal.tender.sections.first()
    page.get_by_role("link", name=section.title).click()
    page.wait_for_url(f"**/sections/{section.pk}/")
    return section


def test_a_second_writer_is_told_and_keeps_their_words(priya, proposal):
    section, at = open_section(priya, proposal), made.written_at(proposal.tender)
    partner = cast.person("partner-a", at=at)
    section_text.save(proposal, section, text="Words of Ines", base_revision=1, by=partner, at=at)
    priya.get_by_label(section.title).fill("Words of Priya")
    priya.get_by_text("Ines Okafor changed this text").first.wait_for()
    priya.get_by_role("button", name="Save and continue").click()
    priya.get_by_role("heading", name="Saved by Ines Okafor").wait_for()
    assert priya.get_by_label(section.title).input_value() == "Words of Priya"


def test_a_lost_connection_is_said_and_the_words_stay(priya, proposal):
    section = open_section(priya, proposal)
    priya.context.set_offline(True)
    priya.get_by_label(section.title).fill("Not lost")
    priya.get_by_text("we cannot reach the portal").first.wait_for()
    assert priya.get_by_label(section.title).input_value() == "Not lost"
    priya.context.set_offline(False)


def test_leaving_words_that_cannot_be_saved_is_asked_first(priya, proposal):
    section = open_section(priya, proposal)
    asked = []
    priya.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    priya.context.set_offline(True)
    priya.get_by_label(section.title).fill("Not lost")
    priya.get_by_text("we cannot reach the portal").first.wait_for()
    priya.get_by_role("link", name="Back to the task list").first.click()
    expect(priya.get_by_label(section.title)).to_have_value("Not lost")
    assert asked == ["beforeunload"]
    priya.context.set_offline(False)
    expect(priya.locator("[name=base_revision]")).to_have_value("2", timeout=15_000)
    priya.get_by_role("link", name="Back to the task list").first.click()
    priya.wait_for_url(f"**/proposals/{proposal.pk}/")
    assert asked == ["beforeunload"]


def test_a_text_that_is_too_long_to_send_is_said_and_not_tried_for_ever(priya, proposal):
    section = open_section(priya, proposal)
    text = priya.get_by_label(section.title)
    text.evaluate("box => { box.value = 'word '.repeat(4e6); box.dispatchEvent(new Event('input')); }")
    priya.get_by_text("longer than the portal takes").first.wait_for()
    text.fill("Short again")
    expect(priya.locator("[name=base_revision]")).to_have_value("2")


def taken_off(naming, by, at):
    taking_part.unname_person(naming.member, naming.person, by=by, at=at)


def made_a_reader(naming, by, at):
    taking_part.give_part(naming, "reads", by=by, at=at)


@pytest.mark.parametrize("change", [taken_off, made_a_reader])
def test_who_may_not_change_the_draft_any_more_is_told_once_and_keeps_the_words(
    page, live_portal, proposal, change, axe
):
    at = made.written_at(proposal.tender)
    ines = cast.person("partner-a", at=at)
    ben = colleague("partner-a", "ben@pattern-post.example.org", "Ben Oduya", at=at)
    member = proposal.consortium.members.get(named_people__person=ines)
    naming = name_person(member, ben, by=ines, at=at)
    sign_in(page.context, live_portal, ben)
    page.goto(f"{live_portal}/proposals/{proposal.pk}/")
    section, sent = open_section(page, proposal), []
    page.clock.install()
    page.on(
        "request", lambda one: sent.append(one.url) if one.url.endswith(f"sections/{section.pk}/") else None
    )
    change(naming, ines, at)
    text = page.get_by_label(section.title)
    text.fill("An hour of words")
    page.clock.run_for(3000)
    page.get_by_text("this draft is not yours to change any more").first.wait_for()
    axe(page)
    text.fill("An hour of words, and more")
    page.clock.run_for(60_000)
    expect(page.get_by_text("Your words are still here: copy them before you leave").first).to_be_visible()
    assert text.input_value() == "An hour of words, and more"
    assert len(sent) == 1
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_label("Text")).to_have_value("An hour of words, and more")


def test_the_clock_and_the_time_left_go_on(page, live_portal, proposal):
    sign_in(page.context, live_portal, proposal.started_by)
    page.clock.install()
    page.goto(f"{live_portal}/proposals/{proposal.pk}/")
    clock_, left = page.locator("[data-clock]"), page.locator("[data-until]")
    expect(left).to_have_text("10 days")
    for hours, time, says in (
        (0.5, "5:30pm", "9 days"),
        (9 * 24 + 19.5, "1pm", "3 hours 59 minutes"),
        (3, "4pm", "59 minutes"),
        (0.75, "4:45pm", "14 minutes"),
    ):
        page.clock.fast_forward(int(hours * 3_600_000))
        page.clock.run_for(10_000)
        expect(clock_).to_have_text(time)
        expect(left).to_have_text(says)
    expect(clock_.locator("+ span")).to_have_text("Friday 22 September")
    page.clock.fast_forward(900_000)
    page.clock.run_for(10_000)
    expect(page.get_by_text("Proposals have closed")).to_be_visible()


def test_the_price_follows_the_typing_to_the_penny(priya, live_portal, proposal):
    priya.goto(f"{live_portal}/proposals/{proposal.pk}/costs/add/")
    priya.get_by_label("Days", exact=True).fill("2.25")
    priya.get_by_label("Day rate").fill("£333.33")
    told = priya.locator("[data-running]").inner_text()
    assert told == (
        "This line is £749.99, and the price £46,120.49. £7,212.51 is left under the highest price."
    )
    priya.get_by_label("Day rate").fill("10,000")
    assert "over the highest price" in priya.locator("[data-running]").inner_text()


def test_each_link_of_the_error_summary_moves_the_focus_into_its_field(
    priya, live_portal, proposal, follow_each_error
):
    priya.goto(f"{live_portal}/proposals/{proposal.pk}/costs/add/")
    priya.get_by_label("Day rate").fill("29S")
    priya.get_by_role("button", name="Save the line").click()
    assert len(follow_each_error(priya)) >= 3
    assert priya.get_by_label("Day rate").input_value() == "29S"


def test_submitting_by_keyboard_alone_ends_at_the_receipt(priya, live_portal, proposal):
    priya.get_by_role("link", name="Check and submit").focus()
    priya.keyboard.press("Enter")
    priya.get_by_role("button", name="Submit the proposal").focus()
    priya.keyboard.press("Enter")
    priya.wait_for_url("**/receipts/1/")
    version = Version.objects.get()
    assert priya.get_by_text(version.receipt_number, exact=True).first.is_visible()
    priya.get_by_text("Check it yourself").click()
    assert priya.get_by_text(version.fingerprint).is_visible()


def test_everything_works_without_scripts(browser, live_portal, proposal):
    context = browser.new_context(java_script_enabled=False)
    sign_in(context, live_portal, proposal.started_by)
    page = context.new_page()
    page.goto(f"{live_portal}/proposals/{proposal.pk}/")
    section = proposal.tender.sections.first()
    page.get_by_role("link", name=section.title).click()
    assert page.get_by_text("saved while you write").is_hidden()
    page.get_by_label(section.title).fill("Saved with the button")
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("link", name="Check and submit").click()
    page.get_by_role("button", name="Submit the proposal").click()
    page.wait_for_url("**/receipts/1/")
    assert "Saved with the button" in Version.objects.get().manifest
    context.close()


def test_every_kind_of_section_is_free_of_barriers_and_leads_back_from_a_mistake(
    page, live_portal, tender_that_asks, axe, follow_each_error
):
    proposal = made.draft_proposal(tender_that_asks)
    sign_in(page.context, live_portal, proposal.started_by)
    for section in tender_that_asks.sections.exclude(kind="text"):
        for width in (1280, 375):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(f"{live_portal}/proposals/{proposal.pk}/sections/{section.pk}/")
            axe(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, section
    number = tender_that_asks.sections.get(kind="number")
    page.goto(f"{live_portal}/proposals/{proposal.pk}/sections/{number.pk}/")
    page.fill("#id_text", "1e9")
    page.click("text=Save and continue")
    assert follow_each_error(page) == ["id_text"]
    assert page.input_value("#id_text") == "1e9"
    choice = tender_that_asks.sections.get(kind="choice")
    page.goto(f"{live_portal}/proposals/{proposal.pk}/sections/{choice.pk}/")
    page.keyboard.press("Tab")
    page.locator("input[type=radio]").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/proposals/{proposal.pk}/")
    assert "A service" in page.inner_text("main")
