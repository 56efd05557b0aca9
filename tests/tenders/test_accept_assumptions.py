"""What the template assumed becomes the fund's own: changed, or said to be right as it stands."""

from datetime import timedelta

import pytest

from odifund.core.models import Event
from tenders.queries.assumed import WORDS
from tenders.queries.writing import ASSUMED_IN
from tenders.stimulus_fund import ASSUMPTIONS
from tests.factories.tender import PUBLISHED, draft_tender, proposed_tender
from tests.factories.visit import visiting
from tests.tenders.test_tender_page import words

pytestmark = pytest.mark.django_db
AT = PUBLISHED - timedelta(hours=12)
WRITE = "/staff/tenders/SF1/write/"
CHECK = "/staff/tenders/SF1/check/"
RIGHT = "This is right: show it as ours, not as an assumption"
ALL_RIGHT = "All this is right: show it as ours, not as our assumptions"


def as_it_stands(page):
    """What the form of a part sends when nothing is changed in it."""
    form, sent = page.context["form"], {}
    for field in form:
        if field.name == "is_right":
            continue
        value = field.value()
        names = getattr(field.field.widget, "names", None)
        if names:
            parts = field.field.widget.decompress(value)
            sent |= {f"{field.html_name}_{name}": part for name, part in zip(names, parts, strict=True)}
        elif value:
            sent[field.html_name] = value
    return {**sent, "seen": page.context["seen"]}


@pytest.mark.parametrize("part", ["money", "timetable", "who"])
def test_a_part_saved_as_it_stands_keeps_its_mark_until_somebody_says_it_is_right(part):
    tender = draft_tender()
    before = (tender.highest_price, tender.proposals_close_at, tender.organisations_least)
    with visiting("manager", at=AT) as manager:
        page = manager.get(f"{WRITE}{part}/")
        assert (RIGHT if part == "who" else ALL_RIGHT) in words(page)
        sent = as_it_stands(page)
        assert manager.post(f"{WRITE}{part}/", sent).status_code == 302
        tender.refresh_from_db()
        assert set(tender.assumptions) == set(ASSUMPTIONS)
        assert manager.post(f"{WRITE}{part}/", {**sent, "is_right": "on"}).status_code == 302
        tender.refresh_from_db()
        left = {name for name in ASSUMPTIONS if ASSUMED_IN.get(name) != part}
        assert set(tender.assumptions) == left
        assert "ssumption" not in words(manager.get(f"{WRITE}{part}/"))
    assert before == (tender.highest_price, tender.proposals_close_at, tender.organisations_least)
    said = Event.objects.filter(name="tender.edited").latest("at", "pk").details.content["what"]
    assert said.endswith("and said that what was assumed is right")


@pytest.mark.parametrize("kind", ["criteria", "deliverables"])
def test_a_list_is_said_to_be_right_with_one_button(kind):
    tender = draft_tender()
    with visiting("manager", at=AT) as manager:
        page = words(manager.get(f"{WRITE}{kind}/"))
        assert RIGHT in page
        if kind == "deliverables":
            assert "Everybody will read that this is our assumption: “Kick-off workshop”, “Set-up" in page
        assert manager.post(f"{WRITE}{kind}/accept/").url == WRITE
        assert RIGHT not in words(manager.get(f"{WRITE}{kind}/"))
    tender.refresh_from_db()
    assert not [name for name in tender.assumptions if ASSUMED_IN.get(name, name) == kind]
    assert "highest_price" in tender.assumptions


def test_what_is_still_assumed_is_listed_for_both_people_and_stops_nobody():
    tender = proposed_tender()
    money = "the highest price of one proposal, that its sums are without VAT, that the lead alone is paid"
    with visiting("manager", at=AT) as manager:
        check = manager.get(CHECK)
        assert money in words(check)
        assert f'href="{WRITE}money/"' in check.content.decode()
    with visiting("approver", at=PUBLISHED) as approver:
        page = approver.get("/staff/tenders/SF1/publish/")
        assert money in words(page)
        assert f'href="{WRITE}money/"' not in page.content.decode()
        assert "Confirm and publish now" in words(page)
    tender.assumptions = []
    tender.save()
    with visiting("manager", at=AT) as manager:
        assert "ssumption" not in words(manager.get(CHECK))


def test_a_proposed_tender_whose_assumption_was_accepted_is_proposed_again():
    proposed_tender()
    with visiting("manager", at=PUBLISHED) as manager:
        manager.post(f"{WRITE}criteria/accept/")
        assert "Propose it again, as it is now" in words(manager.get(CHECK))


def test_every_assumption_of_the_template_has_words():
    assert {name for name in ASSUMPTIONS if not name.startswith("owed.")} == set(WORDS)
