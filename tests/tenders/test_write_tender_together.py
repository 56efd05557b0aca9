"""Two people on one draft: nobody writes over what a colleague saved, and what was proposed stays that."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from odifund.core import people
from odifund.core.models import Person
from odifund.core.wording import moment
from tenders.actions import criterion as criteria
from tenders.actions import owed as deliverables
from tenders.actions import section as sections
from tenders.actions import tender as tenders
from tenders.models import Tender
from tests import cast
from tests.factories.tender import PROPOSALS_CLOSE, PUBLISHED, draft_tender, proposed_tender, published_tender
from tests.factories.visit import text_of, visiting
from tests.tenders.test_tender_page import words

pytestmark = pytest.mark.django_db
AT = PUBLISHED - timedelta(hours=12)
CHECK = "/staff/tenders/SF1/check/"
ONLY = "Only what differs from what you typed, which stands below."
LABELS = {"criterion": "Criterion", "section": "Title of the section", "owed": "What is owed"}
SEEN = re.compile(r'name="seen" value="([0-9a-f]{64})"')


def colleague():
    return {"by": cast.person("manager", at=AT), "at": AT}


def second_manager():
    second = Person.objects.make("second@fund.example.org", "Second", joined_at=AT)
    people.give_role(second, "manager", by=None, at=AT)
    return second


def change(tender, kind):
    """A colleague changes the first row of a list; returns its address and what the form would send."""
    if kind == "criterion":
        row = tender.criteria.first()
        criteria.edit(row, criteria.Judged(title="Need of people", weight=25), **colleague())
        return {"title": "Mine", "weight": "25", "guidance": "", "kind": "quality"}
    if kind == "section":
        row = tender.sections.first()
        sections.edit(row, sections.Asked("Theirs", word_limit=100), **colleague())
        return {"title": "Mine", "kind": "text", "word_limit": "100", "guidance": "", "criterion": ""}
    row = tender.owed.first()
    deliverables.edit(row, title="Theirs", due_at=row.due_at, **colleague())
    return {"title": "Mine", "at_least": "1", "payment_percent": "0", "guidance": ""}


def first_of(tender, kind):
    return {"criterion": tender.criteria, "section": tender.sections, "owed": tender.owed}[kind].first()


@pytest.mark.parametrize("kind", ["criterion", "section", "owed"])
def test_a_row_that_a_colleague_changed_is_not_written_over(kind):
    tender = draft_tender()
    address = reverse(f"tenders:edit_{kind}", args=["SF1", first_of(tender, kind).pk])
    with visiting("manager", at=AT) as manager:
        seen = SEEN.search(text_of(manager.get(address)))[1]
        mine = {**change(tender, kind), "seen": seen}
        refused = manager.post(address, mine)
        assert "A colleague changed this part after you opened it" in words(refused)
        assert f"What is saved now {ONLY} {LABELS[kind]} {first_of(tender, kind).title}" in words(refused)
        assert 'value="Mine"' in text_of(refused)
        assert first_of(tender, kind).title != "Mine"
        again = SEEN.search(text_of(refused))[1]
        assert manager.post(address, {**mine, "seen": again}).status_code == 302
    assert first_of(tender, kind).title == "Mine"


def saved_meanwhile(part, theirs, mine):
    """What the page shows of a colleague's work to whoever saves a part after them."""
    tender = draft_tender()
    with visiting("manager", at=AT) as manager:
        address = f"/staff/tenders/SF1/write/{part}/"
        seen = SEEN.search(text_of(manager.get(address)))[1]
        tenders.edit(tender, part, theirs, **colleague())
        answer = manager.post(address, {**mine, "seen": seen})
    assert "A colleague changed this part" in words(answer)
    return {each.key: each.text for each in answer.context["theirs"]}, words(answer)


def test_what_a_colleague_saved_of_a_part_stands_on_the_same_page_in_words():
    theirs = {"pot": Decimal(90000), "highest_price": Decimal("45000.50"), "awards_most": None}
    mine = {"pot": "90,000", "highest_price": "50000", "awards_least": "3", "awards_most": "4"}
    saved, page = saved_meanwhile("money", theirs, {**mine, "money_note": "We pay."})
    assert saved.pop("How and whom we pay").startswith("We pay the lead organisation alone")
    assert saved == {
        "Highest price of one proposal, without VAT": "£45,000.50",
        "Greatest number of awards": "Nothing",
    }
    assert f"What is saved now {ONLY} Highest price of one proposal, without VAT £45,000.50" in page


def test_ticks_choices_and_dates_of_a_colleague_are_said_in_words():
    saved, _ = saved_meanwhile("who", {"needs_uk_public_sector": False}, {"organisations_least": "2"})
    assert set(saved) == {"Who may bid"}
    mine = {"cost_kinds": ["staff"], "cost_guidance": "", "bidders_plan_payments": "on"}
    Tender.objects.all().delete()
    saved, _ = saved_meanwhile("costs", {"cost_guidance": "Theirs"}, mine)
    assert saved.pop("Kinds of cost that proposals may use").startswith("Staff, ")
    assert saved == {
        "What to say about costs": "Theirs",
        "Bidders may divide their price over the payments in their own way": "Not ticked",
    }
    Tender.objects.all().delete()
    saved, _ = saved_meanwhile("timetable", {"publish_hour": 7}, {"publish_hour": "8"})
    assert (saved["Hour of publication"], saved["Day of publication"]) == ("7am", "17 August 2017")
    assert saved["Proposals close"] == moment(PROPOSALS_CLOSE)


def test_a_colleague_who_saved_the_same_is_said_to_have():
    saved, page = saved_meanwhile("panel", {"evaluators_least": 5}, {"evaluators_least": "5"})
    assert saved == {}
    assert "It reads the same as what you typed." in page


def test_the_scale_that_a_colleague_changed_is_not_written_over():
    tender = draft_tender()
    address = reverse("tenders:edit_scale", args=["SF1"])
    mine = {f"name_{score}": "Mine" for score in range(6)} | {f"meaning_{score}": "M" for score in range(6)}
    with visiting("manager", at=AT) as manager:
        seen = SEEN.search(text_of(manager.get(address)))[1]
        criteria.set_scale(tender, {0: ("Theirs", "None")}, **colleague())
        refused = manager.post(address, {**mine, "seen": seen})
        assert "A colleague changed this part" in words(refused)
        assert f"What is saved now {ONLY} Word for 0 Theirs What 0 means None" in words(refused)
        assert tender.scale.get(score=0).name == "Theirs"
        again = SEEN.search(text_of(refused))[1]
        assert manager.post(address, {**mine, "seen": again}).status_code == 302
    assert tender.scale.get(score=0).name == "Mine"


def test_a_row_that_a_colleague_removed_is_said_to_be_and_the_words_are_kept():
    tender = draft_tender()
    row = tender.criteria.first()
    address = reverse("tenders:edit_criterion", args=["SF1", row.pk])
    with visiting("manager", at=AT) as manager:
        criteria.remove(row, **colleague())
        gone = manager.post(
            address, {"title": "People’s need", "weight": "25", "guidance": "Long words", "kind": "quality"}
        )
    assert gone.status_code == 404
    assert "somebody has removed it since" in words(gone)
    assert "Long words" in text_of(gone)
    assert reverse("tenders:criteria", args=["SF1"]) in text_of(gone)


def test_a_draft_changed_after_it_was_proposed_has_to_be_proposed_again():
    tender = proposed_tender()
    tenders.edit(tender, "about", {"title": "Another title"}, **colleague())
    with visiting("approver", at=PUBLISHED) as approver:
        assert "Confirm that SF1 is published" not in words(approver.get("/home/"))
        assert "Read it, and confirm publishing" not in words(approver.get("/staff/tenders/SF1/"))
        page = words(approver.get("/staff/tenders/SF1/publish/"))
        assert "has to be proposed again" in page
        assert "Confirm and publish now" not in page
        listed = words(approver.get("/staff/tenders/"))
        assert "Changed since it was proposed: propose it again" in listed
        assert "A second person to confirm publishing" not in listed
    with visiting("manager", at=AT) as manager:
        page = words(manager.get("/staff/tenders/SF1/write/"))
        assert "Changed since" in page
        assert "A second person confirms Opens when one person has proposed it Cannot start yet" in page
        assert "Changed since" in words(manager.get("/staff/tenders/SF1/check/"))
        assert "Finish the draft of SF1" in words(manager.get("/home/"))


def test_what_waits_unchanged_is_confirmed_or_taken_back_and_not_proposed_again():
    tender = proposed_tender()
    second_manager()
    with visiting("manager", at=PUBLISHED) as manager:
        page = words(manager.get(CHECK))
        assert "You proposed to publish it at 10am on Thursday 17 August 2017" in page
        assert "It waits for the second person: Beatrix Holm or Second." in page
        assert "Take it back" in page
        assert "Propose it again" not in page
        with CaptureQueriesContext(connection) as asked:
            manager.get(CHECK)
        assert len(asked) <= 12
        assert "Read it and confirm" not in page
        tenders.edit(tender, "about", {"title": "Another title"}, **colleague())
        changed = words(manager.get(CHECK))
        assert "Propose it again, as it is now" in changed
        assert "It waits for the second person" not in changed
        manager.post("/staff/tenders/SF1/propose/")
        assert "It waits for the second person" in words(manager.get(CHECK))
        manager.post("/staff/tenders/SF1/take-back/")
        assert "Propose publishing" in words(manager.get(CHECK)).replace("Check and propose publishing", "")


def test_another_manager_is_led_from_the_check_to_confirming():
    proposed_tender()
    with visiting(None, at=PUBLISHED) as browser:
        browser.force_login(second_manager())
        page = words(browser.get(CHECK))
        assert "Morgan Ellery proposed to publish it at" in page
        assert "Read it and confirm" in page


@pytest.mark.parametrize("part", ["about/", "scale/", "criteria/", "criteria/add/", ""])
def test_a_public_tender_is_not_open_for_writing(part):
    published_tender()
    with visiting("manager", at=PUBLISHED) as manager:
        assert manager.get(f"/staff/tenders/SF1/write/{part}").url == "/staff/tenders/SF1/"


def test_a_tender_begun_from_nothing_says_what_is_not_started():
    manager = cast.person("manager", at=AT)
    tenders.draft(draft_tender(reference="SF2").programme, reference="SF1", title="New", by=manager, at=AT)
    with visiting("manager", at=AT) as browser:
        browser.post("/staff/tenders/SF1/write/money/", {"pot": "160000"})
        page = words(browser.get("/staff/tenders/SF1/write/"))
    assert "2 of 10 parts are complete" in page
    assert "About and programme Not started yet" in page
    assert "Criteria and weights Not started yet" in page
    assert "Money Enter the highest price of one proposal. And 2 things more. In progress" in page
    assert "Cannot start yet" in page.partition("Check and propose publishing")[2]
    assert "In progress" not in page.partition("Check and propose publishing")[2]


def test_our_assumptions_are_marked_where_they_can_be_changed():
    tender = draft_tender()
    with visiting("manager", at=AT) as manager:
        page = words(manager.get("/staff/tenders/SF1/write/money/"))
        assert "Highest price of one proposal, without VAT Our assumption" in page
        assert "Money in all, without VAT That it is without VAT is our assumption. £" in page
        assert "no longer shown as our assumption" in page
        tender.assumptions = []
        tender.save()
        assert "ssumption" not in words(manager.get("/staff/tenders/SF1/write/money/"))
