"""Taking part: from nobody to a consortium with its proposal begun."""

from datetime import timedelta

import pytest

from consortia.models import Consortium, Organisation
from tenders.models import Proposal
from tests import cast
from tests.factories.consortium import consortium_of, organisation
from tests.factories.tender import PROPOSALS_CLOSE, PUBLISHED, published_tender
from tests.factories.visit import text_of, visiting

pytestmark = pytest.mark.django_db
PAGE = "/tenders/SF1/take-part/"
LATER = PUBLISHED + timedelta(days=3)


@pytest.fixture(autouse=True)
def tender():
    return published_tender()


def test_nobody_signed_in_is_told_how_and_comes_back():
    with visiting(None, at=LATER) as client:
        page = text_of(client.get(PAGE))
    assert f"/register/?next={PAGE}" in page
    assert f"/sign-in/?next={PAGE}" in page
    assert "We agree another way with you" in page


def test_a_newcomer_adds_an_organisation_and_comes_back_to_form_a_consortium():
    with visiting("newcomer", at=LATER) as client:
        assert f"/organisations/add/?next={PAGE}" in text_of(client.get(PAGE))
        words = {
            "name": "Middling District Council",
            "kind": "local_authority",
            "region": "london",
            "size": "public",
            "next": PAGE,
        }
        assert client.post("/organisations/add/", words).headers["Location"] == PAGE
        council = Organisation.objects.get()
        words = {"organisation": council.pk, "name": "Kerbside", "title": "Bins people can follow"}
        response = client.post(PAGE, words, follow=True)
    assert "Bins people can follow" in text_of(response)
    formed = Consortium.objects.get()
    assert (formed.lead, formed.name) == (council, "Kerbside")
    assert Proposal.objects.get().consortium == formed


def test_the_way_back_is_never_to_another_site():
    words = {"name": "X", "kind": "other", "region": "abroad", "size": "micro"}
    words["next"] = "https://evil.example.org/"
    with visiting("newcomer", at=LATER) as client:
        location = client.post("/organisations/add/", words).headers["Location"]
    assert location.startswith("/organisations/")


def test_an_organisation_of_others_cannot_be_chosen():
    theirs = organisation("lead-b")
    organisation("lead-a")
    with visiting("lead-a", at=LATER) as client:
        page = client.post(PAGE, {"organisation": theirs.pk, "name": "Mine", "title": "T"})
    assert "Choose the organisation that leads from the list" in text_of(page)
    assert not Consortium.objects.exists()


def test_a_second_consortium_led_by_the_same_organisation_is_refused_in_words_and_kept():
    consortium_of("lead-a", tender=published_tender(reference="SF2"))
    with visiting("lead-a", at=LATER) as client:
        words = {"organisation": organisation("lead-a").pk, "name": "Kerbside", "title": "First"}
        client.post(PAGE, words)
        page = text_of(client.post(PAGE, {**words, "title": "Second"}))
    assert "leads one at most" in page
    assert "Second" in page
    assert Consortium.objects.count() == 2
    assert Proposal.objects.count() == 1


@pytest.mark.parametrize("missing", ["organisation", "name", "title"])
def test_whatever_is_left_out_is_asked_for(missing):
    organisation("lead-a")
    words = {"organisation": organisation("lead-a").pk, "name": "Kerbside", "title": "First"}
    with visiting("lead-a", at=LATER) as client:
        page = text_of(client.post(PAGE, {**words, missing: ""}))
    assert "There is a problem" in page
    assert not Consortium.objects.exists()


def test_on_the_deadline_nothing_is_formed_though_the_tender_stands_open():
    with visiting("lead-a", at=PROPOSALS_CLOSE) as client:
        words = {"organisation": organisation("lead-a").pk, "name": "Kerbside", "title": "First"}
        response = client.post(PAGE, words)
        assert "Proposals closed at 5pm on Friday 22 September 2017" in text_of(client.get(PAGE))
    assert response.status_code == 409
    assert "Nothing was changed" in text_of(response)
    assert not Consortium.objects.exists()


def test_somebody_already_in_is_shown_the_way(tender):
    formed = consortium_of("lead-a", "partner-a", tender=tender, name="Kerbside")
    with visiting("partner-a", at=LATER) as client:
        assert f"/consortia/{formed.pk}/" in text_of(client.get(PAGE))
    with visiting("lead-b", at=LATER) as client:
        assert "Kerbside" not in text_of(client.get(PAGE))


@pytest.mark.parametrize("player", ["manager", "evaluator-1", "observer"])
def test_the_fund_s_own_people_do_not_take_part(player):
    organisation(player, name="Shadow Council")
    with visiting(player, at=LATER) as client:
        assert PAGE not in text_of(client.get("/tenders/SF1/"))
        words = {"organisation": organisation(player, name="Shadow Council").pk, "name": "K", "title": "T"}
        assert client.post(PAGE, words).status_code == 403
    assert not Consortium.objects.exists()


def test_script_in_names_is_only_shown():
    script = "<script>alert(1)</script>"
    with visiting("newcomer", at=LATER) as client:
        client.post(
            "/organisations/add/", {"name": script, "kind": "other", "region": "london", "size": "public"}
        )
        added = Organisation.objects.get()
        assert script not in text_of(client.get(PAGE))
        client.post(PAGE, {"organisation": added.pk, "name": script, "title": script})
        formed = Consortium.objects.get()
        for page in (f"/consortia/{formed.pk}/", f"/organisations/{added.pk}/", PAGE, "/home/"):
            assert script not in text_of(client.get(page)), page
    assert cast.person("newcomer", at=LATER).namings.count() == 1
