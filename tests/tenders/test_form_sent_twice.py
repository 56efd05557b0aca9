"""Double clicks and replays: the same form sent again makes nothing new and leads to the same page."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consortia.models import Invitation, Organisation
from odifund.core import once
from odifund.core.models import Event, OutboxMessage, Person, SentForm
from tenders.models import Attachment, CostLine, Criterion, Notice, OwedDeliverable, Question, Section, Tender
from tests.factories import proposal as made
from tests.factories.tender import PUBLISHED, draft_tender, published_tender
from tests.factories.visit import text_of, visiting
from tests.tenders.test_races import at_once, open_now

KEY = re.compile(rf'name="{once.KEY}" value="([0-9a-f]{{32}})"')
OPEN = PUBLISHED + timedelta(days=2)
COST = {"kind": "staff", "what": "User researcher", "days": "3", "day_rate": "450", "amount": ""}
ORGANISATION = {
    "name": "Middling Council",
    "kind": "local_authority",
    "region": "london",
    "size": "public",
    "website": "",
}
CRITERION = {"title": "Need", "guidance": "", "weight": "5", "kind": "quality"}
SECTION = {
    "title": "Plan",
    "guidance": "",
    "kind": "text",
    "word_limit": "200",
    "criterion": "",
    "required": "on",
}


def key_on(client, address):
    return KEY.search(text_of(client.get(address)))[1]


def sent_twice(client, address, **words):
    """The same form sent, and sent again; returns where both led."""
    words[once.KEY] = key_on(client, address)
    first, again = (client.post(address, dict(words)) for _ in range(2))
    assert first.status_code == 302, text_of(first)
    assert (again.status_code, again.url) == (302, first.url)
    return first.url


@pytest.mark.django_db
def test_a_cost_line_sent_twice_is_one_line():
    proposal = made.draft_proposal(published_tender())
    address = reverse("tenders:add_cost_line", args=[proposal.pk])
    with visiting("lead-a", at=OPEN) as lead:
        sent_twice(lead, address, organisation=proposal.consortium.lead_id, **COST)
    assert CostLine.objects.filter(proposal=proposal).count() == 1


@pytest.mark.django_db
def test_a_question_sent_twice_is_asked_once():
    published_tender()
    with visiting("lead-a", at=OPEN) as lead:
        sent_twice(lead, reverse("tenders:questions", args=["SF1"]), text="May a charity lead?")
    assert Question.objects.count() == 1


@pytest.mark.django_db
def test_a_notice_sent_twice_is_published_and_mailed_once():
    made.draft_proposal(published_tender())
    with visiting("manager", at=OPEN) as manager:
        address = reverse("tenders:publish_notice", args=["SF1"])
        words = {"title": "A webinar", "text": "Come on Tuesday."}
        checked = manager.post(address, words).context["read_first"][0].digest
        sent_twice(manager, address, **words, checked=checked)
    assert Notice.objects.count() == 1
    mails = OutboxMessage.objects.filter(kind="tenders/notice_published")
    assert mails.count() == mails.values("address").distinct().count() > 0


@pytest.mark.django_db
def test_an_organisation_sent_twice_is_added_once():
    with visiting("newcomer", at=OPEN) as newcomer:
        led_to = sent_twice(newcomer, reverse("consortia:add_organisation"), **ORGANISATION)
    assert led_to == Organisation.objects.get().get_absolute_url()


@pytest.mark.django_db
def test_an_invitation_to_a_consortium_sent_twice_is_one_invitation():
    consortium = made.draft_proposal(published_tender()).consortium
    before = Invitation.objects.count()
    with visiting("lead-a", at=OPEN) as lead:
        words = {"organisation_name": "A charity", "email": "new@charity.example.org"}
        sent_twice(lead, reverse("tenders:invite", args=[consortium.pk]), **words)
    assert Invitation.objects.count() == before + 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "row", "words"),
    [
        ("add_criterion", Criterion, CRITERION),
        ("add_section", Section, SECTION),
    ],
)
def test_a_row_of_a_draft_sent_twice_is_one_row(name, row, words):
    draft_tender()
    before = row.objects.count()
    with visiting("manager", at=PUBLISHED - timedelta(hours=12)) as manager:
        sent_twice(manager, reverse(f"tenders:{name}", args=["SF1"]), **words)
    assert row.objects.count() == before + 1


@pytest.mark.django_db
def test_a_deliverable_sent_twice_is_one_row_and_no_refusal():
    tender = draft_tender()
    gone = tender.owed.first()
    kind = gone.kind
    gone.delete()
    words = {"kind": kind, "title": "Kick-off", "guidance": "", "at_least": "1", "payment_percent": "0"}
    with visiting("manager", at=PUBLISHED - timedelta(hours=12)) as manager:
        sent_twice(manager, reverse("tenders:add_owed", args=["SF1"]), **words)
    assert OwedDeliverable.objects.filter(tender=tender, kind=kind).count() == 1


@pytest.mark.django_db
def test_a_programme_and_a_tender_sent_twice_are_one_each():
    with visiting("manager", at=OPEN) as manager:
        sent_twice(manager, reverse("tenders:add_programme"), title="Care", purpose="To learn.")
        page = text_of(manager.get(reverse("tenders:add_tender")))
        chosen = re.search(r'<option value="([0-9a-f-]{36})"', page)[1]
        words = {"start": "nothing", "programme": chosen, "reference": "SF9", "title": "A round"}
        sent_twice(manager, reverse("tenders:add_tender"), **words)
    assert Tender.objects.count() == 1


@pytest.mark.django_db
def test_a_person_invited_twice_is_told_once():
    with visiting("administrator", at=OPEN) as administrator:
        words = {"name": "Nia Bell", "email": "nia.bell@fund.example.org", "roles": ["evaluator"]}
        sent_twice(administrator, reverse("pages:invite_person"), **words)
    assert Event.objects.filter(name="person.invited").count() == 1


@pytest.mark.django_db
def test_a_file_sent_twice_is_attached_once_and_another_file_beside_it():
    proposal = made.draft_proposal(published_tender())
    address = reverse("tenders:attachments", args=[proposal.pk])
    with visiting("lead-a", at=OPEN) as lead:
        key = key_on(lead, address)
        for content in (b"%PDF-1.4 one%%EOF", b"%PDF-1.4 one%%EOF", b"%PDF-1.4 two%%EOF"):
            file = SimpleUploadedFile("plan.pdf", content)
            assert lead.post(address, {"file": file, once.KEY: key}).status_code == 302
    assert Attachment.objects.filter(proposal=proposal).count() == 2


@pytest.mark.django_db
def test_a_page_gone_back_to_and_filled_in_differently_is_another_form():
    proposal = made.draft_proposal(published_tender())
    address = reverse("tenders:add_cost_line", args=[proposal.pk])
    with visiting("lead-a", at=OPEN) as lead:
        words = {**COST, "organisation": proposal.consortium.lead_id, once.KEY: key_on(lead, address)}
        lead.post(address, words)
        lead.post(address, {**words, "what": "Interaction designer"})
    assert CostLine.objects.filter(proposal=proposal).count() == 2


@pytest.mark.django_db
def test_a_refused_form_may_be_sent_again():
    with visiting("newcomer", at=OPEN) as newcomer:
        words = {
            **ORGANISATION,
            "name": "",
            once.KEY: key_on(newcomer, reverse("consortia:add_organisation")),
        }
        refused = newcomer.post(reverse("consortia:add_organisation"), words)
    assert refused.status_code == 422
    assert not SentForm.objects.exists()


@pytest.mark.django_db
def test_another_persons_form_with_the_same_key_is_their_own():
    with visiting("newcomer", at=OPEN) as newcomer:
        words = {**ORGANISATION, once.KEY: key_on(newcomer, reverse("consortia:add_organisation"))}
        newcomer.post(reverse("consortia:add_organisation"), words)
    with visiting("lead-b", at=OPEN) as rival:
        rival.post(reverse("consortia:add_organisation"), {**words, "name": "Sampleton Borough Council"})
    assert Organisation.objects.count() == 2


@pytest.mark.django_db
def test_it_costs_one_row_and_no_reading():
    with visiting("newcomer", at=OPEN) as newcomer:
        words = {**ORGANISATION, once.KEY: key_on(newcomer, reverse("consortia:add_organisation"))}
        with CaptureQueriesContext(connection) as asked:
            newcomer.post(reverse("consortia:add_organisation"), words)
    about = [query["sql"].split()[0] for query in asked if "core_sentform" in query["sql"]]
    assert about == ["INSERT", "UPDATE"]


@pytest.mark.django_db
def test_forms_that_nobody_can_send_again_are_forgotten():
    SentForm.objects.create(digest="a" * 64, sent_at=OPEN - timedelta(days=15))
    kept = SentForm.objects.create(digest="b" * 64, sent_at=OPEN - timedelta(days=1))
    once.forget(OPEN)
    assert list(SentForm.objects.all()) == [kept]


def test_a_form_clicked_many_times_at_once_is_taken_once(committed_db):
    of = open_now()
    lead = made.draft_proposal(of).started_by
    address = reverse("tenders:questions", args=[of.reference])
    browsers = [Client() for _ in range(4)]
    for browser in browsers:
        browser.force_login(Person.objects.get(pk=lead.pk))
    words = {"text": "May a charity lead?", once.KEY: key_on(browsers[0], address)}
    answers = at_once(lambda browser=browser: browser.post(address, words) for browser in browsers)
    assert {(answer.status_code, answer.url) for answer in answers} == {(302, address)}
    assert Question.objects.count() == 1
    assert Event.objects.filter(name="question.asked").count() == 1
