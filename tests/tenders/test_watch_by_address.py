"""Watching with an address alone: asked, confirmed, told like everybody, left, forgotten, shown to nobody."""

import re
from datetime import timedelta

import pytest
from django.core import mail as sent_by_django
from django.core.cache import cache
from django.test import Client

from odifund.core import clock, postman, reminders
from odifund.core.errors import MovedOn
from odifund.core.models import Event, EventDetails, OutboxMessage
from tenders import tasks
from tenders.actions import address_watch, notice, question, watch
from tenders.actions import answer as answers
from tenders.models import AddressWatch, Tender
from tests import cast
from tests.core import smtp
from tests.factories.tender import PUBLISHED, QUESTIONS_CLOSE, published_tender
from tests.factories.visit import text_of, visiting

pytestmark = pytest.mark.django_db
ADDRESS = "reader@lanes.example.org"
LATER = PUBLISHED + timedelta(days=3)
ASK = "/tenders/SF1/watch/address/"


@pytest.fixture(autouse=True)
def tender():
    cache.clear()
    published = published_tender()
    OutboxMessage.objects.all().delete()
    return published


def ask(address=ADDRESS, at=LATER, client=None):
    with clock.held_at(at):
        return (client or Client(enforce_csrf_checks=True)).post(ASK, {"email": address})


def link(kind, word):
    body = OutboxMessage.objects.filter(kind=f"tenders/{kind}").latest("queued_at").body
    return re.search(rf"(/tenders/SF1/watch/\S+/{word}/)", body)[1]


def main_of(response):
    """The page without its head and foot, where the clock stands."""
    return text_of(response).partition("<main")[2].partition("</main>")[0]


def open_page(path, at=LATER):
    with clock.held_at(at):
        return Client().get(path)


def press(path, at=LATER, **words):
    with clock.held_at(at):
        return Client(enforce_csrf_checks=True).post(path, words)


def confirmed(address=ADDRESS, at=LATER):
    ask(address, at=at)
    press(link("watch_asked", "confirm"), at=at)
    OutboxMessage.objects.all().delete()
    return AddressWatch.objects.get(address=address)


def publish(tender, at=LATER):
    return notice.publish(
        tender, title="Webinar moved", text="Monday.", by=cast.person("manager", at=at), at=at
    )


def told():
    return sorted(OutboxMessage.objects.values_list("address", flat=True))


def test_opening_the_link_changes_nothing_and_the_button_confirms():
    with visiting(None, at=LATER) as client:
        assert 'action="/tenders/SF1/watch/address/"' in text_of(client.get("/tenders/SF1/"))
        assert not client.cookies
    assert ADDRESS in text_of(ask("Reader@Lanes.example.org "))
    path = link("watch_asked", "confirm")
    assert "Watch this tender?" in text_of(open_page(path))
    assert AddressWatch.objects.get().confirmed_at is None
    assert "You watch this tender" in text_of(press(path))
    assert AddressWatch.objects.get().confirmed_at == LATER
    press(path, at=LATER + timedelta(days=1))
    assert AddressWatch.objects.get().confirmed_at == LATER


def test_whoever_did_not_confirm_is_told_nothing(tender):
    ask()
    OutboxMessage.objects.all().delete()
    publish(tender)
    assert told() == []


def test_a_notice_and_an_answer_reach_the_address_with_a_way_to_leave(tender, settings):
    confirmed()
    publish(tender)
    with clock.held_at(LATER):
        asked = question.ask(tender, text="May we?", by=cast.person("lead-a", at=LATER), at=LATER)
        answers.answer(
            asked, public_text="May they?", answer="Yes.", by=cast.person("manager", at=LATER), at=LATER
        )
        assert told() == sorted([ADDRESS, ADDRESS, asked.asked_by.email])
        postman.sweep()
    for letter in (each for each in sent_by_django.outbox if each.to == [ADDRESS]):
        leave = letter.extra_headers["List-Unsubscribe"].strip("<>")
        assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert leave.startswith(settings.PORTAL_URL)
        assert leave in letter.body
        assert f"<{leave}>" in re.sub(r"\n\s", "", letter.message().as_string())
        assert letter.body.startswith("Hello,")
    others = [each for each in sent_by_django.outbox if each.to != [ADDRESS]]
    assert others
    assert all("List-Unsubscribe" not in each.extra_headers for each in others)
    assert not OutboxMessage.objects.exclude(leave="").exists()


def test_one_click_leaves_without_cookie_or_key_of_a_form_and_forgets_the_address(tender):
    confirmed()
    publish(tender)
    path = link("notice_published", "leave")
    assert "Stop watching?" in text_of(open_page(path))
    assert AddressWatch.objects.exists()
    answer = press(path, **{"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert not answer.cookies
    assert not AddressWatch.objects.exists()
    assert not OutboxMessage.objects.filter(address=ADDRESS).exists()


def test_leaving_answers_every_key_alike(tender):
    confirmed()
    publish(tender)
    path = link("notice_published", "leave")
    number = re.compile(r"quote the number.*|data-\w+=\"\w+\"")
    answers = [press(each) for each in (path, path, "/tenders/SF1/watch/nonsense/leave/")]
    assert {answer.status_code for answer in answers} == {200}
    assert len({number.sub("", text_of(answer)) for answer in answers}) == 1
    assert len({text_of(open_page(each)) for each in (path, "/tenders/SF1/watch/x.y/leave/")}) == 1


def test_keys_open_only_what_they_were_made_for():
    ask()
    confirm, leave = link("watch_asked", "confirm"), link("watch_asked", "leave")
    swapped = leave.replace("/leave/", "/confirm/")
    assert press(swapped).status_code == 404
    published_tender(reference="SF2")
    assert press(confirm.replace("SF1", "SF2")).status_code == 404
    assert press(confirm, at=LATER + timedelta(days=7)).status_code == 404
    assert AddressWatch.objects.get().confirmed_at is None


def test_asking_again_looks_the_same_and_sends_little():
    first = main_of(ask())
    for minutes in (1, 9):
        assert main_of(ask(at=LATER + timedelta(minutes=minutes))) == first
    assert OutboxMessage.objects.count() == 1
    for minutes in (10, 20, 30, 40):
        ask(at=LATER + timedelta(minutes=minutes))
    assert OutboxMessage.objects.count() == address_watch.MOST
    ask(at=LATER + timedelta(days=2))
    assert OutboxMessage.objects.count() == address_watch.MOST + 1


def test_who_watches_already_is_told_so_by_mail_and_not_on_the_page():
    unknown = main_of(ask("somebody@else.example.org"))
    OutboxMessage.objects.all().delete()
    confirmed()
    page = main_of(ask(at=LATER + timedelta(hours=1)))
    assert page == unknown.replace("somebody@else.example.org", ADDRESS)
    assert OutboxMessage.objects.get().kind == "tenders/watch_already"


def test_a_network_that_asks_for_many_is_held_back_and_keeps_what_was_typed():
    for number in range(20):
        ask(f"reader{number}@lanes.example.org")
    page = text_of(ask("one.more@lanes.example.org"))
    assert "asked too often" in page
    assert 'value="one.more@lanes.example.org"' in page
    assert not AddressWatch.objects.filter(address="one.more@lanes.example.org").exists()


@pytest.mark.parametrize("typed", ["", "reader@", "a@b@c", "reader@lanes.example.org\nBcc: x@y.example.org"])
def test_a_wrong_address_keeps_what_was_typed(typed):
    page = text_of(ask(typed))
    assert "There is a problem" in page
    assert not AddressWatch.objects.exists()
    if typed == "reader@":
        assert 'value="reader@"' in page


def test_an_address_refused_by_the_mail_server_is_given_up_in_the_outbox(settings):
    ask()
    with smtp.server(settings) as postbox, clock.held_at(LATER):
        postbox.answers[ADDRESS] = "550 No such user"
        postman.sweep()
    assert OutboxMessage.objects.get().state == OutboxMessage.State.FAILED


def test_an_account_with_the_same_address_is_told_once(tender):
    nia = cast.person("newcomer", at=PUBLISHED)
    confirmed(nia.email)
    watch.start(tender, by=nia, at=LATER)
    publish(tender)
    assert OutboxMessage.objects.get().person == nia
    reminders.sweep(QUESTIONS_CLOSE - timedelta(days=1))
    address_watch.remind(QUESTIONS_CLOSE - timedelta(days=1))
    assert OutboxMessage.objects.filter(kind="tenders/questions_close").count() == 1


def test_the_address_is_reminded_once_even_when_an_account_watches_afterwards(tender):
    nia = cast.person("newcomer", at=PUBLISHED)
    confirmed(nia.email)
    assert address_watch.remind(QUESTIONS_CLOSE - timedelta(days=2, microseconds=1)) == 0
    assert address_watch.remind(QUESTIONS_CLOSE - timedelta(days=2)) == 1
    assert address_watch.remind(QUESTIONS_CLOSE - timedelta(days=1)) == 0
    watch.start(tender, by=nia, at=LATER)
    reminders.sweep(QUESTIONS_CLOSE - timedelta(hours=1))
    assert OutboxMessage.objects.filter(kind="tenders/questions_close").count() == 1


def test_staff_see_no_address_even_after_the_opening(tender):
    confirmed()
    publish(tender)
    OutboxMessage.objects.update(sealed=False)  # as a page shows it once its scope is open
    for page in ("/staff/outbox/", "/staff/trail/", "/staff/tenders/SF1/"):
        with visiting("manager", at=LATER) as client:
            assert "reader@" not in text_of(client.get(page))
    with visiting("manager", at=LATER) as client:
        assert "Not shown" in text_of(client.get("/staff/outbox/"))
    assert "lanes.example" not in str(list(EventDetails.objects.values_list("content", flat=True)))


def test_addresses_are_forgotten_when_the_round_ends_and_counted_in_the_trail(tender):
    confirmed()
    confirmed("second@lanes.example.org")
    publish(tender)
    with clock.held_at(LATER):
        tasks.forget_addresses()
    assert AddressWatch.objects.count() == 2
    Tender.objects.update(status=Tender.Status.FINISHED)
    with clock.held_at(LATER):
        tasks.forget_addresses()
        tasks.forget_addresses()
    assert not AddressWatch.objects.exists()
    assert not OutboxMessage.objects.exists()
    event = Event.objects.get(name="tender.addresses_forgotten")
    assert event.facts == {"count": 2}
    tender.refresh_from_db()
    with pytest.raises(MovedOn):
        address_watch.ask(tender, address=ADDRESS, at=LATER)


def test_what_nobody_confirmed_is_forgotten_after_a_week():
    ask()
    address_watch.forget(LATER + timedelta(days=6))
    assert AddressWatch.objects.exists()
    address_watch.forget(LATER + timedelta(days=7))
    assert not AddressWatch.objects.exists()
    assert not OutboxMessage.objects.exists()


def test_a_draft_takes_no_address():
    Tender.objects.update(status=Tender.Status.DRAFT)
    assert ask().status_code == 404
