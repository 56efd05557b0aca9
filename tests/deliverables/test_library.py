"""What came of a tender: found from its pages, by its reference, and on cards that say what they show."""

import pytest
from django.test import Client

from deliverables.models import BlogPost, Deliverable
from tests.factories import delivery as stage
from tests.factories.tender import published_tender

pytestmark = pytest.mark.django_db


def seen(address):
    return Client().get(address).content.decode()


@pytest.fixture
def signed(db):
    return stage.contract_of(stage.tender_in_delivery())


@pytest.mark.parametrize("address", ["/tenders/SF1/", "/tenders/SF1/outcome/"])
def test_a_tenders_pages_lead_to_what_came_of_it(signed, address):
    assert "What came of it" not in seen(address)
    for kind in ("pattern", "blog", "report"):
        stage.accepted(signed, kind)
    stage.accepted(stage.contract_of(signed.tender, "lead-b"), "pattern")
    page = seen(address)
    assert 'href="/patterns/?tender=SF1">4 patterns to take and use' in page
    assert 'href="/reports/?tender=SF1">1 report<' in page
    assert 'href="/blog/?tender=SF1">1 set-up blog<' in page


@pytest.mark.parametrize(("address", "kind"), [("/blog/", "blog"), ("/reports/", "report")])
def test_blog_and_reports_can_be_asked_for_by_tender(signed, address, kind):
    stage.accepted(signed, kind)
    other = published_tender(reference="SF9", title="Another round")
    title = BlogPost.objects.get().title if kind == "blog" else signed.title
    page = seen(f"{address}?tender=SF1")
    assert title in page
    assert "SF1" in page
    assert "Show all" in page
    page = seen(f"{address}?tender={other.reference}")
    assert title not in page
    assert "Another round" in page
    for unknown in ("", "NONE", "%01", "<b>"):
        assert title in seen(f"{address}?tender={unknown}")


def test_a_card_says_the_same_on_the_front_page_as_in_the_library(signed):
    stage.accepted(signed, "pattern")
    for address in ("/", "/patterns/"):
        page = seen(address)
        assert (
            "Exampleshire County Council and Pattern &amp; Post<br>Tried by 41 tenants in two councils"
            in page
        )


def test_an_accepted_report_leads_to_its_public_page(signed):
    due = stage.accepted(signed, "report")
    client = Client()
    client.force_login(signed.proposal.started_by)
    assert f'href="/reports/{signed.pk}/"' in client.get(due.get_absolute_url()).content.decode()


def test_the_record_of_a_delivery_shows_titles_as_they_were_typed(signed):
    title = "<script>alert(1)</script> *and* [more](x)"
    due = stage.delivered(signed, "blog", title=title)
    client = Client()
    client.force_login(signed.proposal.started_by)
    page = client.get(due.get_absolute_url()).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; *and* [more](x)</h3>" in page
    assert Deliverable.objects.get(pk=due.pk).deliveries.count() == 1
