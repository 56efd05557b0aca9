"""The public page of a tender: everything needed to decide whether to bid, without signing in."""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from odifund.core import clock
from tenders.actions import criterion as criteria
from tenders.actions import owed as deliverables
from tenders.actions import section as sections
from tenders.actions import tender as tenders
from tests import cast
from tests.factories.delivery import finished_tender
from tests.factories.proposal import close
from tests.factories.tender import (
    PROPOSALS_CLOSE,
    PUBLISHED,
    draft_tender,
    programme,
    proposed_tender,
    published_tender,
)

pytestmark = pytest.mark.django_db

MONDAY = datetime(2017, 9, 18, 10, 2, tzinfo=UTC)
SCRIPT = "<script>alert('x')</script>"


def words(response):
    """The page's words, tags and runs of space left out."""
    html = re.sub(r"<(script|style|svg|title)\b.*?</\1>", " ", response.content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def read(client, address="/tenders/SF1/", at=MONDAY):
    with clock.held_at(at):
        return client.get(address)


def test_anybody_reads_when_it_closes_by_whose_clock_and_how_long_is_left(client):
    published_tender()
    page = words(read(client))
    assert "4 days left" in page
    assert "Proposals close at 5pm on Friday 22 September 2017" in page
    assert "London time (BST), by the portal’s clock. On the stroke of 5pm is too late." in page
    assert "Open Tender SF1 Published on 17 August 2017" in page


def test_the_timetable_says_every_date_and_how_far_off_it_is(client):
    published_tender()
    page = words(read(client))
    for line in (
        "Thursday 17 August 2017 Tender published 32 days ago The ODI",
        "Friday 1 September 2017, 5pm Last moment for questions 17 days ago Anyone",
        "Friday 22 September 2017, 5pm Proposals close in 4 days You",
        "Thursday 28 September 2017 Decision expected; letters to everyone in 10 days The ODI",
        "Tuesday 10 October 2017 Kick-off workshop † (our assumption) in 22 days Each lead",
        (
            "Thursday 15 February 2018, 5pm Report; at least two design patterns, artefacts or learning"
            " tools; released data; half of the price is paid † (our assumption) in 150 days Each consortium"
        ),
    ):
        assert line in page
    html = read(client).content.decode()
    assert html.count("of-table__now") == 1
    assert "Proposals close" in html.split("of-table__now")[1][:600]
    assert "of-timeline__wide" in html


def test_money_criteria_scale_sections_and_whom_to_ring_are_there(client):
    published_tender()
    page = words(read(client))
    for said in (
        "£160,000",
        "3 to 5",
        "£53,333",
        "At least two organisations in each consortium † (our assumption)",
        "At least one UK public sector organisation among them",
        "Need and users Who is affected, how you know, and what would change for them 25",
        "Total 100",
        "5 Excellent. Convincing throughout, and others could copy it.",
        "Up to 750 words",
        "Halfway review",
        "50%",
        "020 7946 0142",
        "The notice named no criteria. These are our assumption.",
    ):
        assert said in page


def test_what_the_portal_assumed_is_marked_and_explained_once(client):
    published_tender()
    page = words(read(client))
    assert page.count("†") > 4
    assert page.count("marks what the notice left open and we assumed") == 1


def test_of_a_decided_tender_the_awards_lead_and_of_a_finished_one_the_dates_fold(client):
    tender = finished_tender()
    page = words(read(client, at=tender.finished_at + timedelta(days=90)))
    head = page.split("On this page")[0]
    assert "Awarded on 28 September 2017" in head
    assert "Exampleshire County Council" in head
    assert "The outcome, with every score" in head
    assert "Every date, from publication to the last delivery" in page
    assert "days ago" not in page
    assert "Who acts" not in page


def test_on_the_deadline_the_page_says_closed_before_any_clock_has_closed_it(client):
    tender = published_tender()
    assert "left Proposals close at" in words(read(client, at=PROPOSALS_CLOSE - timedelta(microseconds=1)))
    page = words(read(client, at=PROPOSALS_CLOSE))
    assert "Proposals closed at 5pm on Friday 22 September 2017" in page
    assert "Closed Tender SF1" in page
    assert "Take part" not in page
    close(tender)
    assert "The register of proposals in time" in words(read(client, at=PROPOSALS_CLOSE))


def test_a_draft_does_not_exist_for_the_public(client):
    draft_tender()
    assert read(client).status_code == 404
    client.force_login(cast.person("lead-a", at=PUBLISHED))
    assert read(client).status_code == 404
    client.force_login(cast.person("manager", at=PUBLISHED))
    assert "Only the fund’s staff see this draft." in words(read(client))


@pytest.mark.parametrize(
    "address", ["/tenders/SF2/", "/tenders/SF1'--/", "/tenders/%3Cscript%3E/", "/programmes/x/"]
)
def test_an_address_that_was_made_up_is_not_found(client, address):
    published_tender()
    assert read(client, address).status_code == 404


def test_nothing_that_staff_wrote_runs(client):
    who = {"by": cast.person("manager", at=PUBLISHED), "at": PUBLISHED}
    cast.person("approver", at=PUBLISHED)
    tender = draft_tender()
    tenders.edit(
        tender,
        "about",
        {"title": f"T{SCRIPT}", "summary": f"S{SCRIPT}", "purpose": f"P{SCRIPT}"},
        **who,
    )
    tenders.edit(tender, "who", {"who_may_bid": SCRIPT}, **who)
    tenders.edit(tender, "money", {"money_note": SCRIPT}, **who)
    criterion = tender.criteria.first()
    criteria.edit(criterion, criteria.Judged(title=f"C{SCRIPT}", guidance=SCRIPT, weight=25), **who)
    criteria.set_scale(tender, {0: (SCRIPT, SCRIPT)}, **who)
    sections.edit(tender.sections.first(), sections.Asked(f"Q{SCRIPT}", SCRIPT, word_limit=9), **who)
    owed = tender.owed.get(kind="blog")
    deliverables.edit(owed, title=f"D{SCRIPT}", guidance=SCRIPT, due_at=owed.due_at, **who)
    tenders.propose_publishing(tender, **who)
    tenders.publish(tender, by=cast.person("approver", at=PUBLISHED), at=PUBLISHED)
    for address in ("/tenders/SF1/", "/tenders/", tender.programme.get_absolute_url()):
        html = read(client, address).content.decode()
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert" in html


def test_what_a_person_settled_is_no_longer_called_an_assumption(client):
    tender = proposed_tender()
    who = {"by": cast.person("manager", at=PUBLISHED), "at": PUBLISHED}
    hour, day = timedelta(hours=1), timedelta(days=1)
    tenders.edit(tender, "money", {"highest_price": 50000, "money_note": "We pay the lead."}, **who)
    moved = {"answers_due_at": tender.answers_due_at + hour, "starts_on": tender.starts_on + day}
    tenders.edit(tender, "timetable", moved, **who)
    tenders.edit(tender, "who", {"organisations_least": 1}, **who)
    for owed in tender.owed.all():
        deliverables.edit(
            owed, title=owed.title, due_at=owed.due_at, payment_percent=owed.payment_percent, **who
        )
    criteria.edit(tender.criteria.first(), criteria.Judged(title="Need and users", weight=25), **who)
    tenders.propose_publishing(tender, **who)
    tenders.publish(tender, by=cast.person("approver", at=PUBLISHED), at=PUBLISHED)
    page = words(read(client))
    assert "assumption" not in page
    assert "The notice named no criteria" not in page


def test_the_day_it_was_published_is_said_not_the_day_that_was_planned(client):
    published_tender(publish_on=datetime(2017, 8, 16, tzinfo=UTC).date())
    assert "Thursday 17 August 2017 Tender published" in words(read(client))


def test_the_page_is_small_and_asks_the_database_little(client, django_assert_max_num_queries):
    published_tender()
    with django_assert_max_num_queries(12):
        response = read(client)
    assert len(response.content) < 40_000
    client.force_login(cast.person("lead-a", at=PUBLISHED))
    with django_assert_max_num_queries(12):
        read(client)


def test_more_rows_ask_no_more_queries(client, django_assert_num_queries):
    tender = proposed_tender()
    who = {"by": cast.person("manager", at=PUBLISHED), "at": PUBLISHED}
    criteria.edit(tender.criteria.first(), criteria.Judged(title="Need and users", weight=5), **who)
    for n in range(10):
        criteria.add(tender, criteria.Judged(title=f"More {n}", weight=2), **who)
        sections.add(tender, sections.Asked(title=f"More {n}", word_limit=10), **who)
    tenders.propose_publishing(tender, **who)
    tenders.publish(tender, by=cast.person("approver", at=PUBLISHED), at=PUBLISHED)
    with django_assert_num_queries(8):
        read(client)


def test_a_programme_lists_its_rounds_once_one_is_public(client):
    draft_tender(reference="SF2")
    address = programme().get_absolute_url()
    assert read(client, address).status_code == 404
    published_tender()
    page = words(read(client, address))
    assert "Data-enabled public services" in page
    assert "Reference SF1" in page
    assert "SF2" not in page


def test_pence_are_said_where_there_are_some(client):
    published_tender(highest_price=Decimal("53333.33"))
    assert "£53,333.33" in words(read(client))


def test_a_reference_that_was_said_on_the_telephone_may_be_written_small(client):
    published_tender()
    with clock.held_at(MONDAY):
        assert client.get("/tenders/sf1/").status_code == 200
        assert client.get("/tenders/sf9/").status_code == 404
