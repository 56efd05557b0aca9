"""The seal: until two people open the proposals, nobody but the people named on one gets anything of it."""

import uuid

import pytest
from django.urls import reverse

from odifund.core import clock
from odifund.core.models import Event, OutboxMessage
from tenders import urls
from tests import cast
from tests.factories import proposal as made
from tests.factories.consortium import colleague
from tests.factories.tender import published_tender

OTHERS = ("administrator", "manager", "approver", "evaluator-1", "finance", "observer", "lead-b", "newcomer")
pytestmark = pytest.mark.django_db
SECRETS = ("Repairs people can see", "Exampleshire", "Tenants ring", "letters of support", "45,370", "Priya")


def doors(proposal):
    """Every address under the proposal, filled in with what really exists."""
    version = proposal.versions.first()
    parts = {
        "key": proposal.pk,
        "section": proposal.tender.sections.first().pk,
        "line": proposal.cost_lines.first().pk,
        "attachment": proposal.attachments.first().pk,
        "file": proposal.attachments.first().file_id,
        "number": version.number,
        "part": uuid.uuid4(),
        "upload": uuid.uuid4(),
        "comment": uuid.uuid4(),
        "member": proposal.consortium.members.get(is_lead=False).pk,
    }
    for route in urls.PROPOSAL:
        names = route.pattern.converters
        yield reverse(
            f"tenders:{route.name}", kwargs={"key": proposal.pk} | {name: parts[name] for name in names}
        )


@pytest.fixture
def proposal():
    return made.submitted_proposal(published_tender())


def test_the_list_of_doors_is_the_whole_list(proposal):
    found = list(doors(proposal))
    assert len(found) == len(set(found)) >= 18


def expected(player, proposal, door):
    """200, or 405 where one only sends; but some doors are one member's alone."""
    leads_alone = (f"costs/{proposal.cost_lines.first().pk}", "written.json")
    if door.endswith("/outcome/"):  # it exists once the tender is decided
        return {404}
    if "/uploads/" in door:  # files on their way: one only sends
        return {404, 405}
    if player == "partner-a" and any(part in door for part in leads_alone):
        return {403, 404}
    if door.endswith("/approval/"):  # readers alone
        return {403}
    return {403} if player == "lead-a" and door.endswith("/agreement/") else {200, 405}


def test_its_named_people_get_in(client, proposal):
    with clock.held_at(made.written_at(proposal.tender)):
        for player in ("lead-a", "partner-a"):
            client.force_login(cast.person(player, at=clock.now()))
            for door in doors(proposal):
                answer = client.get(door)
                assert answer.status_code in expected(player, proposal, door), (player, door)
                b"".join(answer)  # a file is read to its end


@pytest.mark.parametrize("stage", ["open", "closed", "opened"])
def test_every_door_is_not_found_for_everybody_else(client, proposal, stage):
    tender = proposal.tender
    if stage != "open":
        made.close(tender)
    if stage == "opened":
        made.open_proposals(tender)
    at = {"open": made.written_at(tender)}.get(stage) or tender.proposals_close_at
    with clock.held_at(at):
        others = [cast.person(player, at=at) for player in OTHERS]
        others.append(colleague("lead-a", "not.named@exampleshire.example.org", at=at))
        for person in others:
            client.force_login(person)
            for door in doors(proposal):
                for send in (client.get, client.post):
                    answer = send(door)
                    assert answer.status_code in {404, 405}, (person, door)
                    words = answer.content.decode()
                    assert not [secret for secret in SECRETS if secret in words], (person, door)


def test_without_signing_in_every_door_leads_to_signing_in(client, proposal):
    with clock.held_at(made.written_at(proposal.tender)):
        for door in doors(proposal):
            answer = client.get(door)
            assert answer.status_code in {302, 405}
            if answer.status_code == 302:
                assert answer.url.startswith(reverse("account_login"))


def test_staff_see_the_number_and_nothing_else(client, proposal):
    tender = proposal.tender
    with clock.held_at(made.written_at(tender)):
        for player in ("manager", "approver", "observer"):
            client.force_login(cast.person(player, at=clock.now()))
            words = client.get(f"/staff/tenders/{tender.reference}/opening/").content.decode()
            assert "1 proposal is submitted so far" in words
            assert not [secret for secret in SECRETS if secret in words]


def test_the_opening_page_does_not_exist_for_bidders_and_other_staff(client, proposal):
    url = f"/staff/tenders/{proposal.tender.reference}/opening/"
    with clock.held_at(made.written_at(proposal.tender)):
        for player in (
            "administrator",
            "finance",
            "evaluator-1",
            "moderator",
            "lead-a",
            "lead-b",
            "newcomer",
        ):
            client.force_login(cast.person(player, at=clock.now()))
            for path in ("", "propose/", "confirm/", "take-back/"):
                assert client.post(url + path).status_code in {404, 405}, (player, path)


def test_an_observer_sees_the_opening_and_moves_nothing(client):
    tender = made.closed_tender()
    made.propose_opening(tender)
    client.force_login(cast.person("observer", at=tender.closed_at))
    with clock.held_at(tender.proposals_close_at):
        url = f"/staff/tenders/{tender.reference}/opening/"
        assert "Waits for another person" in client.get(url).content.decode()
        for path in ("confirm/", "take-back/"):
            assert client.post(url + path).status_code == 403
    tender.refresh_from_db()
    assert not tender.is_opened


def test_two_managers_open_over_http_and_the_record_names_them(client):
    tender = made.closed_tender()
    url = f"/staff/tenders/{tender.reference}/opening/"
    with clock.held_at(tender.proposals_close_at):
        for player, path in (("manager", "propose/"), ("manager", "confirm/"), ("approver", "confirm/")):
            client.force_login(cast.person(player, at=tender.closed_at))
            client.post(url + path)
        words = client.get(url).content.decode()
    assert "2 of 2 fingerprints match" in words
    assert "Morgan Ellery" in words
    assert "Beatrix Holm" in words


def test_the_public_register_is_empty_before_the_close_and_names_nobody_after(client, proposal):
    tender = proposal.tender
    url = f"/tenders/{tender.reference}/register/"
    before = client.get(url).content.decode()
    assert "Not made yet" in before
    assert client.get(f"/tenders/{tender.reference}/register.json").status_code == 404
    made.close(tender)
    page, data = client.get(url).content.decode(), client.get(f"/tenders/{tender.reference}/register.json")
    receipt = proposal.versions.get()
    assert receipt.fingerprint in page
    assert data.json()["receipts"][0]["fingerprint"] == receipt.fingerprint
    for words in (page, data.content.decode()):
        assert not [secret for secret in SECRETS if secret in words]


def test_every_event_and_mail_of_a_proposal_is_sealed(proposal):
    made.close(proposal.tender)
    events = Event.objects.filter(name__startswith="proposal.")
    assert {event.name for event in events} >= {"proposal.started", "proposal.submitted"}
    assert all(event.sealed and event.scope == proposal.tender_id for event in events)
    mails = OutboxMessage.objects.filter(kind__startswith="tenders/proposal_")
    assert mails.exists()
    assert all(mail.sealed for mail in mails)
