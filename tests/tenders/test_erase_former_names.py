"""Erasing a person finds their names and addresses, former ones too, wherever they stand; not others'."""

from datetime import timedelta

import pytest

from odifund.core import addresses, audit, mail, people
from odifund.core.models import EventDetails, OutboxMessage, Person
from tenders.actions import erasure
from tenders.models import AddressWatch
from tests import cast
from tests.factories.tender import PUBLISHED, published_tender
from tests.tenders.test_erase_person import everywhere

pytestmark = pytest.mark.django_db
LATER = PUBLISHED + timedelta(days=3)
NAMES = (
    "Sam Roe Jr.",
    "(Sam) Roe",
    "Sam Roe, Ph.D. [ret.]",
    'Sam "Sammy" Roe',
    "Sam\\Roe",
    "***Sam*** ^Roe$",
    "Zoë Ødegård-Ñ",
)


@pytest.fixture
def sam():
    return Person.objects.make("sam@example.org", "Sam Roe", joined_at=PUBLISHED)


@pytest.fixture
def administrator():
    return cast.person("administrator", at=PUBLISHED)


def told(words, by, about=None):
    """An event of somebody else's, whose words are these."""
    return audit.record("file_note.recorded", about or by, by=by, at=LATER, details={"tender": words})


def stays(event):
    return EventDetails.objects.get(event=event).content is not None


def move(person, address, administrator):
    addresses.change_for(person, address, how_checked="By telephone.", by=administrator, at=LATER)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_found_beside_any_sign_and_at_the_start_of_a_line(sam, administrator, name):
    Person.objects.filter(pk=sam.pk).update(name=name)
    found = [
        told(words, administrator)
        for words in (name, f"Seen by {name}.", f"“{name}” and more", f"A note:\n{name}\nwas there")
    ]
    kept = [told(words, administrator) for words in (f"A{name}", f"{name}s", "Somebody else")]
    erasure.erase(sam, at=LATER)
    assert [stays(event) for event in found] == [False] * len(found)
    is_within_letters = name[0].isalpha() and name[-1].isalpha()  # else it stands whole there too
    assert [stays(event) for event in kept] == [True] * len(kept) or not is_within_letters


def test_former_names_go_from_the_events_of_others(sam, administrator):
    people.rename(sam, "Samuel Roe-Lis", at=LATER)
    people.rename(sam, "Sam Lis", at=LATER)
    found = [told(f"Seen by {name}.", administrator) for name in ("Sam Roe", "Samuel Roe-Lis", "Sam Lis")]
    kept = told("Seen by Sam Roeburn.", administrator)
    erasure.erase(sam, at=LATER)
    assert [stays(event) for event in found] == [False] * 3
    assert stays(kept)
    assert everywhere("Samuel Roe-Lis") == everywhere("Sam Lis") == set()


def test_mails_to_and_words_of_every_address_that_they_had_go(sam, administrator):
    tender = published_tender()
    mail.send_at_once("sam@example.org", "A code", "1234", kind="account/email/login_code", at=LATER)
    AddressWatch.objects.create(tender=tender, address="roe@example.org", asked_at=LATER)
    found = told("Sent to sam@example.org.", administrator)
    for address in ("roe@example.org", "lis@example.org"):
        move(sam, address, administrator)
    assert OutboxMessage.objects.filter(person=None, address="sam@example.org").count() == 2
    erasure.erase(sam, at=LATER)
    assert not stays(found)
    for address in ("sam@example.org", "roe@example.org", "lis@example.org"):
        assert everywhere(address) == set(), address


def test_an_address_inside_another_one_is_not_theirs(sam, administrator):
    kept = [
        told(f"Sent to {address}", administrator)
        for address in ("not-sam@example.org", "a.sam@example.org", "sam@example.org.uk", "Sam@example.orgs")
    ]
    found = told("Sent to SAM@example.org. It came.", administrator)
    erasure.erase(sam, at=LATER)
    assert [stays(event) for event in kept] == [True] * len(kept)
    assert not stays(found)


@pytest.mark.parametrize("shared", ["now", "before"])
def test_somebody_else_of_the_same_former_name_keeps_their_own_events(sam, administrator, shared):
    other = Person.objects.make("roe@example.org", "Sam Roe", joined_at=PUBLISHED)
    theirs = [
        audit.record("person.registered", other, by=other, at=LATER, sealed=True),
        told("A call", by=other, about=administrator),
        told("Of Sam Roe", by=administrator, about=other),
    ]
    of_ours = told("A call with Sam Roe", by=other, about=administrator)
    of_either = told("A call with Sam Roe", by=administrator)
    people.rename(sam, "Sam Lis", at=LATER)
    if shared == "before":
        people.rename(other, "Sam Moe", at=LATER)
    erasure.erase(sam, at=LATER)
    assert [stays(event) for event in theirs] == [True] * 3
    assert (stays(of_ours), stays(of_either)) == (False, False)
    other.refresh_from_db()
    assert other.name == ("Sam Roe" if shared == "now" else "Sam Moe")


def test_what_is_somebody_elses_at_an_address_that_they_left_stays(sam, administrator):
    move(sam, "roe@example.org", administrator)
    tender, after = published_tender(), LATER + timedelta(hours=1)
    other = Person.objects.make("sam@example.org", "Kim Moe", joined_at=after)
    AddressWatch.objects.create(tender=tender, address="sam@example.org", asked_at=after)
    mail.queue("core/person_invited", key="theirs", to=[other], at=LATER, context={"by": administrator})
    mail.send_at_once("sam@example.org", "A code", "1234", kind="account/email/login_code", at=after)
    erasure.erase(sam, at=after)
    kinds = set(OutboxMessage.objects.filter(address="sam@example.org").values_list("kind", flat=True))
    assert kinds == {"core/person_invited", "account/email/login_code"}
    assert AddressWatch.objects.filter(address="sam@example.org").exists()
    assert not OutboxMessage.objects.filter(address="roe@example.org").exists()


def test_no_subject_of_a_sent_mail_says_their_name(sam, administrator):
    for number, subject in enumerate(("Sam Roe asks to belong", "Sam Roeburn asks to belong")):
        mail.send_at_once(administrator.email, subject, "Words", kind=f"core/{number}", at=LATER)
    erasure.erase(sam, at=LATER)
    subjects = OutboxMessage.objects.filter(address=administrator.email).order_by("kind")
    assert list(subjects.values_list("subject", flat=True)) == ["", "Sam Roeburn asks to belong"]
