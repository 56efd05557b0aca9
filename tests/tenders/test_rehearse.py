"""A practice that bidders rehearse on: for whoever is signed in, from the invitation to the register."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from odifund.core import clock
from odifund.core.errors import NotReady, WrongPerson
from odifund.core.models import OutboxMessage
from tenders import access
from tenders.actions import consortium as taking_part
from tenders.actions import opening
from tenders.models import Tender
from tenders.queries.unsubmitted import needed_until, people_who_will_sign_in
from tests import cast
from tests.factories import proposal as made
from tests.factories.consortium import consortium_of, organisation
from tests.factories.tender import PUBLISHED, draft_tender, published_tender
from tests.factories.visit import text_of, visiting
from tests.tenders.test_practise import DOORS, visitor
from tests.tenders.test_tender_page import words

pytestmark = pytest.mark.django_db

WHILE_OPEN = PUBLISHED + timedelta(days=2)
NOWHERE = {"/tenders/SF1/feed.atom", "/tenders/SF1/timetable.ics"}
LISTS = ("/", "/tenders/", "/tenders.atom", "/patterns/", "/blog/", "/reports/")
BIDDERS = ["lead-a", "lead-b", "partner-a", "newcomer"]
OUTSIDERS = [None, *BIDDERS]


def rehearsal(**more):
    return published_tender(rehearses=True, **more)


def read(player, path, at=WHILE_OPEN):
    with visiting(player, at=at) as client:
        return client.get(path)


def test_it_is_a_practice_and_its_title_says_what_it_is():
    tender = rehearsal()
    assert tender.is_practice
    assert tender.title.startswith("Rehearsal: Stimulus fund")
    assert not tender.is_public
    with pytest.raises(IntegrityError, match="rehearsals_are_practices"), transaction.atomic():
        Tender.objects.update(is_practice=False)


@pytest.mark.parametrize("door", DOORS)
def test_nobody_anonymous_finds_it_at_any_door(door):
    tender = rehearsal()
    assert read(None, door).status_code == 404
    made.submitted_proposal(tender)
    made.close(tender)
    assert read(None, door, at=tender.closed_at).status_code == 404


@pytest.mark.parametrize("door", DOORS)
def test_who_is_signed_in_finds_it_at_every_door_but_feed_and_calendar(door):
    tender = made.close(rehearsal())
    for player in BIDDERS:
        answer = read(player, door, at=tender.closed_at)
        assert (answer.status_code == 404) is (door in NOWHERE), player
        assert "ETag" not in answer


def test_its_draft_is_for_staff_alone():
    draft_tender(rehearses=True)
    assert [read(player, "/tenders/SF1/").status_code for player in OUTSIDERS] == [404] * 5


@pytest.mark.parametrize("page", LISTS)
@pytest.mark.parametrize("who", [None, "lead-a", "manager"])
def test_no_list_and_no_feed_names_it(page, who):
    rehearsal()
    said = read(who, page).content.decode()
    assert "Rehearsal" not in said
    assert "/tenders/SF1/" not in said


def test_its_page_is_marked_and_says_what_becomes_of_it():
    rehearsal()
    page = read("lead-a", "/tenders/SF1/")
    banner = "This is a rehearsal. Nothing you submit here counts, and nobody at the fund reads it"
    assert banner in words(page)
    assert "feed.atom" not in text_of(page).replace("/tenders.atom", "")
    assert "timetable.ics" not in text_of(page)
    for nothing in ("How proposals are judged", "What winners owe", "Decision expected", "contracts"):
        assert nothing not in words(page), nothing
    assert "highest price of one proposal" in words(page)
    assert "og:title" not in text_of(page)
    programme = Tender.objects.get().programme.get_absolute_url()
    assert read("lead-a", programme).status_code == 200
    assert "Rehearsal" not in words(read("lead-a", programme))
    assert read(None, programme).status_code == 404


def test_outsiders_take_part_and_the_funds_staff_do_not():
    tender = rehearsal()
    finance = cast.person("finance", at=PUBLISHED)
    assert access.takes_part(cast.person("lead-a", at=PUBLISHED), tender)
    assert not access.takes_part(finance, tender)
    with clock.held_at(WHILE_OPEN), pytest.raises(WrongPerson):
        taking_part.form(tender, lead=organisation("lead-a"), name="We", by=finance)
    assert "Take part" not in text_of(read("finance", "/tenders/SF1/"))
    assert 'href="/tenders/SF1/take-part/"' in text_of(read("lead-a", "/tenders/SF1/"))


def test_outsiders_invite_each_other_and_every_mail_says_rehearsal_first():
    tender = rehearsal()
    written = made.complete_proposal(tender)
    made.submit(written)
    made.close(tender)
    kinds = ("invitation_sent", "invitation_accepted", "proposal_submitted", "proposal_registered")
    for kind in kinds:
        mails = OutboxMessage.objects.filter(kind=f"tenders/{kind}")
        assert mails, kind
        assert all(mail.subject.startswith("Rehearsal: ") for mail in mails), kind
    received = OutboxMessage.objects.filter(kind="tenders/proposal_submitted").first()
    assert "nobody at the fund reads it" in received.body
    assert "opening" not in received.body
    published = OutboxMessage.objects.filter(kind="tenders/tender_published").first()
    assert published.subject.count("Rehearsal: ") == 1


def test_an_invitation_leads_who_is_not_signed_in_to_no_page_that_is_not_there():
    formed = consortium_of("lead-a", tender=rehearsal(), at=WHILE_OPEN)
    told = {"organisation_name": "Them", "email": "hello@them.example.org", "by": formed.formed_by}
    with clock.held_at(WHILE_OPEN):
        taking_part.invite(formed, **told)
    body = OutboxMessage.objects.get(address="hello@them.example.org").body
    path = re.search(r"/invitations/\S+", body)[0]
    assert "It is a rehearsal" in body
    assert 'href="/tenders/SF1/"' not in text_of(read(None, path))
    assert 'href="/tenders/SF1/"' in text_of(read("newcomer", path))


@pytest.mark.parametrize("rival", [None, "lead-b", "newcomer", "manager", "approver", "observer"])
def test_nobody_sees_anything_of_anothers_rehearsal(rival):
    tender = rehearsal()
    version = made.submit(made.complete_proposal(tender))
    own = version.proposal
    made.close(tender)
    doors = [own.get_absolute_url(), version.get_absolute_url(), own.consortium.get_absolute_url()]
    doors += [
        reverse(f"tenders:{page}", args=[own.pk]) for page in ("attachments", "check_proposal", "costs")
    ]
    for door in doors:
        answer = read(rival, door, at=tender.closed_at)
        assert answer.status_code in {302, 404}, door
        assert answer.headers.get("Location", "/sign-in/").startswith("/sign-in/")
        assert own.title not in answer.content.decode()


def test_the_receipt_says_that_it_is_a_rehearsals_and_the_register_is_there_after_the_close():
    tender = rehearsal()
    version = made.submit(made.complete_proposal(tender))
    page = words(read("lead-a", version.get_absolute_url(), at=version.submitted_at))
    assert "Your rehearsal worked. Receipt number" in page
    assert "It is a receipt of a rehearsal, not of a proposal, and counts for nothing." in page
    assert "a rehearsal is never opened" in page
    assert "The last one stands." in page
    assert "Two people" not in page
    made.close(tender)
    for player in ("lead-a", "lead-b"):
        register = words(read(player, "/tenders/SF1/register/", at=tender.closed_at))
        assert version.receipt_number in register
        assert "This is a rehearsal." in register
        assert "two people" not in register


def test_its_receipt_is_not_checked_from_outside_and_for_who_is_signed_in_it_is_no_proposal():
    tender = rehearsal()
    version = made.submit(made.complete_proposal(tender))
    made.close(tender)
    address = f"/receipts/?number={version.receipt_number}"
    assert "No register names" in words(read(None, address))
    for player in ("lead-b", "manager"):
        page = words(read(player, address))
        assert "is in the register of a rehearsal" in page
        assert "It is no receipt of a proposal." in page


def test_it_is_never_opened_and_needs_no_panel():
    tender = made.close(rehearsal())
    manager = cast.person("manager", at=PUBLISHED)
    with clock.held_at(tender.closed_at), pytest.raises(NotReady, match="never opened"):
        opening.propose_opening(tender, by=manager, at=tender.closed_at)
    page = words(read("manager", "/home/", at=tender.closed_at))
    assert "End the rehearsal SF1" in page
    assert "Open the proposals to SF1" not in page
    assert "Name the panel" not in page
    desk = words(read("manager", "/staff/tenders/SF1/", at=tender.closed_at))
    assert "End the rehearsal" in desk
    assert "a rehearsal is not opened" in desk
    sealed = words(read("manager", reverse("tenders:opening", args=["SF1"]), at=tender.closed_at))
    assert "A rehearsal is never opened" in sealed


def test_home_marks_what_is_rehearsed_and_lists_it_after_what_counts():
    real, tried = published_tender(), rehearsal(reference="TRY")
    made.draft_proposal(tried, title="A trial", members=())
    made.draft_proposal(real, title="Repairs people can see", members=())
    page = words(read("lead-a", "/home/", at=made.written_at(real)))
    assert "Rehearsal: write and submit “A trial”" in page
    assert "Rehearsal: write and submit “Repairs" not in page
    work = page.partition("Your work")[2]
    assert work.index("Repairs people can see") < work.index("A trial")
    assert re.search(r"Rehearsal TRY\b", work)
    assert "Rehearsal SF1" not in work
    version = made.submit(made.complete_proposal(tried, lead="lead-b", title="Bins"))
    news = words(read("lead-b", "/home/", at=version.submitted_at + timedelta(hours=1)))
    assert "Rehearsal: Callum Frost submitted “Bins”" in news


def test_it_keeps_nobody_signed_in_and_asks_nobody_to_try_signing_in():
    tender = rehearsal()
    made.draft_proposal(tender)
    at = tender.proposals_close_at - timedelta(days=5)
    assert needed_until(cast.person("lead-a", at=PUBLISHED), at) is None
    assert not list(people_who_will_sign_in(at, from_=timedelta(days=2), to=timedelta(days=7)))


def test_it_is_one_of_three_kinds_and_copies_are_none():
    manager = visitor("manager")
    draft_tender(rehearses=True)
    typed = {
        "start": "nothing",
        "earlier": "",
        "programme": str(Tender.objects.get().programme_id),
        "reference": "TRY",
        "title": "Try it",
        "kind": "rehearsal",
    }
    page = reverse("tenders:add_tender")
    assert "Let bidders rehearse Anybody with an account" in words(manager.get(page))
    assert manager.post(page, typed).status_code == 302
    begun = Tender.objects.get(reference="TRY")
    assert (begun.title, begun.is_practice, begun.rehearses) == ("Rehearsal: Try it", True, True)
    form = manager.get(f"{page}?copy=SF1").content.decode()
    assert 'value="Stimulus fund for service redesign"' in form
    copied = typed | {"start": "copy", "earlier": "SF1", "reference": "SF3", "kind": "counts"}
    copied |= {"publish_on_day": "17", "publish_on_month": "8", "publish_on_year": "2027"}
    assert manager.post(page, copied).status_code == 302
    copy = Tender.objects.get(reference="SF3")
    assert (copy.title, copy.is_practice, copy.rehearses) == ("Try it", False, False)


def test_a_practice_of_staff_stays_theirs_beside_it():
    published_tender(is_practice=True)
    rehearsal(reference="TRY")
    finance = cast.person("finance", at=PUBLISHED)
    theirs, bidders = Tender.objects.get(reference="SF1"), Tender.objects.get(reference="TRY")
    assert (access.takes_part(finance, theirs), access.takes_part(finance, bidders)) == (True, False)
    assert read("lead-a", "/tenders/SF1/").status_code == 404
    begun = made.draft_proposal(theirs, lead="finance", members=(), at=WHILE_OPEN)
    assert begun.tender == theirs
