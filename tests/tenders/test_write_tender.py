"""Writing a tender in the browser: the desk, the task list, each part's page, and what they refuse."""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse

from odifund.core import clock
from tenders.models import Programme, Tender
from tenders.queries import writing
from tests import cast
from tests.factories.tender import PUBLISHED, draft_tender, programme, proposed_tender, published_tender
from tests.tenders.test_tender_page import SCRIPT, words

pytestmark = pytest.mark.django_db

QUALITY, TEXT = {"kind": "quality"}, {"kind": "text"}

BEFORE = PUBLISHED - timedelta(hours=12)


@pytest.fixture
def manager(client):
    client.force_login(cast.person("manager", at=BEFORE))
    return client


def get(client, name, *args):
    with clock.held_at(BEFORE):
        return client.get(reverse(f"tenders:{name}", args=args))


def post(client, name, *args, **data):
    with clock.held_at(BEFORE):
        return client.post(reverse(f"tenders:{name}", args=args), data)


def moment(name, day, month, year, time="5pm"):
    return {f"{name}_day": day, f"{name}_month": month, f"{name}_year": year, f"{name}_time": time}


def test_an_empty_portal_leads_to_the_first_programme_and_then_to_its_tender(manager):
    assert "No tender yet" in words(get(manager, "staff_tenders"))
    assert get(manager, "add_tender").url == reverse("tenders:add_programme")
    assert "there is none yet" in words(get(manager, "add_programme"))
    added = post(manager, "add_programme", title="Open data in care", purpose="To learn.")
    assert added.url == reverse("tenders:add_tender")
    assert Programme.objects.get().slug == "open-data-in-care"


def test_a_tender_begins_from_the_template_with_its_dates(manager):
    chosen = programme(at=BEFORE)
    data = {"start": "template", "programme": chosen.pk, "reference": "sf5", "title": "Our fifth round"}
    day = {"publish_on_day": "17", "publish_on_month": "8", "publish_on_year": "2017"}
    begun = post(manager, "add_tender", **data, **day)
    assert begun.url == reverse("tenders:write_tender", args=["SF5"])
    tender = Tender.objects.get()
    assert (tender.title, tender.proposals_close_at) == (
        "Our fifth round",
        datetime(2017, 9, 22, 16, tzinfo=UTC),
    )


def test_the_page_that_begins_a_tender_asks_under_each_choice_what_it_needs(manager):
    draft_tender()
    page = get(manager, "add_tender").content.decode()
    under = page.partition('id="id_start_1"')[2].partition('"govuk-radios__conditional"')[2]
    assert under.index('name="earlier"') < under.index('id="id_start_2"')
    assert page.count('name="earlier"') == 1
    said = words(get(manager, "add_tender"))
    assert "Documents, questions, notices, people and proposals stay behind." in said
    assert re.findall('name="kind" type="radio" value="([a-z]+)"( checked)?', re.sub(r"\s+", " ", page)) == [
        ("counts", " checked"),
        ("practice", ""),
        ("rehearsal", ""),
    ]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (
            {"start": "template", "reference": "SF5"},
            "Enter the day of publication, because the template counts",
        ),
        ({"start": "nothing", "reference": "S F/5"}, "only letters, numbers and hyphens"),
        ({"start": "nothing", "reference": SCRIPT}, "20 characters or fewer"),
        ({"start": "nothing", "reference": "SF1"}, "Another tender has the reference SF1"),
        ({"start": "", "reference": "SF5"}, "Select how you want to start"),
    ],
)
def test_a_beginning_that_cannot_be_is_told_why_and_kept(manager, data, said):
    chosen = draft_tender().programme
    refused = post(manager, "add_tender", programme=chosen.pk, title="Our fifth round", **data)
    assert said in words(refused)
    assert "There is a problem" in words(refused)
    assert 'href="#id_' in refused.content.decode()
    assert "Our fifth round" in refused.content.decode()
    assert Tender.objects.count() == 1


def test_a_made_up_programme_is_not_taken(manager):
    programme(at=BEFORE)
    refused = post(manager, "add_tender", start="nothing", programme=uuid4(), reference="SF5", title="T")
    assert "Choose the programme from the list" in words(refused)
    assert not Tender.objects.exists()


def test_the_task_list_says_where_an_assumption_of_the_template_stands(manager):
    tender = draft_tender()
    listed, _ = writing.tasks(tender, PUBLISHED)
    to_check = [task.title for task in listed if task.hint]
    assert to_check == [
        "Money",
        "Timetable",
        "Who may bid",
        "Criteria and weights",
        "Deliverables and payments",
    ]
    Tender.objects.update(assumptions=["owed.blog"])
    tender.refresh_from_db()
    listed, _ = writing.tasks(tender, PUBLISHED)
    assert [task.title for task in listed if task.hint] == ["Deliverables and payments"]


def test_the_task_list_says_how_far_each_part_is(manager):
    draft_tender()
    cast.person("approver", at=BEFORE)
    page = words(get(manager, "write_tender", "SF1"))
    assert "10 of 10 parts are complete" in page
    assert "Check and propose publishing Nothing is missing Ready" in page
    assert "A second person confirms Opens when one person has proposed it Cannot start yet" in page
    first = Tender.objects.get().criteria.first()
    post(
        manager,
        "edit_criterion",
        "SF1",
        first.pk,
        title="Need and users",
        guidance="",
        weight="24",
        **QUALITY,
    )
    page = words(get(manager, "write_tender", "SF1"))
    assert "9 of 10 parts are complete" in page
    assert "Criteria and weights The weights add to 99. Make them add to 100. In progress" in page
    check = get(manager, "check_tender", "SF1")
    assert "The weights add to 99. Make them add to 100." in words(check)
    assert reverse("tenders:criteria", args=["SF1"]) in check.content.decode()
    assert "Propose publishing" not in words(check).replace("Check and propose publishing", "")


@pytest.mark.parametrize(("weight", "said"), [("24", "99 1 missing"), ("27", "102 2 too many")])
def test_weights_that_do_not_add_up_say_by_how_much_there_and_in_the_task_list(manager, weight, said):
    tender = draft_tender()
    Tender.objects.update(assumptions=[])
    assert "Total, to be 100 100 Add a criterion" in words(get(manager, "criteria", "SF1"))
    first = {"title": "Need and users", "guidance": "", "weight": weight, **QUALITY}
    post(manager, "edit_criterion", "SF1", tender.criteria.first().pk, **first)
    assert f"Total, to be 100 {said}" in words(get(manager, "criteria", "SF1"))
    page = words(get(manager, "write_tender", "SF1"))
    total = said.split()[0]
    assert f"Criteria and weights The weights add to {total}. Make them add to 100. In progress" in page


def test_payments_that_do_not_add_up_say_by_how_much_there_and_in_the_task_list(manager):
    tender = draft_tender()
    Tender.objects.update(assumptions=[])
    assert "Total, to be 100% 100% Add a deliverable" in words(get(manager, "deliverables", "SF1"))
    tender.owed.filter(kind="halfway").update(payment_percent=40, due_at=None)
    assert "Total, to be 100% 90% 10% missing" in words(get(manager, "deliverables", "SF1"))
    page = words(get(manager, "write_tender", "SF1"))
    assert (
        "Deliverables and payments The payments add to 90%. Make them add to 100%. And 1 thing more." in page
    )
    tender.owed.filter(kind="halfway").update(payment_percent=51, due_at=tender.owed.first().due_at)
    assert "Total, to be 100% 101% 1% too many" in words(get(manager, "deliverables", "SF1"))
    page = words(get(manager, "write_tender", "SF1"))
    assert "Deliverables and payments The payments add to 101%. Make them add to 100%. In progress" in page


def test_money_is_read_as_people_write_it(manager):
    draft_tender()
    sums = {"pot": "£90,000.50", "highest_price": "30 000", "awards_least": "2", "awards_most": "3"}
    assert post(manager, "edit_money", "SF1", **sums, money_note="We pay the lead.").status_code == 302
    tender = Tender.objects.get()
    assert (tender.pot, tender.highest_price) == (Decimal("90000.50"), Decimal(30000))


@pytest.mark.parametrize("typed", ["1e9", "-3", "12,00.5", "abc", "£", "1.234"])
def test_money_that_is_none_is_refused_and_kept(manager, typed):
    draft_tender()
    refused = post(
        manager, "edit_money", "SF1", pot=typed, highest_price="1", awards_least="1", awards_most="1"
    )
    assert refused.status_code == 422
    assert "There is a problem" in words(refused)
    assert f'value="{typed}"' in refused.content.decode()
    assert Tender.objects.get().pot == Decimal(160000)


def test_money_that_contradicts_itself_is_said_at_the_field(manager):
    draft_tender()
    sums = {"pot": "100", "highest_price": "101", "awards_least": "3", "awards_most": "2"}
    page = words(post(manager, "edit_money", "SF1", **sums))
    assert "The highest price must not be more than there is in all" in page
    assert "The greatest number of awards must not be less than the least" in page


def test_dates_are_typed_in_boxes_and_out_of_order_is_said_at_the_later_one(manager):
    draft_tender()
    refused = post(
        manager,
        "edit_timetable",
        "SF1",
        **moment("questions_close_at", "25", "9", "2017"),
        **moment("proposals_close_at", "22", "9", "2017"),
    )
    assert "Proposals have to close after questions close" in words(refused)
    assert 'href="#id_proposals_close_at' in refused.content.decode()


def test_a_local_time_that_does_not_exist_is_refused_and_one_beside_it_is_stored_as_its_instant(manager):
    tender = draft_tender()
    gone = moment("proposals_close_at", "25", "3", "2018", "1:30am")
    assert "That time does not exist on 25 March 2018" in words(
        post(manager, "edit_timetable", "SF1", **gone)
    )
    twice = moment("proposals_close_at", "29", "10", "2017", "1:30am")
    assert "That time happens twice on 29 October 2017" in words(
        post(manager, "edit_timetable", "SF1", **twice)
    )
    tender.refresh_from_db()
    assert tender.proposals_close_at == datetime(2017, 9, 22, 16, tzinfo=UTC)
    post(manager, "edit_timetable", "SF1", **moment("proposals_close_at", "29", "10", "2017", "2:30am"))
    tender.refresh_from_db()
    assert tender.proposals_close_at == datetime(2017, 10, 29, 2, 30, tzinfo=UTC)


def test_each_part_and_each_list_has_its_page(manager):
    tender = draft_tender()
    for name in ("edit_about", "edit_money", "edit_timetable", "edit_who", "edit_panel", "edit_scale"):
        assert get(manager, name, "SF1").status_code == 200
    for name in ("criteria", "sections", "deliverables", "add_criterion", "add_section"):
        assert get(manager, name, "SF1").status_code == 200
    assert get(manager, "edit_owed", "SF1", tender.owed.first().pk).status_code == 200
    about = {"programme": tender.programme_id, "title": "New title", "summary": "S", "purpose": "P"}
    assert post(manager, "edit_about", "SF1", **about).status_code == 302
    who = {"who_may_bid": "All", "organisations_least": "1", "needs_uk_public_sector": ""}
    assert post(manager, "edit_who", "SF1", **who).status_code == 302
    tender.refresh_from_db()
    assert (tender.title, tender.organisations_least, tender.needs_uk_public_sector) == (
        "New title",
        1,
        False,
    )


def test_rows_are_added_changed_moved_and_removed(manager):
    tender = draft_tender()
    post(manager, "add_criterion", "SF1", title="Ethics", guidance="", weight="5", **QUALITY)
    added = tender.criteria.get(code="ethics")
    post(manager, "move_criterion", "SF1", added.pk)
    assert [each.code for each in tender.criteria.all()][-2] == "ethics"
    post(
        manager,
        "add_section",
        "SF1",
        title="Ethics",
        word_limit="100",
        **TEXT,
        criterion=added.pk,
        required="on",
    )
    section = tender.sections.get(title="Ethics")
    assert (section.criterion, section.required) == (added, True)
    post(manager, "edit_section", "SF1", section.pk, title="Care", word_limit="100", criterion="", **TEXT)
    section.refresh_from_db()
    assert (section.title, section.criterion, section.required) == ("Care", None, False)
    post(manager, "remove_section", "SF1", section.pk)
    post(manager, "remove_criterion", "SF1", added.pk)
    assert (tender.criteria.count(), tender.sections.count()) == (5, 5)
    blog = tender.owed.get(kind="blog")
    post(manager, "remove_owed", "SF1", blog.pk)
    due = moment("due_at", "20", "10", "2017")
    data = {"title": "Blog", "guidance": "", "at_least": "1", "payment_percent": "0"}
    post(manager, "add_owed", "SF1", kind="blog", **data, **due)
    assert tender.owed.get(kind="blog").due_at == datetime(2017, 10, 20, 16, tzinfo=UTC)


@pytest.mark.parametrize("weight", ["0", "101", "-3", "1e9", "12,00.5", "ten", ""])
def test_a_weight_that_is_none_is_refused(manager, weight):
    tender = draft_tender()
    refused = post(manager, "add_criterion", "SF1", title="Ethics", weight=weight, **QUALITY)
    assert "There is a problem" in words(refused)
    assert tender.criteria.count() == 5


def test_a_row_of_another_tender_is_not_found_through_this_one(manager):
    tender, other = draft_tender(), draft_tender(reference="SF2")
    foreign = other.criteria.first()
    assert get(manager, "edit_criterion", "SF1", foreign.pk).status_code == 404
    assert post(manager, "remove_criterion", "SF1", foreign.pk).status_code == 404
    assert get(manager, "edit_section", "SF1", uuid4()).status_code == 404
    forged = post(manager, "add_section", "SF1", title="T", word_limit="10", criterion=foreign.pk, **TEXT)
    assert "Choose a criterion from the list" in words(forged)
    assert (tender.criteria.count(), other.criteria.count()) == (5, 5)


def test_script_in_any_text_is_shown_and_never_runs(manager):
    tender = draft_tender()
    post(
        manager,
        "edit_about",
        "SF1",
        programme=tender.programme_id,
        title=SCRIPT,
        summary=SCRIPT,
        purpose=SCRIPT,
    )
    first = tender.criteria.first()
    post(manager, "edit_criterion", "SF1", first.pk, title=SCRIPT, guidance=SCRIPT, weight="25", **QUALITY)
    post(
        manager,
        "edit_section",
        "SF1",
        tender.sections.first().pk,
        title=SCRIPT,
        guidance=SCRIPT,
        word_limit="9",
        **TEXT,
    )
    pages = [
        "write_tender",
        "edit_about",
        "criteria",
        "sections",
        "add_section",
        "check_tender",
        "staff_tender",
    ]
    for name in pages:
        html = get(manager, name, "SF1").content.decode()
        assert "<script>alert" not in html, name
        assert "&lt;script&gt;alert" in html, name


def test_get_changes_nothing(manager):
    tender = draft_tender()
    row = tender.criteria.last()
    assert get(manager, "move_criterion", "SF1", row.pk).status_code == 405
    assert get(manager, "remove_criterion", "SF1", row.pk).status_code == 200
    for name in ("propose_publishing", "take_back_publishing"):
        assert get(manager, name, "SF1").status_code == 405
    assert [each.pk for each in tender.criteria.all()][-1] == row.pk


@pytest.mark.parametrize(
    ("player", "status"),
    [
        ("approver", 403),
        ("observer", 403),
        ("administrator", 403),
        ("evaluator-1", 403),
        ("finance", 403),
        ("lead-a", 404),
    ],
)
def test_only_managers_write(client, player, status):
    tender = draft_tender()
    client.force_login(cast.person(player, at=BEFORE))
    for name in ("write_tender", "edit_money", "criteria", "add_section", "edit_scale", "check_tender"):
        assert get(client, name, "SF1").status_code == status, name
    assert post(client, "edit_money", "SF1", pot="1").status_code == status
    assert post(client, "remove_criterion", "SF1", tender.criteria.first().pk).status_code == status
    assert post(client, "propose_publishing", "SF1").status_code == status
    assert tender.criteria.count() == 5


def test_who_has_not_signed_in_is_asked_to(client):
    draft_tender()
    for name in ("staff_tender", "write_tender", "publish", "edit_money"):
        answer = get(client, name, "SF1")
        assert answer.status_code == 302
        assert answer.url.startswith("/sign-in/")


def test_a_published_tender_is_not_written_any_more(manager):
    published_tender()
    assert get(manager, "write_tender", "SF1").status_code == 302
    refused = post(manager, "edit_who", "SF1", who_may_bid="Friends", organisations_least="1")
    assert refused.status_code == 409
    assert Tender.objects.get().who_may_bid != "Friends"


def test_one_proposes_and_another_reads_and_confirms(client):
    draft_tender()
    manager, approver = cast.person("manager", at=BEFORE), cast.person("approver", at=BEFORE)
    client.force_login(manager)
    assert post(client, "propose_publishing", "SF1").status_code == 302
    own = get(client, "publish", "SF1")
    assert "so another person has to confirm it" in words(own)
    assert "Confirm and publish now" not in words(own)
    client.force_login(approver)
    assert "Read it, and confirm publishing" in words(get(client, "staff_tender", "SF1"))
    page = get(client, "publish", "SF1")
    assert "Confirm and publish now" in words(page)
    assert "Need and users" in words(page)
    read = page.context["read"]
    assert post(client, "publish", "SF1").status_code == 409
    assert post(client, "publish", "SF1", read="0" * 64).status_code == 409
    assert Tender.objects.get().status == "draft"
    assert post(client, "publish", "SF1", read=read).url == "/tenders/SF1/"
    assert Tender.objects.get().status == "published"
    assert post(client, "publish", "SF1", read=read).status_code == 409


def test_what_was_proposed_can_be_taken_back(client):
    proposed_tender()
    client.force_login(cast.person("approver", at=BEFORE))
    assert post(client, "take_back_publishing", "SF1").status_code == 302
    assert "Nobody has proposed" in words(get(client, "publish", "SF1"))


def test_the_desk_shows_where_each_stands_and_what_waits(client):
    proposed_tender()
    client.force_login(cast.person("observer", at=BEFORE))
    page = words(get(client, "staff_tenders"))
    assert "Draft To be published on 17 August 2017 A second person to confirm publishing –" in page
    assert "Begin a tender" not in page


def test_the_desk_is_for_who_oversees(client):
    for player, status in (("evaluator-1", 403), ("finance", 403), ("lead-a", 404), ("approver", 200)):
        client.force_login(cast.person(player, at=BEFORE))
        assert get(client, "staff_tenders").status_code == status


def test_the_desk_says_of_each_draft_how_much_is_missing(manager):
    draft_tender()
    cast.person("approver", at=BEFORE)
    assert "published on 17 August 2017 Ready to propose –" in words(get(manager, "staff_tenders"))
    Tender.objects.update(pot=None)
    assert "17 August 2017 1 thing missing –" in words(get(manager, "staff_tenders"))
    data = {"start": "nothing", "programme": programme().pk, "reference": "SF2", "title": "Our second round"}
    post(manager, "add_tender", **data)
    lacking = len(get(manager, "check_tender", "SF2").context["lacks"])
    assert f"Draft – {lacking} things missing –" in words(get(manager, "staff_tenders"))


def test_what_is_missing_since_it_was_proposed_is_said_too(manager):
    proposed_tender()
    Tender.objects.update(pot=None)
    said = "Changed since it was proposed: propose it again 1 thing missing –"
    assert said in words(get(manager, "staff_tenders"))


def test_the_desk_comes_in_pages_and_asks_no_more_queries_with_more_rows(
    manager, django_assert_max_num_queries
):
    proposed_tender()
    with django_assert_max_num_queries(12):
        get(manager, "staff_tenders")
    first = Tender.objects.get()
    Tender.objects.bulk_create(
        Tender(
            programme=first.programme,
            reference=f"SF{n}",
            title=f"Round {n}",
            drafted_by_id=first.drafted_by_id,
            drafted_at=BEFORE,
        )
        for n in range(2, 50)
    )
    with django_assert_max_num_queries(12):
        assert "Page 1 of 2" in words(get(manager, "staff_tenders"))
    with clock.held_at(BEFORE):
        assert manager.get("/staff/tenders/?page=nonsense").status_code == 200


def test_a_programmes_words_are_changed_and_its_address_stays(manager):
    published_tender()
    page = manager.get(programme().get_absolute_url())
    assert reverse("tenders:edit_programme", args=[programme().slug]) in page.content.decode()
    changed = post(manager, "edit_programme", programme().slug, title=f"New {SCRIPT}", purpose="To learn.")
    assert changed.url == "/programmes/data-enabled-public-services/"
    html = manager.get(changed.url).content.decode()
    assert "<script>alert" not in html
    assert "To learn." in html


def test_the_next_reference_is_one_after_the_greatest(manager):
    draft_tender(reference="SF7")
    draft_tender(reference="PILOT")
    page = get(manager, "add_tender")
    assert 'value="SF8"' in page.content.decode()
    assert re.findall(r"\bSF\d", words(page).partition("Reference")[2]) == []  # suggested, no other named


def test_two_who_write_the_same_part_are_told_and_neither_loses_a_word(manager):
    tender = draft_tender()
    seen = get(manager, "edit_who", "SF1").context["seen"]
    mine = {"who_may_bid": "Mine", "organisations_least": "1", "seen": seen}
    assert post(manager, "edit_who", "SF1", **{**mine, "who_may_bid": "Theirs"}).status_code == 302
    told = post(manager, "edit_who", "SF1", **mine)
    assert "A colleague changed this part after you opened it" in words(told)
    assert "Mine" in words(told)
    tender.refresh_from_db()
    assert tender.who_may_bid == "Theirs"
    again = {**mine, "seen": told.context["seen"]}
    assert post(manager, "edit_who", "SF1", **again).status_code == 302
    tender.refresh_from_db()
    assert tender.who_may_bid == "Mine"


def test_a_mistake_in_a_field_does_not_hide_what_a_colleague_saved_meanwhile(manager):
    tender = draft_tender()
    seen = get(manager, "edit_who", "SF1").context["seen"]
    post(manager, "edit_who", "SF1", who_may_bid="Theirs", organisations_least="1")
    wrong = post(manager, "edit_who", "SF1", who_may_bid="Mine", organisations_least="-3", seen=seen)
    assert wrong.context["seen"] == seen
    told = post(manager, "edit_who", "SF1", who_may_bid="Mine", organisations_least="1", seen=seen)
    assert "A colleague changed this part" in words(told)
    tender.refresh_from_db()
    assert tender.who_may_bid == "Theirs"
