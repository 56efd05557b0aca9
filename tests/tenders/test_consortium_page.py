"""A consortium's page: its own people alone, each naming for their own organisation."""

from datetime import timedelta

import pytest

from consortia import access
from consortia.actions import consortium
from consortia.actions import organisation as organisations
from consortia.models import Invitation
from odifund.core.models import OutboxMessage
from tenders import access as running
from tenders.models import Tender
from tests import cast
from tests.factories.consortium import colleague, consortium_of, joined, organisation
from tests.factories.tender import PROPOSALS_CLOSE, PUBLISHED, published_tender
from tests.factories.visit import text_of, visiting

pytestmark = pytest.mark.django_db
LATER = PUBLISHED + timedelta(days=5)
FORGED = "9c4b7f0e-53c5-4b5e-8a0e-0d8b0f6a1c11"


@pytest.fixture
def formed():
    return consortium_of("lead-a", "partner-a", tender=published_tender(), name="Kerbside")


def member(formed, is_lead=False):
    return formed.members.get(is_lead=is_lead)


@pytest.mark.parametrize(
    "player",
    ["lead-b", "newcomer", "manager", "approver", "evaluator-1", "finance", "observer", "administrator"],
)
def test_nobody_else_finds_any_page_of_it(formed, player):
    ours = member(formed)
    pages = [f"/consortia/{formed.pk}/{rest}" for rest in ("", "name/", "invite/")]
    pages += [f"/members/{ours.pk}/leave/"]
    with visiting(player, at=LATER) as client:
        for page in pages:
            assert client.get(page).status_code == 404, page
        assert client.post(f"/members/{ours.pk}/name/", {"person": FORGED}).status_code == 404
        assert client.post(f"/members/{ours.pk}/leave/").status_code == 404
        assert client.post(f"/consortia/{formed.pk}/name/", {"name": "Taken"}).status_code == 404


def test_a_colleague_who_is_not_named_does_not_find_it(formed):
    ben = colleague("partner-a", "ben@pattern-post.example.org", "Ben Oduya")
    with visiting(None, at=LATER) as client:
        client.force_login(ben)
        assert client.get(f"/consortia/{formed.pk}/").status_code == 404


def test_an_agency_in_two_rivals_sees_each_apart(formed):
    theirs = consortium_of("lead-b", "partner-a", tender=Tender.objects.get(), name="Rivals")
    with visiting("partner-a", at=LATER) as client:
        ours_page = text_of(client.get(f"/consortia/{formed.pk}/"))
        theirs_page = text_of(client.get(f"/consortia/{theirs.pk}/"))
    assert "Rivals" not in ours_page
    assert "Sampleton" not in ours_page
    assert "Kerbside" not in theirs_page
    assert "Exampleshire" not in theirs_page
    with visiting("lead-a", at=LATER) as client:
        assert client.get(f"/consortia/{theirs.pk}/").status_code == 404
    with visiting("lead-b", at=LATER) as client:
        assert client.get(f"/consortia/{formed.pk}/").status_code == 404


def test_naming_a_colleague_tells_them_and_shows_them_the_consortium(formed):
    ben = colleague("partner-a", "ben@pattern-post.example.org", "Ben Oduya")
    with visiting("partner-a", at=LATER) as client:
        page = client.post(
            f"/members/{member(formed).pk}/name/", {"person": ben.pk, "part": "works"}, follow=True
        )
    assert "Ben Oduya is named for Pattern &amp; Post" in text_of(page)
    assert access.works_in(ben, formed)
    assert OutboxMessage.objects.get(kind="tenders/person_named").address == ben.email


def test_nobody_of_the_fund_is_drawn_to_a_bidders_side(formed):
    """It would shut a manager out of the tender, and show them a sealed draft."""
    tender, manager = Tender.objects.get(), cast.person("manager", at=LATER)
    by = cast.person("lead-a", at=LATER)
    organisations.add_person(organisation("lead-a"), email=manager.email, by=by, at=LATER)
    with visiting("lead-a", at=LATER) as client:
        page = client.post(
            f"/members/{member(formed, is_lead=True).pk}/name/", {"person": manager.pk, "part": "works"}
        )
    assert f"{manager} works for the fund" in text_of(page)
    manager = cast.person("manager", at=LATER)
    assert not access.is_named_in(manager, formed)
    assert running.manages(manager, tender)


def test_the_lead_has_no_form_for_a_member_s_people_and_is_refused(formed):
    ben = colleague("partner-a", "ben@pattern-post.example.org", "Ben Oduya")
    ines = cast.person("partner-a", at=LATER)
    theirs = member(formed)
    with visiting("lead-a", at=LATER) as client:
        assert "Ben Oduya" not in text_of(client.get(f"/consortia/{formed.pk}/"))
        assert (
            client.post(f"/members/{theirs.pk}/name/", {"person": ben.pk, "part": "works"}).status_code == 403
        )
        assert client.post(f"/members/{theirs.pk}/unname/{ines.pk}/").status_code == 403
    assert not access.works_in(ben, formed)
    assert access.works_in(ines, formed)


def test_a_forged_colleague_is_refused_with_a_message(formed):
    colleague("partner-a", "ben@pattern-post.example.org")
    callum = cast.person("lead-b", at=LATER)
    with visiting("partner-a", at=LATER) as client:
        for key in (FORGED, callum.pk, "", "nonsense"):
            page = client.post(f"/members/{member(formed).pk}/name/", {"person": key})
            assert "the colleague to name" in text_of(page)
        assert client.post(f"/members/{member(formed).pk}/unname/{FORGED}/").status_code == 404
    assert not access.works_in(callum, formed)


def test_the_last_named_person_cannot_be_taken_off(formed):
    ines = cast.person("partner-a", at=LATER)
    with visiting("partner-a", at=LATER) as client:
        page = client.post(f"/members/{member(formed).pk}/unname/{ines.pk}/")
    assert page.status_code == 422
    assert "only person who works" in text_of(page)


def test_leaving_is_asked_once_more_and_told_to_the_lead(formed):
    with visiting("partner-a", at=LATER) as client:
        page = f"/members/{member(formed).pk}/leave/"
        assert "Leave Kerbside?" in text_of(client.get(page))
        assert access.works_in(cast.person("partner-a", at=LATER), formed)
        client.post(page)
        assert client.get(f"/consortia/{formed.pk}/").status_code == 404
    mail = OutboxMessage.objects.get(kind="tenders/member_left")
    assert mail.address == "priya.nair@exampleshire.example.org"
    assert mail.sealed


def test_the_lead_takes_a_member_out_and_a_partner_no_other(formed):
    third = joined(formed, "newcomer", at=LATER)
    with visiting("partner-a", at=LATER) as client:
        assert client.get(f"/members/{third.pk}/leave/").status_code == 403
        assert "out of the consortium" not in text_of(client.get(f"/consortia/{formed.pk}/"))
    page = f"/members/{third.pk}/leave/"
    with visiting("lead-a", at=LATER) as client:
        assert "Take Middling District Council out of the consortium" in text_of(
            client.get(f"/consortia/{formed.pk}/")
        )
        assert "Take Middling District Council out of Kerbside?" in text_of(client.get(page))
        assert "is no longer in Kerbside" in text_of(client.post(page, follow=True))
    with visiting("newcomer", at=LATER) as client:
        assert client.get(f"/consortia/{formed.pk}/").status_code == 404
    told = OutboxMessage.objects.filter(kind="tenders/member_left").values_list("address", flat=True)
    people = [cast.person(player, at=LATER).email for player in ("partner-a", "newcomer")]
    assert set(told) == set(people)


def test_only_the_lead_has_the_buttons_of_the_lead(formed):
    with visiting("partner-a", at=LATER) as client:
        page = text_of(client.get(f"/consortia/{formed.pk}/"))
        assert "Invite an organisation" not in page
        answer = client.post(
            f"/consortia/{formed.pk}/invite/", {"organisation_name": "X", "email": "x@example.org"}
        )
        assert answer.status_code == 403
        assert client.post(f"/consortia/{formed.pk}/name/", {"name": "Ours"}).status_code == 403
    with visiting("lead-a", at=LATER) as client:
        assert "Invite an organisation" in text_of(client.get(f"/consortia/{formed.pk}/"))


@pytest.mark.parametrize("email", ["", "nobody", "a@b", "x" * 260 + "@example.org", "<script>@example.org"])
def test_an_address_that_is_none_comes_back_with_a_message(formed, email):
    with visiting("lead-a", at=LATER) as client:
        words = {"organisation_name": "Cogwheel", "email": email}
        page = text_of(client.post(f"/consortia/{formed.pk}/invite/", words))
    assert "There is a problem" in page
    assert "Cogwheel" in page
    assert not Invitation.objects.filter(status="sent").exists()


def test_members_are_settled_from_the_deadline_and_people_may_still_be_named(formed):
    ben = colleague("lead-a", "ben@exampleshire.example.org", "Ben Oduya")
    with visiting("lead-a", at=PROPOSALS_CLOSE) as client:
        assert "Members are settled" in text_of(client.get(f"/consortia/{formed.pk}/"))
        words = {"organisation_name": "Cogwheel", "email": "hello@cogwheel.example.org"}
        assert client.post(f"/consortia/{formed.pk}/invite/", words).status_code == 409
        client.post(f"/members/{member(formed, is_lead=True).pk}/name/", {"person": ben.pk, "part": "works"})
    with visiting("partner-a", at=PROPOSALS_CLOSE) as client:
        assert client.post(f"/members/{member(formed).pk}/leave/").status_code == 409
    assert access.works_in(ben, formed)
    assert access.works_in(cast.person("partner-a", at=LATER), formed)


def test_queries_do_not_grow_with_people(formed, django_assert_max_num_queries):
    for number in range(6):
        ada = colleague("lead-a", f"ada{number}@exampleshire.example.org", f"Ada {number}")
        if number % 2:
            consortium.name_person(
                member(formed, is_lead=True), ada, part="submits", by=formed.formed_by, at=LATER
            )
    with visiting("lead-a", at=LATER) as client, django_assert_max_num_queries(14):
        client.get(f"/consortia/{formed.pk}/")
