"""An organisation's pages exist for its own people alone."""

import pytest

from consortia.models import Organisation
from odifund.core.models import Person
from tests import cast
from tests.factories.consortium import BEFORE, colleague, consortium_of, organisation
from tests.factories.tender import published_tender
from tests.factories.visit import text_of, visiting

pytestmark = pytest.mark.django_db
FORGED = "9c4b7f0e-53c5-4b5e-8a0e-0d8b0f6a1c11"


def test_adding_one_leads_to_its_page():
    with visiting("newcomer", at=BEFORE) as client:
        words = {
            "name": "Middling District Council",
            "kind": "local_authority",
            "region": "london",
            "size": "public",
            "website": "middling.example.org",
        }
        page = text_of(client.post("/organisations/add/", words, follow=True))
    assert "You speak for it" in page
    assert "https://middling.example.org" in page
    assert "Counts as the UK public sector" in page


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"name": "x" * 161}, {"kind": ""}, {"website": "javascript:alert(1)"}],
)
def test_bad_details_come_back_with_a_message_and_what_was_typed(wrong):
    words = {"name": "Middling", "kind": "other", "website": "https://middling.example.org", **wrong}
    with visiting("newcomer", at=BEFORE) as client:
        page = text_of(client.post("/organisations/add/", words))
    assert "There is a problem" in page
    assert all(str(value) in page for value in words.values())
    assert not Organisation.objects.exists()


@pytest.mark.parametrize(("more", "status"), [(1900, 302), (2100, 422)])
def test_a_long_address_of_a_website_is_kept_whole_or_refused_in_words(more, status):
    website = f"https://middling.example.org/{'x' * more}"
    words = {"name": "Middling", "kind": "other", "region": "london", "size": "micro", "website": website}
    with visiting("newcomer", at=BEFORE) as client:
        answer = client.post("/organisations/add/", words)
    assert answer.status_code == status
    if status == 302:
        assert Organisation.objects.get().website == website
    else:
        assert "must be 2,000 characters or fewer" in text_of(answer)
        assert website in text_of(answer)


def test_a_kind_that_does_not_exist_is_refused():
    with visiting("newcomer", at=BEFORE) as client:
        page = text_of(client.post("/organisations/add/", {"name": "Middling", "kind": "royal"}))
    assert "Choose what kind of organisation it is" in page
    assert not Organisation.objects.exists()


@pytest.mark.parametrize("player", ["lead-b", "newcomer", "manager", "administrator", "observer"])
def test_nobody_else_finds_its_pages(player):
    council = organisation("lead-a")
    priya = cast.person("lead-a", at=BEFORE)
    with visiting(player, at=BEFORE) as client:
        for rest in ("", "edit/", "people/add/"):
            assert client.get(f"/organisations/{council.pk}/{rest}").status_code == 404
        assert client.get(f"/organisations/{FORGED}/").status_code == 404
        assert client.post(f"/organisations/{council.pk}/people/{priya.pk}/remove/").status_code == 404


def test_its_page_lists_the_consortia_you_are_named_in_and_no_others():
    tender = published_tender()
    consortium_of("lead-a", "partner-a", tender=tender, name="Kerbside")
    ben = colleague("partner-a", "ben@pattern-post.example.org")
    page = f"/organisations/{organisation('partner-a').pk}/"
    with visiting("partner-a", at=BEFORE) as client:
        assert "Kerbside" in text_of(client.get(page))
        client.force_login(ben)
        assert "Kerbside" not in text_of(client.get(page))


def test_a_colleague_is_added_by_the_address_they_registered_with():
    Person.objects.make("ada@exampleshire.example.org", "Ada Coventry", joined_at=BEFORE)
    page = f"/organisations/{organisation('lead-a').pk}/people/add/"
    with visiting("lead-a", at=BEFORE) as client:
        added = client.post(page, {"email": "Ada@Exampleshire.example.org"}, follow=True)
        assert "Ada Coventry now belongs" in text_of(added)
        assert "already belongs" in text_of(client.post(page, {"email": "ada@exampleshire.example.org"}))


def test_who_removes_themselves_is_taken_home():
    colleague("lead-a", "ada@exampleshire.example.org")
    council, priya = organisation("lead-a"), cast.person("lead-a", at=BEFORE)
    with visiting("lead-a", at=BEFORE) as client:
        answer = client.post(f"/organisations/{council.pk}/people/{priya.pk}/remove/")
        assert answer.headers["Location"] == "/home/"
        assert client.get(f"/organisations/{council.pk}/").status_code == 404


def test_edited_details_are_shown():
    council = organisation("lead-a")
    with visiting("lead-a", at=BEFORE) as client:
        page = f"/organisations/{council.pk}/edit/"
        assert 'value="Exampleshire County Council"' in text_of(client.get(page))
        words = {
            "name": "Exampleshire Unitary Council",
            "kind": "local_authority",
            "region": "london",
            "size": "public",
        }
        assert "Exampleshire Unitary Council" in text_of(client.post(page, words, follow=True))


def test_one_of_the_same_name_is_asked_for_first_and_may_be_another():
    priya = cast.person("lead-a", at=BEFORE)
    name = organisation("lead-a").name
    words = {"name": f" {name.upper()} ", "kind": "local_authority", "region": "wales", "size": "public"}
    with visiting("newcomer", at=BEFORE) as client:
        page = client.post("/organisations/add/", words)
        assert page.status_code == 422
        assert "is here already" in text_of(page)
        assert Organisation.objects.count() == 1
        ask = text_of(page).split('href="/organisations/ask/?name=')[1].split('"')[0]
        asked = client.get(f"/organisations/ask/?name={ask}")
        assert "Ask its people to add you" in text_of(asked)
        assert priya.name not in text_of(asked)
        client.post(f"/organisations/ask/?name={ask}", {"words": "Clerk"})
        assert Organisation.objects.get().join_requests.count() == 1
        client.post("/organisations/add/", {**words, "another": "on"})
    assert Organisation.objects.count() == 2
