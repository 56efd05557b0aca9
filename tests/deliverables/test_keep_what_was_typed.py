"""Whatever happens meanwhile, no word that somebody typed is lost: it comes back, with the reason."""

import pytest
from django.test import Client
from django.urls import reverse

from deliverables.actions import blog_post, deliverable, pattern, released_data, review
from deliverables.models import BlogPost, Pattern
from odifund.core import clock
from tests import cast
from tests.factories import delivery as stage

pytestmark = pytest.mark.django_db
AT = stage.HALFWAY
TYPED = "Words that took an hour."
BLOG = {"title": "Ours", "summary": "S", "authors": "P", "text": TYPED}
DATA = {
    "title": TYPED,
    "publisher": "P",
    "address": "data.example.org",
    "licence": "OGL-UK-3.0",
    "released_on_day": "1",
    "released_on_month": "9",
    "released_on_year": "2017",
    "refreshed": "Daily",
}
REPORT = {"text": TYPED, "what": "W", "tried_by": "T", "worked": "W", "did_not_work": "D"}


def person(key):
    return cast.person(key, at=stage.SIGNED)


@pytest.fixture
def signed(db):
    return stage.contract_of(stage.tender_in_delivery())


@pytest.fixture
def writer(db):
    client = Client()
    client.force_login(person("lead-a"))
    with clock.held_at(AT):
        yield client


def page_of(answer):
    return " ".join(answer.content.decode().split())


def opened(client, address):
    """The digest that the form carries, as a browser sends it back."""
    page = client.get(address).content.decode()
    return page.partition('name="seen" value="')[2].partition('"')[0]


def pattern_form(**other):
    return {**vars(stage.pattern_words("One")), **other}


FORMS = [
    ("blog", "write_blog_post", BLOG),
    ("pattern", "add_pattern", pattern_form(problem=TYPED)),
    ("data", "add_data", DATA),
    ("data", "say_no_data", {"because": TYPED}),
    ("halfway", "deliver", {"text": TYPED}),
    ("report", "deliver", REPORT),
]


@pytest.mark.parametrize(("kind", "name", "typed"), FORMS)
def test_what_a_colleague_handed_in_meanwhile_loses_no_words(signed, writer, kind, name, typed):
    due = stage.owed(signed, kind)
    address = reverse(f"deliverables:{name}", args=[due.pk])
    stage.delivered(signed, kind, at=AT)
    answer = writer.post(address, typed)
    assert answer.status_code == 422
    assert "Priya Nair handed this in at 5pm on Monday 11 December 2017" in page_of(answer)
    assert "Nothing of this page was saved." in page_of(answer)
    assert TYPED in page_of(answer)
    assert writer.post(address, {**typed, "title": "", "text": ""}).status_code == 422
    assert "handed this in" in page_of(writer.post(address, {"title": TYPED}))
    review.accept(due, by=person("manager"), at=AT)
    assert "The ODI accepted this at 5pm" in page_of(writer.post(address, typed))
    assert writer.get(address).url == due.get_absolute_url()


@pytest.mark.parametrize(("kind", "name", "typed"), FORMS)
def test_staff_are_led_to_what_was_delivered(signed, client, kind, name, typed):
    due = stage.owed(signed, kind)
    client.force_login(person("manager"))
    answer = client.post(reverse(f"deliverables:{name}", args=[due.pk]), typed)
    assert answer.url == due.get_absolute_url()
    due.refresh_from_db()
    assert due.is_with_consortium


def test_the_same_words_sent_twice_are_one_delivery(signed, writer):
    due = stage.owed(signed, "halfway")
    address = reverse("deliverables:deliver", args=[due.pk])
    for _ in range(2):
        assert writer.post(address, {"text": TYPED}).url == due.get_absolute_url()
    assert due.deliveries.count() == 1


def test_two_who_edit_one_blog_are_told_and_both_texts_are_kept(signed, writer):
    due = stage.owed(signed, "blog")
    write = reverse("deliverables:write_blog_post", args=[due.pk])
    seen = opened(writer, write)
    assert seen
    blog_post.write(due, stage.blog_words(text="Theirs."), by=person("partner-a"), at=AT)
    answer = writer.post(write, {**BLOG, "seen": seen})
    page = page_of(answer)
    assert answer.status_code == 422
    assert "Ines Okafor saved other words at 5pm, after you opened this page." in page
    assert TYPED in page
    assert "Theirs." in page
    assert BlogPost.objects.get().text == "Theirs."
    newest = page.partition('name="seen" value="')[2].partition('"')[0]
    assert writer.post(write, {**BLOG, "seen": newest}).status_code == 302
    assert BlogPost.objects.get().text == TYPED


def test_a_blog_sent_twice_is_no_quarrel(signed, writer):
    write = reverse("deliverables:write_blog_post", args=[stage.owed(signed, "blog").pk])
    seen = opened(writer, write)
    for _ in range(2):
        assert writer.post(write, {**BLOG, "seen": seen}).status_code == 302


def test_a_wrong_field_does_not_hide_that_a_colleague_saved_meanwhile(signed, writer):
    due = stage.owed(signed, "blog")
    write = reverse("deliverables:write_blog_post", args=[due.pk])
    seen = opened(writer, write)
    blog_post.write(due, stage.blog_words(text="Theirs."), by=person("partner-a"), at=AT)
    wrong = writer.post(write, {**BLOG, "title": "", "seen": seen})
    assert f'name="seen" value="{seen}"' in page_of(wrong)
    assert "saved other words" in page_of(writer.post(write, {**BLOG, "seen": seen}))


def test_two_who_edit_one_pattern_are_told_and_both_texts_are_kept(signed, writer):
    due = stage.owed(signed, "pattern")
    draft = pattern.add(due, stage.pattern_words("One"), by=person("lead-a"), at=AT)
    change = reverse("deliverables:change_pattern", args=[due.pk, draft.pk])
    seen = opened(writer, change)
    theirs = stage.pattern_words("One", problem="Theirs.", licence="CC0-1.0")
    pattern.change(draft, theirs, by=person("partner-a"), at=AT)
    page = page_of(writer.post(change, {**pattern_form(problem=TYPED), "seen": seen}))
    for words in ("Ines Okafor saved other words", TYPED, "Theirs.", "Creative Commons Zero 1.0"):
        assert words in page
    assert Pattern.objects.get().problem == "Theirs."
    newest = page.partition('name="seen" value="')[2].partition('"')[0]
    assert writer.post(change, {**pattern_form(problem=TYPED), "seen": newest}).status_code == 302
    assert Pattern.objects.get().problem == TYPED


def test_another_file_is_a_change_too(signed, writer):
    due = stage.owed(signed, "pattern")
    draft = pattern.add(due, stage.pattern_words("One"), by=person("lead-a"), at=AT)
    change = reverse("deliverables:change_pattern", args=[due.pk, draft.pk])
    seen = opened(writer, change)
    words = stage.pattern_words("One")
    pattern.change(draft, words, upload=stage.a_file(), by=person("partner-a"), at=AT)
    assert "saved other words" in page_of(writer.post(change, {**pattern_form(problem=TYPED), "seen": seen}))


def test_a_title_that_is_taken_keeps_the_words(signed, writer):
    due = stage.owed(signed, "pattern")
    pattern.add(due, stage.pattern_words("One"), by=person("lead-a"), at=AT)
    answer = writer.post(
        reverse("deliverables:add_pattern", args=[due.pk]), pattern_form(title="ONE", problem=TYPED)
    )
    assert answer.status_code == 422
    assert "You have “One” already." in page_of(answer)
    assert TYPED in page_of(answer)
    data = stage.owed(signed, "data")
    released_data.add(data, stage.data_set(title=TYPED), by=person("lead-a"), at=AT)
    answer = writer.post(reverse("deliverables:add_data", args=[data.pk]), DATA)
    assert answer.status_code == 422


def test_an_answer_that_a_colleague_gave_before_keeps_the_comments(signed, client):
    due = stage.delivered(signed, "halfway", at=AT)
    review.accept(due, by=person("manager"), at=AT)
    client.force_login(person("manager"))
    for answer in ("accept", "return"):
        said = {"answer": answer, "comments": TYPED}
        day = {"answer_by_day": "1", "answer_by_month": "2", "answer_by_year": "2099"}
        answer = client.post(reverse("deliverables:review_deliverable", args=[due.pk]), {**said, **day})
        assert answer.status_code == 409
        assert "A colleague answered this before you" in page_of(answer)
        assert TYPED in page_of(answer)


def test_a_page_that_moved_on_says_once_that_nothing_was_changed(signed, client):
    due = stage.owed(signed, "pattern")
    for title in ("One", "Two"):
        pattern.add(due, stage.pattern_words(title), by=person("lead-a"), at=AT)
    draft = Pattern.objects.first()
    deliverable.deliver(due, by=person("lead-a"), at=AT)
    client.force_login(person("lead-a"))
    answer = client.post(reverse("deliverables:remove_pattern", args=[due.pk, draft.pk]))
    assert answer.status_code == 409
    assert page_of(answer).count("Nothing was") == 1
    assert "Priya Nair handed this in" in page_of(answer)
