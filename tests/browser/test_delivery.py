"""Delivery and the library in the browser: no barriers; and a blog up to its publication without scripts."""

import json
import re

import pytest
from django.test import Client

from odifund.core import clock
from tests import cast
from tests.factories import delivery as stage


@pytest.fixture
def tender(committed_db):
    with clock.held_at(stage.HALFWAY):
        yield stage.tender_in_delivery()


@pytest.fixture
def signed(tender):
    return stage.contract_of(tender)


def sign_in(context, portal, key):
    client = Client()
    client.force_login(cast.person(key, at=stage.SIGNED))
    context.add_cookies([{"name": "signed_in", "value": client.cookies["signed_in"].value, "url": portal}])


def look_at(page, portal, axe, paths):
    """No barriers and nothing to scroll sideways, on a desk and on a phone."""
    for path in paths:
        for width in (1280, 375):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(f"{portal}{path}")
            axe(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_no_page_of_delivery_has_barriers(page, live_portal, signed, axe):
    stage.accepted(signed, "pattern", at=stage.HALFWAY)
    stage.accepted(signed, "blog", at=stage.HALFWAY)
    stage.accepted(signed, "report", at=stage.HALFWAY)
    stage.delivered(signed, "halfway", at=stage.HALFWAY)
    report, library = f"/reports/{signed.pk}/", signed.deliverables.get(kind="pattern").patterns.first()
    look_at(page, live_portal, axe, ["/patterns/", library.get_absolute_url(), "/blog/", report])
    sign_in(page.context, live_portal, "manager")
    halfway = stage.owed(signed, "halfway").get_absolute_url()
    desk = ["/payments/", "/staff/tenders/SF1/delivery/", signed.get_absolute_url(), halfway]
    look_at(page, live_portal, axe, desk)


def test_the_browser_lets_the_data_of_a_citation_be(page, live_portal, signed):
    stage.accepted(signed, "pattern", at=stage.HALFWAY)
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(live_portal + signed.deliverables.get(kind="pattern").patterns.first().get_absolute_url())
    data = page.locator('script[type="application/ld+json"]').text_content()
    assert json.loads(data)["@type"] == "CreativeWork"
    assert complaints == []


def test_no_form_of_delivery_has_barriers(page, live_portal, tender, axe, follow_each_error):
    sign_in(page.context, live_portal, "lead-b")
    signed = stage.contract_of(tender, "lead-b")
    owed = {due.kind: due.get_absolute_url() for due in signed.deliverables.all()}
    paths = [owed["workshop"], f"{owed['report']}deliver/", f"{owed['blog']}blog/"]
    look_at(page, live_portal, axe, [*paths, f"{owed['pattern']}patterns/add/", f"{owed['data']}data/add/"])
    page.get_by_role("button", name="Save").click()
    assert "id_publisher" in follow_each_error(page)
    axe(page)


def test_a_blog_is_written_reviewed_and_published_without_scripts(browser, live_portal, signed):
    context = browser.new_context(java_script_enabled=False, base_url=live_portal)
    page, address = context.new_page(), stage.owed(signed, "blog").get_absolute_url()
    sign_in(context, live_portal, "lead-a")
    page.goto(address)
    page.get_by_role("link", name="Write the blog").click()
    for label, words in (("Title", "Where it got to"), ("Summary", "Our plan."), ("Authors", "Priya Nair")):
        page.get_by_label(label).fill(words)
    page.get_by_label("Text").fill("## First\n\nWe sit with **ten** tenants.")
    page.get_by_role("button", name="Save and look at it").click()
    assert page.locator(".of-prose strong").inner_text() == "ten"
    page.get_by_role("link", name="Go to delivering it").click()
    page.get_by_role("button", name=re.compile("^Deliver")).click()
    sign_in(context, live_portal, "manager")
    page.goto(address)
    page.get_by_role("button", name="Return with comments").click()
    assert "Say what has to change" in page.content()
    page.get_by_label("Your comments").fill("Thank you.")
    page.get_by_role("button", name="Accept").click()
    context.clear_cookies()
    page.goto("/blog/")
    page.get_by_role("link", name="Where it got to").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Where it got to"
    context.close()
