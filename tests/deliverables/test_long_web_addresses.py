"""A web address of any length that a form takes is saved; a longer one comes back with the reason."""

import pytest
from django.test import Client
from django.urls import reverse

from deliverables.models import BlogPost, Prototype, ReleasedData
from odifund.core import clock
from tests import cast
from tests.deliverables.test_keep_what_was_typed import DATA, REPORT
from tests.factories import delivery as stage

pytestmark = pytest.mark.django_db
AT = stage.HALFWAY
LONG = "data.example.org/?" + "q" * 1982  # 2,000 characters, before https:// is put there
DAY = {"on_day": "1", "on_month": "11", "on_year": "2017"}
CASES = [("data", DATA), ("report", REPORT), ("blog", DAY)]


@pytest.fixture
def writer():
    client = Client()
    client.force_login(cast.person("lead-a", at=stage.SIGNED))
    with clock.held_at(AT):
        yield client


def page_for(kind):
    """Where the address is written, and who writes it; the blog's is noted by staff once it was accepted."""
    signed = stage.contract_of(stage.tender_in_delivery())
    if kind == "data":
        return reverse("deliverables:add_data", args=[stage.owed(signed, kind).pk]), "lead-a"
    if kind == "report":
        return reverse("deliverables:deliver", args=[stage.owed(signed, kind).pk]), "lead-a"
    stage.accepted(signed, kind, at=AT)
    return reverse("deliverables:blog_post_elsewhere", args=[BlogPost.objects.get().slug]), "manager"


def kept():
    """The one address that is stored."""
    return [
        address
        for rows in (
            ReleasedData.objects.values_list("address", flat=True),
            Prototype.objects.values_list("address", flat=True),
            BlogPost.objects.values_list("elsewhere", flat=True),
        )
        for address in rows
        if address.startswith("https://data.example.org")
    ]


@pytest.mark.parametrize(("kind", "words"), CASES)
def test_the_longest_address_that_a_form_takes_is_kept_whole(writer, kind, words):
    page, player = page_for(kind)
    writer.force_login(cast.person(player, at=AT))
    assert writer.post(page, {**words, "address": LONG}).status_code == 302
    assert kept() == [f"https://{LONG}"]


@pytest.mark.parametrize(("kind", "words"), CASES)
def test_a_longer_one_is_refused_in_words_and_comes_back(writer, kind, words):
    page, player = page_for(kind)
    writer.force_login(cast.person(player, at=AT))
    answer = writer.post(page, {**words, "address": f"{LONG}x"})
    assert answer.status_code == 422
    assert "The address must be 2,000 characters or fewer. It has 2,001" in answer.content.decode()
    assert f"{LONG}x" in answer.content.decode()
    assert kept() == []
