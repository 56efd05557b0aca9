"""The trail and the outbox in words, and sealed until the opening for everybody who reads them."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.html import escape

from odifund.core import audit, clock, mail
from odifund.core.models import Event, EventDetails
from odifund.core.trail import Entry
from tenders.actions import question
from tenders.models import Tender
from tests import cast
from tests.core.ground import AT, CLOSES, a_tender

READERS = ["observer", "manager", "administrator"]


class Sealed:
    """Something of a proposal, as far as the trail and the outbox ask."""

    audit_sealed = True

    class _meta:  # noqa: N801
        label_lower = "tenders.proposal"

    def __init__(self, tender):
        self.audit_scope, self.pk = tender.pk, tender.pk

    def __str__(self):
        return "Bins that book themselves"


@pytest.fixture
def people(db):
    return cast.whole(at=AT)


@pytest.fixture
def tender(people):
    return a_tender(title="Stimulus fund for service redesign", status=Tender.Status.PUBLISHED)


@pytest.fixture
def submitted(tender, people):
    """A sealed event and a sealed mail."""
    sealed, lead = Sealed(tender), people["lead-a"]
    audit.record("proposal.submitted", sealed, by=lead, at=AT, details={"lead": "Exampleshire"})
    mail.queue("core/person_invited", key="receipt:1", to=[lead], at=AT, context={"by": None}, about=sealed)
    return tender


def read(client, reader, name="pages:trail", /, **asked):
    client.force_login(reader)
    return client.get(reverse(name), asked).content.decode()


def test_what_happened_is_said_in_sentences_newest_first(client, people, tender):
    by = people["manager"]
    audit.record("tender.published", tender, by=by, at=AT)
    page = read(client, people["observer"])
    published = page.index(
        "Morgan Ellery confirmed, and core-0, Stimulus fund for service redesign was published."
    )
    assert published < page.index("gave Ravi Thackeray the role Observer")


@pytest.mark.parametrize("player", READERS)
def test_before_the_opening_a_proposals_events_have_no_names(client, people, submitted, player):
    page = read(client, people[player])
    assert "A proposal was submitted." in page
    for secret in ("Priya", "Exampleshire", "Bins", "priya.nair"):
        assert secret not in page


@pytest.mark.parametrize("player", READERS)
def test_asking_for_a_person_does_not_tell_whose_a_sealed_event_was(client, people, submitted, player):
    page = read(client, people[player], person=people["lead-a"].email)
    assert "A proposal was submitted." not in page
    assert "Nothing here" in page


def test_after_the_opening_too_nobody_learns_who_asked(client, people, tender):
    asker = people["lead-a"]
    Tender.objects.filter(pk=tender.pk).update(questions_close_at=CLOSES)
    with clock.held_at(AT):
        question.ask(tender, text="May we?", by=asker, at=AT)
    Tender.objects.filter(pk=tender.pk).update(opened_at=AT)
    assert "Somebody asked a question." in read(client, people["manager"])
    for asked in ({}, {"person": asker.email}):
        assert "Priya Nair began" not in read(client, people["manager"], **asked)
    assert "asked a question" not in read(client, people["manager"], person=asker.email)


def test_after_the_opening_the_observer_reads_names_and_the_administrator_none(client, people, submitted):
    Tender.objects.filter(pk=submitted.pk).update(opened_at=AT)
    said = audit.sentence(
        Event.objects.get(name="proposal.submitted"),
        Event.objects.get(name="proposal.submitted").details.content,
    )
    assert "Priya Nair" in said
    assert escape(said) in read(client, people["observer"])
    assert escape(said) in read(client, people["manager"], person=people["lead-a"].email)
    page = read(client, people["administrator"])
    assert "A proposal was submitted." in page
    assert "Priya" not in page


def test_the_trail_of_one_tender_one_person_and_some_days(client, people, tender):
    other = a_tender(title="Another round")
    by = people["manager"]
    audit.record("tender.edited", tender, by=by, at=AT, details={"what": "the purpose"})
    audit.record("tender.edited", other, by=people["approver"], at=CLOSES, details={"what": "the pot"})
    observer = people["observer"]
    assert "the pot" not in read(client, observer, tender=tender.reference)
    assert "the purpose" in read(client, observer, tender=tender.reference)
    assert "the purpose" not in read(client, observer, person="Beatrix.Holm@fund.example.org")
    assert "the pot" in read(client, observer, person="Beatrix.Holm@fund.example.org")
    since = {"since_day": "22", "since_month": "9", "since_year": "2017"}
    assert "the purpose" not in read(client, observer, **since)
    assert "the pot" in read(client, observer, **since)
    until = {"until_day": "21", "until_month": "9", "until_year": "2017"}
    assert "the pot" not in read(client, observer, **until)


def test_the_newest_tenders_can_be_chosen_and_an_older_one_is_found_from_its_page(client, people, tender):
    copies = [Tender(**fields_of(tender) | {"reference": f"OLD{n}"}) for n in range(40)]
    Tender.objects.bulk_create(copies)
    client.force_login(people["manager"])
    with clock.held_at(AT):
        page = client.get(reverse("pages:trail")).content.decode()
        assert page.count("<option") == 31
        last = next(one.reference for one in reversed(copies) if f'value="{one.reference}"' not in page)
        desk = client.get(reverse("tenders:staff_tender", args=[last])).content.decode()
        assert f'href="/staff/trail/?tender={last}"' in desk
        assert f'value="{last}" selected' in client.get(f"/staff/trail/?tender={last}").content.decode()


def fields_of(row):
    kept = (field for field in row._meta.concrete_fields if field.name != "id")
    return {field.attname: getattr(row, field.attname) for field in kept}


def test_days_the_wrong_way_round_are_said(client, people):
    days = {"since_day": "2", "since_month": "9", "since_year": "2017"}
    days |= {"until_day": "1", "until_month": "9", "until_year": "2017"}
    assert "The last day must be the first day or later" in read(client, people["observer"], **days)


def test_the_chain_and_its_last_link_are_shown(client, people):
    head = audit.publish_head("the mail of 2017-08-17", at=AT)
    page = read(client, people["observer"])
    assert f"{head.seq}:{head.hash}" in page
    assert "the mail of 2017-08-17" in page


def test_words_that_were_erased_are_said_to_be(client, people, tender):
    event = audit.record("tender.published", tender, by=people["manager"], at=AT)
    event.details.content, event.details.erased_at = None, AT
    event.details.save()
    assert "names and words were erased" in read(client, people["observer"])


@pytest.mark.parametrize("player", ["approver", "moderator", "evaluator-1", "finance"])
def test_other_staff_are_told_that_their_role_does_not_reach(client, people, player):
    client.force_login(people[player])
    assert client.get(reverse("pages:trail")).status_code == 403
    assert client.get(reverse("pages:outbox")).status_code == 403


@pytest.mark.parametrize("player", ["lead-a", "partner-a", "lead-b", "newcomer"])
def test_for_everybody_else_there_is_no_trail(client, people, player):
    client.force_login(people[player])
    assert client.get(reverse("pages:trail")).status_code == 404
    assert client.get(reverse("pages:outbox")).status_code == 404


def test_the_trail_goes_on_over_pages_and_costs_the_same(
    client, people, tender, django_assert_max_num_queries
):
    for number in range(100):
        details, at = {"what": f"edit-{number:03}"}, AT + timedelta(minutes=number)
        audit.record("tender.edited", tender, by=people["manager"], at=at, details=details)
    audit.link(AT)
    client.force_login(people["observer"])
    with django_assert_max_num_queries(10):
        first = client.get(reverse("pages:trail"), {"tender": tender.reference}).content.decode()
    assert "edit-099" in first
    assert "edit-059" not in first
    assert f"?tender={tender.reference}&amp;page=2" in first
    second = client.get(reverse("pages:trail"), {"tender": tender.reference, "page": 2}).content.decode()
    assert "edit-059" in second


@pytest.mark.parametrize("player", ["manager", "administrator"])
def test_the_outbox_shows_kind_state_and_recipient_and_no_words(client, people, submitted, player):
    mail.queue("core/person_invited", key="x", to=["open@example.org"], at=AT, context={"by": None})
    page = read(client, people[player], "pages:outbox")
    assert "open@example.org" in page
    assert "Person invited" in page
    assert "Waiting" in page
    assert "Sign in with this e-mail address" not in page
    assert "priya.nair" not in page
    assert "About a proposal" in page


def test_after_the_opening_the_manager_reads_who_got_it(client, people, submitted):
    Tender.objects.filter(pk=submitted.pk).update(opened_at=AT)
    assert "priya.nair" in read(client, people["manager"], "pages:outbox")
    assert "priya.nair" not in read(client, people["administrator"], "pages:outbox")


def test_the_outbox_by_state(client, people):
    mail.queue("core/person_invited", key="x", to=["open@example.org"], at=AT, context={"by": None})
    assert "open@example.org" in read(client, people["manager"], "pages:outbox", state="waiting")
    assert "open@example.org" not in read(client, people["manager"], "pages:outbox", state="sent")


def test_the_observer_has_no_outbox_page(client, people):
    client.force_login(people["observer"])
    assert client.get(reverse("pages:outbox")).status_code == 403


def test_the_outbox_costs_the_same_with_more_mail(client, people, django_assert_max_num_queries):
    late = AT + timedelta(hours=1)
    to = [f"p{number}@example.org" for number in range(100)]
    mail.queue("core/person_invited", key="x", to=to, at=late, context={"by": None})
    client.force_login(people["manager"])
    with django_assert_max_num_queries(9):
        client.get(reverse("pages:outbox"))


def locked(tender, by, *criteria, proposal="The ferry", at=AT):
    for criterion in criteria:
        details = {"proposal": proposal, "criterion": criterion}
        audit.record("score.locked", tender, by=by, at=at, details=details)


def lines(client, reader):
    """What the trail says and the numbers beside it, newest first."""
    page = " ".join(read(client, reader).split())
    return re.findall(
        r'role="cell"> ([^<]*?) (?:<span class="of-quiet">(\d+ times)</span> )?</td>.*?No. </span>([^<]*?) <',
        page,
    )


def test_one_lock_of_scores_is_one_line_with_every_number(client, people, tender):
    first, other = people["evaluator-1"], people["evaluator-2"]
    locked(tender, first, "Need", "Open data", "Value")
    locked(tender, other, "Need", "Open data")
    locked(tender, other, "Need", at=AT + timedelta(seconds=1))
    audit.link(AT)
    newest = audit.length()
    assert lines(client, people["observer"])[:3] == [
        (f"{other} locked their score of “The ferry” for Need.", "", f"{newest}"),
        (
            f"{other} locked their score of “The ferry” for Need and Open data.",
            "",
            f"{newest - 2} to {newest - 1}",
        ),
        (
            f"{first} locked their score of “The ferry” for Need, Open data and Value.",
            "",
            f"{newest - 5} to {newest - 3}",
        ),
    ]


def test_what_differs_in_more_than_its_end_has_a_line_each(client, people, tender):
    by = people["evaluator-1"]
    locked(tender, by, "Need")
    locked(tender, by, "Need", proposal="The lift")
    locked(tender, by, "Value", proposal="The bus")
    said = [sentence for sentence, _, _ in lines(client, people["observer"])]
    assert said[:3] == [
        f"{by} locked their score of “The bus” for Value.",
        f"{by} locked their score of “The lift” for Need.",
        f"{by} locked their score of “The ferry” for Need.",
    ]


def test_what_is_erased_is_told_apart_from_what_is_not(client, people, tender):
    by = people["evaluator-1"]
    locked(tender, by, "Need", "Value", "Open data")
    erased = Event.objects.filter(name="score.locked").order_by("-id")[0]
    EventDetails.objects.filter(event=erased).update(content=None, erased_at=AT)
    said = [sentence for sentence, _, _ in lines(client, people["observer"])]
    assert said[:2] == [
        "score.locked: names and words were erased.",
        f"{by} locked their score of “The ferry” for Need and Value.",
    ]


def test_numbers_with_others_between_them_are_each_given():
    assert Entry(AT, "", False, (3, 4, 5)).numbers == "3 to 5"
    assert Entry(AT, "", False, (3, 5)).numbers == "3, 5"
    assert Entry(AT, "", False, (3, None)).numbers == ""
