"""A held proposal: its people are told, two people settle it, and nothing is decided before."""

from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings
from django.db import InternalError, transaction
from django.urls import reverse

from odifund.core import audit, clock
from odifund.core.errors import MovedOn, NotAsSubmitted, NotReady, WrongPerson
from odifund.core.models import Event, OutboxMessage, StoredFile
from tenders import access
from tenders.actions import decision, eligibility, reading, settlement
from tenders.models import Settlement
from tenders.queries import contents
from tenders.queries.held import stands
from tenders.queries.opening import outcome_of
from tenders.queries.proposal import standing_versions
from tenders.queries.ranking import Ranking
from tests import cast, databases
from tests.factories import proposal as made
from tests.factories.panel import (
    DECIDED,
    EVALUATORS,
    agree,
    check_eligibility,
    declare,
    name_panel,
    proposals_of,
    score_all,
)
from tests.factories.visit import text_of, visiting
from tests.read import as_read

AT = DECIDED
WHY = "The bidder’s own copy has the fingerprint of the receipt."
OTHER = b"%PDF-1.4 other words"


def person(key):
    return cast.person(key, at=AT)


def held_tender(spoil=lambda path: path.write_bytes(OTHER)):
    """Two proposals, opened; a file of the first in the order of receipts is not what was submitted."""
    tender = made.closed_tender()
    cast.whole(at=tender.closed_at)
    bad, _ = standing_versions(tender)
    for file in StoredFile.objects.filter(pk__in=[file.id for file in contents.of(bad).files]):
        spoil(Path(settings.MEDIA_ROOT) / file.path)
    return made.open_proposals(tender)


def held_of(tender):
    (held,) = outcome_of(tender).held
    return held


def propose(tender, outcome="admitted", by="manager", reason=WHY):
    with clock.held_at(AT):
        return settlement.propose(held_of(tender), outcome=outcome, reason=reason, by=person(by), at=AT)


def settle(proposed, by="approver"):
    with clock.held_at(AT):
        settlement.settle(proposed, by=person(by), at=AT)


def settled_tender(outcome):
    tender = held_tender()
    settle(propose(tender, outcome))
    return tender


def sees(key):
    return set(access.opened_proposals_for(person(key)).values_list("pk", flat=True))


def letters(kind):
    return OutboxMessage.objects.filter(kind=f"tenders/{kind}").order_by("address")


def address(name, tender):
    return reverse(f"tenders:{name}", args=[tender.reference, held_of(tender).pk])


def page(player, path):
    with visiting(None, at=AT) as client:
        if player:
            client.force_login(person(player) if isinstance(player, str) else player)
        return " ".join(text_of(client.get(path)).split())


@pytest.mark.django_db
def test_the_people_named_on_it_are_told_at_the_opening_and_nobody_else():
    tender = held_tender()
    version = held_of(tender).version
    mails = letters("proposal_held")
    named = {
        naming.person for m in version.proposal.consortium.members.all() for naming in m.named_people.all()
    }
    assert {mail.person for mail in mails} == named
    for mail in mails:
        assert version.title in mail.subject
        assert version.receipt_number in mail.body
        assert settings.CONTACT["phone"] in mail.body
        assert mail.sealed


@pytest.mark.django_db
def test_their_page_says_what_it_means_and_whom_to_ring():
    tender = held_tender()
    proposal = held_of(tender).version.proposal
    said = page(proposal.started_by, proposal.get_absolute_url())
    assert "Your proposal was held when the proposals were opened" in said
    assert settings.CONTACT["phone"] in said
    assert "Held" in page(proposal.started_by, "/home/")
    other = next(one for one in proposals_of(tender) if one != proposal)
    assert "was held" not in page(other.started_by, other.get_absolute_url())


@pytest.mark.django_db
@pytest.mark.parametrize("player", ["manager", "approver"])
def test_home_and_desk_show_it_as_waiting(player):
    tender = held_tender()
    assert f"Settle 1 held proposal to {tender.reference}" in page(player, "/home/")
    assert "Settle what was held" in page(player, f"/staff/tenders/{tender.reference}/")
    assert "1 held proposal to settle" in page(player, "/staff/tenders/")
    assert address("settle_held", tender) in page(player, f"/staff/tenders/{tender.reference}/opening/")


@pytest.mark.django_db
def test_what_is_admitted_opens_for_the_panel_like_the_rest():
    tender = held_tender()
    proposal = held_of(tender).version.proposal
    name_panel(tender, at=AT)
    for key in (*EVALUATORS, "moderator"):
        declare(tender, key, at=AT)
    for key in ("manager", "evaluator-1", "moderator", "observer"):
        assert proposal.pk not in sees(key)
    settle(propose(tender))
    for key in ("manager", "evaluator-1", "moderator", "observer"):
        assert proposal.pk in sees(key)
    assert not sees("administrator") | sees("finance") | sees("newcomer")


@pytest.mark.django_db
def test_what_is_left_out_stays_shut():
    tender = settled_tender("left out")
    proposal = held_of(tender).version.proposal
    for key in ("manager", "approver", "observer"):
        assert proposal.pk not in sees(key)
    with pytest.raises(WrongPerson):
        eligibility.record(proposal, eligible=True, reason="", by=person("manager"), at=AT)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("outcome", "words"), [("admitted", "It is admitted: it is read"), ("left out", "It is left out: nobody")]
)
def test_the_people_named_on_it_get_the_outcome_and_the_reason(outcome, words):
    tender = settled_tender(outcome)
    proposal = held_of(tender).version.proposal
    assert letters("proposal_settled").count() == letters("proposal_held").count()
    for mail in letters("proposal_settled"):
        assert words in mail.body
        assert WHY in mail.body
    assert WHY in page(proposal.started_by, proposal.get_absolute_url())


@pytest.mark.django_db
def test_it_takes_two_people_and_exactly_what_was_proposed():
    tender = held_tender()
    proposed = propose(tender)
    with pytest.raises(WrongPerson, match="another person"):
        settle(proposed, "manager")
    Settlement.objects.update(reason="Something else.")
    with pytest.raises(MovedOn, match="has changed since"):
        settle(proposed)
    assert not letters("proposal_settled")


@pytest.mark.django_db
def test_who_can_confirm_is_asked_and_told_no_title():
    tender = held_tender()
    propose(tender)
    (mail,) = letters("settlement_proposed")
    assert mail.person == person("approver")
    version = held_of(tender).version
    assert version.receipt_number in mail.subject
    assert version.title not in mail.subject + mail.body
    assert "Confirm what becomes of a held proposal" in page("approver", "/home/")
    assert "Confirm what becomes" not in page("manager", "/home/")


@pytest.mark.django_db
def test_only_who_decides_settles_it_and_with_a_reason():
    tender = held_tender()
    for key in ("observer", "administrator", "moderator", "evaluator-1", "finance", "lead-a"):
        with pytest.raises(WrongPerson):
            propose(tender, by=key)
    proposed = propose(tender)
    for key in ("observer", "administrator", "lead-a"):
        with pytest.raises(WrongPerson):
            settle(proposed, key)
    with pytest.raises(NotReady, match="and why"):
        propose(tender, reason=" ")
    with pytest.raises(NotReady, match="admitted or left out"):
        propose(tender, outcome="burned")


@pytest.mark.django_db
def test_another_proposal_replaces_the_first_and_can_be_taken_back():
    tender = held_tender()
    propose(tender)
    proposed = propose(tender, "left out")
    settlement.take_back(proposed, by=person("approver"), at=AT)
    with pytest.raises(MovedOn, match="Nothing waits"):
        settle(proposed)
    settle(propose(tender, "left out", by="approver"), "manager")
    with pytest.raises(MovedOn, match="settled this already"):
        propose(tender)


@pytest.mark.django_db
def test_what_changes_between_proposing_and_confirming_is_not_admitted():
    tender = held_tender()
    proposed = propose(tender)
    for file in StoredFile.objects.filter(
        pk__in=[file.id for file in contents.of(held_of(tender).version).files]
    ):
        (Path(settings.MEDIA_ROOT) / file.path).write_bytes(b"%PDF-1.4 and other words again")
    with pytest.raises(MovedOn, match="has changed since"):
        settle(proposed)


@pytest.mark.django_db
def test_an_admitted_file_is_read_as_it_was_admitted_and_no_other():
    tender = settled_tender("admitted")
    version = held_of(tender).version
    stored = StoredFile.objects.get(pk=contents.of(version).files[0].id)
    assert reading.file(version, stored, by=person("observer"), at=AT) == stored
    (Path(settings.MEDIA_ROOT) / stored.path).write_bytes(b"%PDF-1.4 changed later")
    with pytest.raises(NotAsSubmitted):
        reading.file(version, stored, by=person("observer"), at=AT)


def judged(tender):
    """The panel has agreed on all that is opened."""
    name_panel(tender, at=AT)
    for key in (*EVALUATORS, "moderator"):
        declare(tender, key, at=AT)
    check_eligibility(tender, at=AT)
    for proposal in access.opened_proposals_for(person("manager")).filter(tender=tender):
        for key in EVALUATORS:
            score_all(proposal, key, at=AT)
        agree(proposal, [4] * tender.criteria.count(), at=AT)


def decide(tender):
    chosen = [row.version.proposal_id for row in Ranking(tender).rows if row.placed.fits]
    proposed = decision.propose(tender, chosen, by=person("manager"), at=AT)
    decision.approve(proposed, by=person("approver"), at=AT)
    tender.refresh_from_db()


@pytest.mark.django_db
def test_scoring_goes_on_and_nothing_is_decided_before_it_is_settled():
    tender = held_tender()
    judged(tender)
    receipt = held_of(tender).version.receipt_number
    with pytest.raises(NotReady, match=f"Settle first what becomes of {receipt}"):
        decide(tender)
    with pytest.raises(NotReady, match="Settle first"):
        decision.propose_no_award(tender, reason="None is good.", by=person("manager"), at=AT)
    said = page("manager", f"/staff/tenders/{tender.reference}/decision/")
    assert f"{receipt} was held at the opening. Settle it first: no award can be proposed before." in said
    assert "Propose the awards" not in page("manager", "/home/")
    settle(propose(tender, "left out"))
    assert "Propose the awards" in page("manager", "/home/")
    decide(tender)
    assert tender.decision.awards.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("outcome", "counted", "rows"),
    [
        ("admitted", "Two people admitted 1, which is in the table.", 2),
        ("left out", "did not match its receipt. 1 was left out.", 1),
    ],
)
def test_the_outcome_counts_it_truthfully(outcome, counted, rows):
    tender = settled_tender(outcome)
    judged(tender)
    decide(tender)
    said = page(None, f"/tenders/{tender.reference}/outcome/")
    assert "1 proposal was held at the opening" in said
    assert counted in said
    assert len(tender.decision.results["proposals"]) == rows
    proposal = held_of(tender).version.proposal
    assert letters("tender_decided").filter(person=proposal.started_by).count() == rows - 1
    with visiting(None, at=AT) as client:
        client.force_login(proposal.started_by)
        expected = 200 if outcome == "admitted" else 404
        assert client.get(reverse("tenders:proposal_outcome", args=[proposal.pk])).status_code == expected


@pytest.mark.django_db
def test_nothing_is_settled_after_the_decision():
    tender = settled_tender("admitted")
    judged(tender)
    decide(tender)
    with pytest.raises(MovedOn, match="between the opening and the decision"):
        propose(tender)


@pytest.mark.django_db
def test_the_pages_settle_it_and_answer_everybody_as_they_should():
    tender = held_tender()
    show, confirm = address("settle_held", tender), address("confirm_settlement", tender)
    title = held_of(tender).version.title
    sent = {"outcome": "left out", "reason": WHY}
    answers = {"administrator": 404, "finance": 404, "evaluator-1": 404, "lead-a": 404, "observer": 403}
    for key, status in answers.items():
        with visiting(key, at=AT) as client:
            assert client.get(show).status_code == (200 if key == "observer" else 404), key
            assert client.post(show, sent).status_code == status, key
            assert client.post(confirm).status_code == status, key
            assert client.post(address("take_back_settlement", tender)).status_code == status, key
    with visiting("manager", at=AT) as client:
        assert title not in text_of(client.get(show))
        assert "Enter the reason" in text_of(client.post(show, {"outcome": "admitted"}))
        assert client.post(confirm).status_code == 409
        assert client.post(show, sent).status_code == 302
        assert "Waits for another person" in text_of(client.get(show))
        assert client.post(confirm).status_code == 403
        assert client.post(address("take_back_settlement", tender)).status_code == 302
        client.post(show, sent)
    with visiting("approver", at=AT) as client:
        page = client.get(show)
        assert WHY in text_of(page)
        assert client.post(confirm).status_code == 409  # what was it that they read?
        assert client.post(confirm, as_read(page)).status_code == 302
        done = text_of(client.get(show))
        assert "Left out" in done
        assert "Propose" not in done.partition("Outcome")[2].partition("Proposed by")[2]
        opened = text_of(client.get(reverse("tenders:opening", args=[tender.reference])))
        assert "See why" in opened
        assert "Settle it" not in opened


@pytest.mark.django_db
def test_the_trail_says_who_settled_what_without_the_title():
    tender = settled_tender("admitted")
    receipt, title = held_of(tender).version.receipt_number, held_of(tender).version.title
    event = Event.objects.get(name="settlement.confirmed")
    said = audit.sentence(event, event.details.content)
    assert said == (
        f"Beatrix Holm confirmed what Morgan Ellery proposed: {receipt}, which was held, is admitted."
    )
    assert title not in said
    assert list(audit.verify()) == []


@pytest.mark.django_db
def test_a_confirmed_settlement_is_neither_changed_nor_deleted():
    settled_tender("admitted")
    with pytest.raises(InternalError), transaction.atomic():
        Settlement.objects.update(outcome="left out")
    with pytest.raises(InternalError), transaction.atomic():
        Settlement.objects.all()._raw_delete("default")


def as_owner(name, table, deed):
    with closing(psycopg2.connect(databases.owners_address(name))) as session:
        session.autocommit = True
        with session.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(deed)


def test_verify_names_a_settlement_that_was_changed_behind_the_portal(committed_db):
    settled_tender("left out")
    as_owner(committed_db, "tenders_settlement", "UPDATE tenders_settlement SET outcome = 'admitted'")
    assert any("What became of a held proposal was changed" in fault for fault in audit.verify())


def test_changed_words_are_read_as_they_were_admitted_and_two_prices_are_not_admitted(committed_db):
    tender = made.closed_tender()
    words, price = standing_versions(tender)
    as_owner(
        committed_db,
        "tenders_version",
        f"UPDATE tenders_version SET fingerprint = repeat('0', 64) WHERE id = '{words.pk}';"
        f"UPDATE tenders_version SET price = 1 WHERE id = '{price.pk}'",
    )
    cast.whole(at=tender.closed_at)
    made.open_proposals(tender)
    held = {check.version_id: check for check in outcome_of(tender).held}
    with clock.held_at(AT):
        with pytest.raises(NotReady, match="stands in two ways"):
            settlement.propose(held[price.pk], outcome="admitted", reason=WHY, by=person("manager"), at=AT)
        assert not Settlement.objects.exists()
        settle(
            settlement.propose(held[words.pk], outcome="admitted", reason=WHY, by=person("manager"), at=AT)
        )
    words.refresh_from_db()
    assert reading.contents(words, by=person("observer"), at=AT).title == words.title
    assert stands(words)["words"] == contents.fingerprint(words.manifest)
    as_owner(committed_db, "tenders_version", "UPDATE tenders_version SET manifest = manifest || ' '")
    words.refresh_from_db()
    with pytest.raises(NotAsSubmitted):
        reading.contents(words, by=person("observer"), at=AT)
