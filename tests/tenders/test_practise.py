"""A tender that staff practise with: the whole way is open to them, and to nobody else is any of it there."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from odifund.core import clock
from odifund.core.errors import NotReady, WrongPerson
from odifund.core.models import OutboxMessage
from tenders import access
from tenders.actions import consortium as taking_part
from tenders.actions import question as questions
from tenders.actions import tender as tenders
from tenders.models import Tender
from tenders.queries.tender import missing
from tests import cast
from tests.factories import delivery
from tests.factories import proposal as made
from tests.factories.tender import PUBLISHED, draft_tender, published_tender
from tests.tenders.test_tender_page import words

pytestmark = pytest.mark.django_db

WHILE_OPEN = PUBLISHED + timedelta(days=2)
DOORS = (
    "/tenders/SF1/",
    "/tenders/SF1/feed.atom",
    "/tenders/SF1/timetable.ics",
    "/tenders/SF1/itt.pdf",
    "/tenders/SF1/questions/",
    "/tenders/SF1/register/",
    "/tenders/SF1/register.json",
    "/tenders/SF1/outcome/",
    "/tenders/SF1/take-part/",
    "/tenders/SF1/watch/",
)


def visitor(key=None, at=PUBLISHED):
    client = Client()
    if key:
        client.force_login(cast.person(key, at=at))
    return client


def practice(**more):
    return published_tender(is_practice=True, **more)


def test_it_says_what_it_is_in_its_title_and_above_its_pages():
    tender = practice()
    assert tender.title.startswith("Practice: Stimulus fund")
    with clock.held_at(WHILE_OPEN):
        page = words(visitor("observer").get("/tenders/SF1/"))
        assert "Practice. Only the fund’s staff see this tender." in page
        assert "feed.atom" not in visitor("observer").get("/tenders/SF1/").content.decode()
        published_tender(reference="SF2")
        assert "Practice." not in words(visitor("observer").get("/tenders/SF2/"))


@pytest.mark.parametrize("who", [None, "lead-a", "newcomer"])
@pytest.mark.parametrize("door", DOORS)
def test_outside_the_fund_no_door_leads_to_it(who, door):
    practice()
    client = visitor(who)
    with clock.held_at(WHILE_OPEN):
        known = client.get(door)
        unknown = client.get(door.replace("SF1", "SF7"))
    assert (known.status_code, known.get("Location", "")) == (
        unknown.status_code,
        unknown.get("Location", "").replace("SF7", "SF1"),
    )
    assert "Practice" not in known.content.decode()


@pytest.mark.parametrize("page", ["/", "/tenders/", "/tenders.atom", "/home/", "/patterns/", "/blog/"])
@pytest.mark.parametrize("who", [None, "lead-a"])
def test_no_list_outside_the_fund_names_it(page, who):
    tender = practice()
    client = visitor(who)
    with clock.held_at(WHILE_OPEN):
        assert "Practice" not in client.get(page).content.decode()
        assert tender.programme.get_absolute_url() not in client.get(page).content.decode()
        assert client.get(tender.programme.get_absolute_url()).status_code == 404


def test_a_browser_is_never_told_that_it_has_the_page_already():
    practice()
    with clock.held_at(WHILE_OPEN):
        assert "ETag" not in visitor("observer").get("/tenders/SF1/")


def test_staff_play_the_bidders_and_stand_outside_its_running_then():
    tender = practice()
    proposal = made.complete_proposal(tender, lead="finance", members=("observer",))
    finance = cast.person("finance", at=PUBLISHED)
    assert access.takes_part(finance, tender)
    assert not access.takes_part(cast.person("lead-a", at=PUBLISHED), tender)
    with clock.held_at(WHILE_OPEN):
        assert visitor("finance").get(proposal.get_absolute_url()).status_code == 200
        assert visitor("manager").get(proposal.get_absolute_url()).status_code == 404
        assert "Write and submit “Repairs people can see”" in words(visitor("finance").get("/home/"))
        assert visitor("observer").get("/staff/tenders/SF1/").status_code == 403
    made.submit(proposal)
    opened = made.open_proposals(made.close(tender))
    assert opened.status == Tender.Status.OPENED


def test_nobody_from_outside_takes_part_asks_or_is_invited():
    tender = practice()
    outside = cast.person("lead-a", at=PUBLISHED)
    with clock.held_at(WHILE_OPEN):
        with pytest.raises(WrongPerson):
            taking_part.form(tender, lead=made.consortium_of("lead-b").lead, name="We", by=outside)
        with pytest.raises(WrongPerson):
            questions.ask(tender, text="May we?", by=outside, at=WHILE_OPEN)
        begun = made.draft_proposal(tender, lead="finance", members=(), at=WHILE_OPEN)
        told = {"organisation_name": "Them", "email": outside.email, "by": begun.started_by}
        with pytest.raises(NotReady, match="This is a practice"):
            taking_part.invite(begun.consortium, **told)
    assert not OutboxMessage.objects.filter(address=outside.email).exists()


def test_what_is_delivered_in_it_reaches_no_library():
    delivery.finished_tender()
    anybody = visitor()
    published = [words(anybody.get(page)) for page in ("/patterns/", "/blog/", "/reports/")]
    Tender.objects.update(is_practice=True)
    practised = [words(anybody.get(page)) for page in ("/patterns/", "/blog/", "/reports/")]
    assert all(before != now for before, now in zip(published, practised, strict=True))
    assert not any("Exampleshire" in page for page in practised)


def test_the_whole_way_may_be_walked_on_one_day():
    tender, manager = draft_tender(is_practice=True), cast.person("manager", at=PUBLISHED)
    today, minute = PUBLISHED.date(), timedelta(minutes=10)
    dates = dict.fromkeys(("publish_on", "decision_on", "contracts_on", "starts_on"), today)
    moments = ("questions_close_at", "answers_due_at", "proposals_close_at")
    dates |= {name: PUBLISHED + minute * (1 + after) for after, name in enumerate(moments)}
    form = visitor("manager").get("/staff/tenders/SF1/write/timetable/").context["form"]
    assert form.practises
    tenders.edit(tender, "timetable", dates, by=manager, at=PUBLISHED - minute)
    cast.person("approver", at=PUBLISHED)
    assert list(missing(tender, PUBLISHED)) == []
    Tender.objects.update(is_practice=False)
    tender.refresh_from_db()
    assert "at least 6 days after all answers" in " ".join(m.sentence for m in missing(tender, PUBLISHED))


def test_it_is_one_of_three_kinds_and_is_copied_into_a_real_one():
    manager = visitor("manager")
    draft_tender(is_practice=True)
    typed = {
        "start": "nothing",
        "earlier": "",
        "programme": str(Tender.objects.get().programme_id),
        "reference": "SF5",
        "title": "Try",
        "kind": "practice",
    }
    assert manager.post(reverse("tenders:add_tender"), typed).status_code == 302
    assert Tender.objects.get(reference="SF5").title == "Practice: Try"
    page = manager.get(f"{reverse('tenders:add_tender')}?copy=SF1").content.decode()
    assert 'value="Stimulus fund for service redesign"' in page


def test_the_list_of_the_fund_finds_practices_and_programmes():
    tender = draft_tender(is_practice=True)
    draft_tender(reference="SF2")
    client = visitor("manager")
    page = words(client.get("/staff/tenders/?status=practice"))
    assert "1 tender " in page
    assert "SF2" not in page
    assert "2 tenders " in words(client.get(f"/staff/tenders/?programme={tender.programme.slug}"))
    assert "No tender found" in words(client.get("/staff/tenders/?programme=nonsense"))
