"""The register at close, and the opening by two people."""

import os
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from odifund.core import audit, clock
from odifund.core.errors import MovedOn, WrongPerson
from odifund.core.models import Event, OutboxMessage
from tenders import access
from tenders.actions import opening, reading, submission
from tenders.models import Opening, Proposal, Reading, Version
from tenders.queries import contents
from tenders.queries.opening import outcome_of, register_of
from tenders.queries.proposal import standing_versions
from tests import cast
from tests.factories import proposal as made
from tests.factories.tender import published_tender

pytestmark = pytest.mark.django_db


def open_as(player, tender, at):
    with clock.held_at(at):
        return opening.open(tender, by=cast.person(player, at=at), at=at)


def stored_files(version):
    return [Path(settings.MEDIA_ROOT) / file.path for file in _files(version)]


def _files(version):
    from odifund.core.models import StoredFile

    return StoredFile.objects.filter(pk__in=[file.id for file in contents.of(version).files])


def test_the_register_lists_every_standing_receipt_and_the_head_of_the_trail():
    tender = made.closed_tender()
    said = register_of(tender).content
    assert said["in_time"] == 2
    standing = list(standing_versions(tender))
    assert said["receipts"] == [
        {
            "receipt_number": version.receipt_number,
            "fingerprint": version.fingerprint,
            "submitted_at": said["receipts"][place]["submitted_at"],
        }
        for place, version in enumerate(standing)
    ]
    assert said["trail"]["head"]
    assert list(audit.verify()) == []


def test_the_register_names_nobody():
    tender = made.closed_tender()
    said = str(register_of(tender).content)
    for word in ("Exampleshire", "Sampleton", "Priya", "Repairs people", "Bins on"):
        assert word not in said


def test_only_the_last_version_is_registered_and_a_withdrawn_one_is_not():
    tender = published_tender()
    twice = made.submitted_proposal(tender)
    last = made.submit(twice, at=made.written_at(tender) + timedelta(hours=3))
    gone = made.submitted_proposal(tender, lead="lead-b", members=("partner-a",))
    with clock.held_at(made.written_at(tender) + timedelta(hours=4)):
        submission.withdraw(gone, by=gone.started_by, seen_at=clock.now())
    made.close(tender)
    assert [row["receipt_number"] for row in register_of(tender).content["receipts"]] == [last.receipt_number]


def test_each_bidder_is_told_that_theirs_is_one_of_n():
    made.closed_tender()
    mails = OutboxMessage.objects.filter(kind="tenders/proposal_registered")
    assert mails.count() == 4
    assert all("is one of 2 in time" in mail.subject for mail in mails)


def test_an_empty_tender_has_an_empty_register():
    tender = made.close(published_tender())
    assert register_of(tender).content["receipts"] == []


def test_two_people_open_and_every_fingerprint_is_checked():
    tender = made.opened_tender()
    found = outcome_of(tender)
    assert (found.matching, found.count, found.held) == (2, 2, [])
    record = Opening.objects.get(tender=tender)
    assert (record.proposed_by.name, record.confirmed_by.name) == ("Morgan Ellery", "Beatrix Holm")
    event = Event.objects.get(name="tender.opened")
    assert "2 of 2 fingerprints match" in audit.sentence(event, event.details.content)


def test_the_proposer_cannot_confirm():
    tender = made.closed_tender()
    at = made.propose_opening(tender)
    with pytest.raises(WrongPerson):
        open_as("manager", tender, at)
    assert not Opening.objects.exists()


def test_nothing_opens_without_a_proposal_or_before_the_close():
    tender = made.closed_tender()
    with pytest.raises(MovedOn):
        open_as("approver", tender, tender.proposals_close_at)
    early = published_tender(reference="SF9")
    with pytest.raises(MovedOn):
        made.propose_opening(early)


@pytest.mark.parametrize(
    "player", ["administrator", "observer", "moderator", "evaluator-1", "lead-a", "finance"]
)
def test_only_a_manager_or_approver_opens(player):
    tender = made.closed_tender()
    at = made.propose_opening(tender)
    with pytest.raises(WrongPerson):
        open_as(player, tender, at)


def test_a_changed_file_is_held_and_named_while_the_rest_open():
    tender = made.closed_tender()
    bad, good = standing_versions(tender)
    for path in stored_files(bad):
        path.write_bytes(b"%PDF-1.4 other words")
    made.open_proposals(tender)
    found = outcome_of(tender)
    assert [check.version for check in found.held] == [bad]
    assert "is not the one that was submitted" in found.held[0].why_not
    manager = cast.person("manager", at=tender.opened_at)
    assert [p.pk for p in access.opened_proposals_for(manager)] == [good.proposal_id]


def test_a_missing_file_is_held_and_named():
    tender = made.closed_tender()
    bad, _ = standing_versions(tender)
    for path in stored_files(bad):
        os.remove(path)
    made.open_proposals(tender)
    (held,) = outcome_of(tender).held
    assert held.why_not == "The file “letters of support.pdf” is missing."
    assert Event.objects.filter(name="proposal.held", subject_id=bad.pk).count() == 1


def test_a_registered_proposal_that_has_vanished_is_named_and_counted(client):
    tender = made.closed_tender()
    gone, _ = standing_versions(tender)
    Proposal.objects.filter(pk=gone.proposal_id).update(status=Proposal.Status.WITHDRAWN)
    made.open_proposals(tender)
    found = outcome_of(tender)
    assert (found.matching, found.count, found.missing) == (1, 2, [gone.receipt_number])
    assert Event.objects.get(name="tender.opened").facts["missing"] == [gone.receipt_number]
    client.force_login(cast.person("observer", at=tender.opened_at))
    words = client.get(f"/staff/tenders/{tender.reference}/opening/").content.decode()
    assert "1 of 2 fingerprints match" in words
    assert gone.receipt_number in words


def test_a_version_that_came_after_the_register_is_held():
    tender = made.closed_tender()
    before, good = standing_versions(tender)
    Version.objects.create(
        proposal_id=before.proposal_id,
        tender=tender,
        number=2,
        receipt_number="SF1-SLIPPED",
        submit_key=uuid.uuid4(),
        manifest=before.manifest,
        fingerprint=before.fingerprint,
        title=before.title,
        price=before.price,
        members=before.members,
        submitted_by_id=before.submitted_by_id,
        submitted_at=before.submitted_at,
        seen_at=before.seen_at,
    )
    made.open_proposals(tender)
    found = outcome_of(tender)
    assert [check.version.receipt_number for check in found.held] == ["SF1-SLIPPED"]
    assert found.missing == [before.receipt_number]
    manager = cast.person("manager", at=tender.opened_at)
    assert [p.pk for p in access.opened_proposals_for(manager)] == [good.proposal_id]


def test_the_register_and_the_opening_ask_no_more_of_more_proposals(client):
    asked = []
    for reference, leads in (("SF1", ("lead-a",)), ("SF2", ("lead-a", "lead-b", "newcomer"))):
        tender = published_tender(reference=reference)
        for lead in leads:
            made.submitted_proposal(tender, lead=lead, members=("partner-a",))
        made.open_proposals(made.close(tender))
        client.force_login(cast.person("manager", at=tender.opened_at))
        for url in (f"/tenders/{reference}/register/", f"/staff/tenders/{reference}/opening/"):
            with CaptureQueriesContext(connection) as caught:
                assert client.get(url).status_code == 200
            asked.append(len(caught))
    assert asked[:2] == asked[2:]
    assert max(asked) <= 12


def test_changed_words_and_an_unregistered_fingerprint_are_faults():
    version = made.submit(made.complete_proposal())
    registered = {version.receipt_number: version.fingerprint}
    assert list(contents.faults(version, registered)) == []
    assert "register" in next(contents.faults(version, {}))
    changed = Version(
        receipt_number=version.receipt_number,
        fingerprint=version.fingerprint,
        manifest=version.manifest.replace("45370.50", "45370.51"),
    )
    assert "the fingerprint differs" in next(contents.faults(changed, registered))


def test_reading_before_the_opening_is_refused_to_everybody():
    tender = made.closed_tender()
    version = standing_versions(tender).first()
    for player in cast.PLAYERS:
        with pytest.raises(WrongPerson):
            reading.contents(version, by=cast.person(player, at=tender.closed_at), at=tender.closed_at)
    assert not Reading.objects.exists()


def test_reading_after_the_opening_is_logged():
    tender = made.opened_tender()
    version, at = standing_versions(tender).first(), tender.opened_at
    observer = cast.person("observer", at=at)
    said = reading.contents(version, by=observer, at=at, what="Need and users")
    assert said.title == version.title
    assert [(row.person, row.version, row.what) for row in Reading.objects.all()] == [
        (observer, version, "Need and users")
    ]
