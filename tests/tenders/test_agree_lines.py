"""A member agrees to its lines; what another changes is told and the agreement lapses; submitting without."""

import uuid
from datetime import timedelta
from decimal import Decimal

import pytest

from odifund.core import clock
from odifund.core.errors import MovedOn, NotReady, WrongPerson
from odifund.core.models import Event, OutboxMessage
from tenders.actions import agreement, cost_line, section_text, submission
from tenders.actions import proposal as proposals
from tenders.actions.cost_line import Cost
from tenders.models import Agreement, Proposal
from tenders.queries import agreement as agreements
from tenders.queries import draft
from tests import cast
from tests.factories import proposal as made
from tests.journeys.browsing import Browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal():
    begun = made.complete_proposal()
    with clock.held_at(made.written_at(begun.tender)):
        yield begun


def partner(proposal):
    return proposal.consortium.members.get(is_lead=False)


def read(proposal):
    return draft.of(Proposal.objects.get(pk=proposal.pk))


def standing(proposal):
    return agreements.standing(read(proposal), partner(proposal))


def change(proposal, by, amount="100"):
    at, theirs = made.written_at(proposal.tender), partner(proposal).organisation
    line = proposal.cost_lines.get(organisation=theirs)
    cost = Cost(theirs, line.what, kind=line.kind, amount=Decimal(amount))
    cost_line.edit(line, cost, by=by, at=at)


def agree(proposal, by, seen=None):
    """A minute later than the factory's, which is at the same held moment as all else."""
    seen = seen or agreements.seen(read(proposal), partner(proposal))
    at = made.written_at(proposal.tender) + timedelta(minutes=1)
    return agreement.agree(proposal, partner(proposal), seen=seen, by=by, at=at)


def ines(proposal):
    return cast.person("partner-a", at=made.written_at(proposal.tender))


def mails(kind):
    return list(OutboxMessage.objects.filter(kind=f"tenders/{kind}").values_list("address", flat=True))


def test_the_others_are_told_of_an_agreement_and_the_trail_has_it(proposal):
    assert standing(proposal).holds
    assert mails("lines_agreed") == [proposal.started_by.email]
    assert Event.objects.filter(name="proposal.agreed").count() == 1


def test_the_costs_wait_in_the_task_list_for_who_has_not_agreed_and_stop_nobody(proposal):
    at, page = made.written_at(proposal.tender), f"/proposals/{proposal.pk}/"
    lead = Browser("lead-a", at)
    assert "£45,370.50, agreed by 1 of 1 partner Completed" in lead.see(page, at).words
    change(proposal, proposal.started_by)
    waiting = lead.see(page, at).words
    assert "£4,600, agreed by 0 of 1 partner Waiting for 1 partner" in waiting
    assert "12 of 13 tasks are complete" in waiting
    assert "Nothing stops submitting Your turn" in waiting
    agree(proposal, ines(proposal))
    assert "13 of 13 tasks are complete" in lead.see(page, at).words


def test_it_lapses_when_the_lead_changes_a_line_and_the_member_is_told_what(proposal):
    change(proposal, proposal.started_by)
    assert not standing(proposal).holds
    (mail,) = OutboxMessage.objects.filter(kind="tenders/agreement_lapsed")
    assert mail.address == ines(proposal).email
    for words in ("The price of the proposal: £45,370.50 before, £4,600 now", "Research and design"):
        assert words in mail.body
    change(proposal, proposal.started_by, "200")
    assert len(mails("agreement_lapsed")) == 1


def test_it_stands_when_other_lines_change_and_the_member_sees_the_new_price(proposal):
    lead = proposal.consortium.lead
    at = made.written_at(proposal.tender)
    cost_line.add(
        proposal, Cost(lead, "Rooms", kind="expenses", amount=Decimal(640)), by=proposal.started_by, at=at
    )
    now = standing(proposal)
    assert now.holds
    assert [change.what for change in agreements.changes(read(proposal), now)] == [
        "The price of the proposal"
    ]


def test_who_changes_its_own_lines_is_not_told_by_mail_and_agrees_again(proposal):
    change(proposal, ines(proposal))
    assert not standing(proposal).holds
    assert mails("agreement_lapsed") == []
    agree(proposal, ines(proposal))
    assert standing(proposal).holds
    assert Agreement.objects.count() == 2


def test_nobody_agrees_for_another_nor_to_what_they_did_not_read(proposal):
    change(proposal, proposal.started_by)
    with pytest.raises(WrongPerson):
        agree(proposal, proposal.started_by)
    seen = agreements.seen(read(proposal), partner(proposal))
    change(proposal, proposal.started_by, "300")
    with pytest.raises(MovedOn):
        agree(proposal, ines(proposal), seen)


def test_the_lead_goes_on_without_it_only_by_saying_so_and_the_receipt_says_it(proposal):
    change(proposal, proposal.started_by)
    words = {"by": proposal.started_by, "seen_at": made.written_at(proposal.tender)}
    with pytest.raises(NotReady) as refused:
        submission.submit(proposal, key=uuid.uuid4(), **words)
    assert "Pattern & Post has not agreed" in refused.value.sentences[0]
    version = submission.submit(proposal, key=uuid.uuid4(), without=[partner(proposal).pk], **words)
    assert version.without_agreement == ["Pattern & Post"]
    assert '"without_agreement":["Pattern & Post"]' in version.manifest
    bodies = OutboxMessage.objects.filter(kind="tenders/proposal_submitted").values_list("body", flat=True)
    assert all("Submitted without the agreement of Pattern & Post" in body for body in bodies)


def test_the_page_shows_what_changed_with_the_price_first(proposal):
    change(proposal, proposal.started_by)
    at = made.written_at(proposal.tender)
    path = f"/proposals/{proposal.pk}/members/{partner(proposal).pk}/agreement/"
    page = Browser("partner-a", at).see(path, at)
    price, total = (
        page.words.find("The price of the proposal"),
        page.words.find("The total of Pattern & Post"),
    )
    assert 0 < price < total < page.words.find("Research and design")
    assert Browser("lead-a", at).see(path, at).status_code == 403
    assert Browser("lead-b", at).see(path, at).status_code == 404


def test_the_check_page_offers_to_go_on_without_and_keeps_the_lead_from_forgetting(proposal):
    change(proposal, proposal.started_by)
    at = made.written_at(proposal.tender)
    priya, check = Browser("lead-a", at), f"/proposals/{proposal.pk}/check/"
    fields = priya.hidden(check, at)
    submit = f"/proposals/{proposal.pk}/submit/"
    refused = priya.send(submit, at, **fields)
    assert refused.status_code == 422
    assert "Say that you go on without Pattern &amp; Post" in refused.content.decode()
    answer = priya.send(submit, at, **fields, without=str(partner(proposal).pk))
    assert "Without the agreement of Pattern & Post" in priya.see(answer.url, at).words


def without_lines(proposal):
    """The lead removes every line of the partner."""
    at, theirs = made.written_at(proposal.tender), partner(proposal).organisation
    for line in proposal.cost_lines.filter(organisation=theirs):
        cost_line.remove(line, by=proposal.started_by, at=at)


def never_asked():
    """A complete proposal whose partner never had a line, so it agreed to none."""
    begun = made.draft_proposal()
    at, lead = made.written_at(begun.tender), begun.consortium.lead
    for section in begun.tender.sections.all():
        section_text.save(begun, section, text=made.TEXT, base_revision=0, by=begun.started_by, at=at)
    proposals.set_delivery_model(begun, delivery_model="information", by=begun.started_by, at=at)
    rooms = Cost(lead, "Rooms", kind="expenses", amount=Decimal(640))
    cost_line.add(begun, rooms, by=begun.started_by, at=at)
    made.say_the_rest(begun)
    return begun


def test_a_member_without_lines_has_nothing_to_agree_to_and_holds_nobody_up():
    begun = never_asked()
    at, path = made.written_at(begun.tender), f"/proposals/{begun.pk}/"
    lead = Browser("lead-a", at)
    assert "£640 Completed" in lead.see(path, at).words
    check = lead.see(f"{path}check/", at).words
    assert "Not agreed" not in check
    assert "not agreed to" not in check
    asked = Browser("partner-a", at).see(f"{path}members/{partner(begun).pk}/agreement/", at).words
    assert "so there is nothing to agree to" in asked
    assert "Agree to these lines" not in asked
    answer = lead.send(f"{path}submit/", at, **lead.hidden(f"{path}check/", at))
    assert "Without the agreement" not in lead.see(answer.url, at).words
    assert begun.versions.get().without_agreement == []
    theirs = Cost(partner(begun).organisation, "Tests", kind="subcontract", amount=Decimal(100))
    cost_line.add(begun, theirs, by=begun.started_by, at=at)
    assert agreements.lacking(read(begun)) == [partner(begun)]
    assert mails("agreement_lapsed") == []


def test_whose_lines_are_taken_away_after_it_agreed_is_told_and_asked_again(proposal):
    without_lines(proposal)
    assert agreements.lacking(read(proposal)) == [partner(proposal)]
    assert standing(proposal).in_words == "Changed since it agreed"
    assert mails("agreement_lapsed") == [ines(proposal).email]
    agree(proposal, ines(proposal))
    assert agreements.lacking(read(proposal)) == []
