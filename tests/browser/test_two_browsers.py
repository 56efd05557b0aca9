"""A lead and a partner in two browsers at once, from "can we?" to the receipt: with scripts and without.

The rival and a colleague of the partner, who is not named, look in as they go, and find nothing.
"""

import re

import pytest
from playwright.sync_api import expect

from odifund.core import clock
from odifund.core.models import OutboxMessage
from tenders.models import Proposal, Version
from tests import cast
from tests.browser.test_proposal import sign_in
from tests.factories import proposal as made
from tests.factories.consortium import colleague, organisation
from tests.factories.tender import published_tender

TITLE = "Repairs people can see"
LETTER = {
    "name": "letter of support.pdf",
    "mimeType": "application/pdf",
    "buffer": b"%PDF-1.4 We shall %%EOF",
}


class Browser:
    """One person's browser: what they see, follow, fill in and press, each by its name on the page."""

    def __init__(self, browser, portal, person, *, scripts, axe):
        self.context = browser.new_context(java_script_enabled=scripts)
        sign_in(self.context, portal, person)
        self.page, self.portal = self.context.new_page(), portal
        self.axe = axe if scripts else lambda page: None

    def goes(self, path):
        self.page.goto(path if path.startswith("http") else f"{self.portal}{path}")
        self.axe(self.page)

    def follows(self, link):
        self.page.locator("main a", has_text=link).first.click()
        self.page.wait_for_load_state()
        self.axe(self.page)

    def fills(self, **fields):
        for label, words in fields.items():
            box = self.page.get_by_role("textbox", name=label.replace("_", " "), exact=True)
            box.fill(words)

    def ticks_all(self):
        for box in self.page.get_by_role("checkbox").all():
            box.check()

    def presses(self, button):
        self.page.get_by_role("button", name=button, exact=True).click()

    def reads(self, words):
        expect(self.page.locator("main")).to_contain_text(words)

    def status_of(self, path):
        return self.context.request.get(f"{self.portal}{path}").status


@pytest.fixture
def tender(committed_db):
    of = published_tender()
    with clock.held_at(made.written_at(of)):
        yield of


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def people(request, browser, live_portal, tender, axe):
    """Priya of the lead, Ines of the partner, the rival, and a colleague of Ines who is not named."""
    at = made.written_at(tender)
    for player in ("lead-a", "partner-a", "lead-b"):
        organisation(player, at=at)
    who = [cast.person(player, at=at) for player in ("lead-a", "partner-a", "lead-b")]
    who.append(colleague("partner-a", "ben@pattern-post.example.org", "Ben Oduya", at=at))
    found = [Browser(browser, live_portal, one, scripts=request.param, axe=axe) for one in who]
    yield found
    for one in found:
        one.context.close()


def test_the_whole_way_in_two_browsers_at_once(people, tender):
    priya, ines, callum, ben = people
    priya.goes(f"/tenders/{tender.reference}/take-part/")
    priya.fills(Name_of_the_consortium="Kerbside", Working_title_of_the_proposal=TITLE)
    priya.presses("Form the consortium and begin")
    priya.reads("Kerbside is formed, and its proposal is begun")
    join(priya, ines)
    proposal = Proposal.objects.get()
    own = f"/proposals/{proposal.pk}/"

    priya.goes(own)
    priya.follows("Title and model of delivery")
    priya.page.get_by_label("More information for citizens").check()
    priya.presses("Save and continue")
    priya.follows("Eligibility")
    priya.ticks_all()
    priya.presses("Confirm and continue")
    write(priya, ines, own, tender)
    cost(priya, ines, own)
    priya.goes(own)
    priya.follows("Attachments")
    priya.page.locator("input[type=file]").set_input_files(LETTER)
    if priya.page.get_by_role("button", name="Add the files", exact=True).is_visible():
        priya.presses("Add the files")
    priya.reads("letter of support.pdf")
    say_the_rest(priya, own)
    for one in (callum, ben):
        for path in (own, f"{own}costs/", f"{own}preview/", proposal.consortium.get_absolute_url()):
            assert one.status_of(path) == 404, path

    ines.goes("/home/")
    ines.follows("Agree to the cost lines of Pattern & Post")
    ines.reads("£3,200")
    ines.presses("Agree to these lines")
    ines.reads("You agreed to the lines of Pattern & Post")
    submit(priya, ines, own)
    version = Version.objects.get()
    for one in (callum, ben):
        assert one.status_of(version.get_absolute_url()) == 404
    checks(callum, version, f"No register names {version.receipt_number}")
    made.close(tender)
    checks(callum, version, f"{version.receipt_number} is in the register of {tender.reference}")
    callum.reads("It came in time")


def checks(callum, version, answer):
    """Anybody may check a receipt, and learns nothing of who."""
    callum.goes("/receipts/")
    callum.fills(Receipt_number=version.receipt_number)
    callum.presses("Check")
    callum.reads(answer)
    assert "Repairs" not in callum.page.locator("main").inner_text()


def join(priya, ines):
    """The lead invites, and the partner accepts by the link of its mail."""
    priya.follows("Invite an organisation")
    priya.page.get_by_label("Name of the organisation").fill("Pattern & Post")
    priya.page.get_by_label("E-mail address of somebody there").fill(cast.PLAYERS["partner-a"].email)
    priya.presses("Send the invitation")
    priya.reads("Pattern & Post is invited")
    mail = OutboxMessage.objects.get(kind="tenders/invitation_sent")
    link = re.search(r"/invitations/\S+", mail.body)
    ines.goes(link[0])
    ines.presses("Accept the invitation")
    ines.reads("Kerbside")


def write(priya, ines, own, tender):
    """The partner writes the first section while the lead has it open; then each the next."""
    sections = list(tender.sections.order_by("order"))
    first, *rest = sections
    for one in (priya, ines):
        one.goes(f"{own}sections/{first.pk}/")
    ines.page.get_by_role("textbox", name=first.title).fill("Tenants ring, and nobody can tell them.")
    ines.presses("Save and continue")
    priya.page.get_by_role("textbox", name=first.title).fill("Tenants cannot see where a repair is.")
    priya.presses("Save and continue")
    priya.reads("Ines Okafor")  # both texts stand there
    priya.reads("Tenants ring, and nobody can tell them.")
    priya.presses("Save and continue")
    for number, section in enumerate(rest):
        one = ines if number % 2 else priya
        one.goes(f"{own}sections/{section.pk}/")
        one.page.get_by_role("textbox", name=section.title).fill(f"{section.title}. {made.TEXT}")
        one.presses("Save and continue")
    ines.goes(f"{own}sections/{rest[0].pk}/")
    ines.fills(Comment="Should we name the data set here?")
    ines.presses("Comment")
    priya.goes(f"{own}sections/{rest[0].pk}/")
    priya.reads("Should we name the data set here?")


def cost(priya, ines, own):
    """Each its own lines; the partner sees no day rate of the lead's, which changes one of the partner's."""
    for one, whose, what, days, rate in (
        (priya, "Exampleshire County Council", "Repairs team", "10", "450"),
        (ines, "Pattern & Post", "Research with tenants", "8", "£500"),
    ):
        one.goes(f"{own}costs/add/")
        if (choice := one.page.get_by_label("Organisation", exact=True)).count():
            choice.select_option(label=whose)
        one.page.get_by_label("Staff").first.check()
        one.fills(What_it_is_for=what, Days=days, Day_rate=rate)
        one.presses("Save the line")
    ines.reads("8,500.00")
    assert "450.00" not in ines.page.locator("main").inner_text()
    priya.goes(f"{own}costs/")
    priya.page.get_by_role("textbox", name="Day rate of “Research with tenants”").fill("400")
    priya.presses("Save days and rates")
    priya.reads("7,700.00")


def say_the_rest(priya, own):
    priya.goes(own)
    priya.follows("Payment plan and VAT")
    priya.page.get_by_label("VAT at 20%").check()
    priya.presses("Save and continue")
    priya.follows("What may be published")
    priya.page.get_by_label("The summary below", exact=True).check()
    priya.fills(Summary_for_everybody="Repairs, told to all.")
    priya.presses("Save and continue")
    priya.follows("Declarations")
    priya.ticks_all()
    priya.presses("Declare and continue")


def submit(priya, ines, own):
    """The partner saves between the lead's check and its submit: the receipt says what changed."""
    priya.goes(f"{own}check/")
    priya.reads("Nothing stops you submitting")
    ines.goes(f"{own}check/")
    assert ines.page.get_by_role("button", name="Submit the proposal").count() == 0
    ines.goes(f"{own}title/")
    ines.page.get_by_label("Title of the proposal").fill("Repairs everybody can see")
    ines.presses("Save and continue")
    priya.presses("Submit the proposal")
    priya.reads("We have your proposal")
    priya.reads("the title")
    version = Version.objects.get()
    assert version.title == "Repairs everybody can see"
    for one in (priya, ines):
        one.goes(version.get_absolute_url())
        one.reads(version.receipt_number)
        one.reads(version.fingerprint[:8])
