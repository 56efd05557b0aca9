"""Attachments and the virus scanner: who opens what, who is told, and that nothing moves a receipt."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from odifund.core import audit, clock, scanning
from odifund.core.errors import NotReady
from odifund.core.models import Event, OutboxMessage, StoredFile
from tenders.actions import attachment, document
from tenders.models import Reading
from tenders.queries import contents
from tenders.queries.proposal import standing_version
from tests import cast, clamav
from tests.factories import proposal as made
from tests.factories.tender import published_tender
from tests.tenders.test_tender_page import words

pytestmark = pytest.mark.django_db
HARMFUL = b"%PDF-1.7\n" + clamav.EICAR + b"\n%%EOF"


@pytest.fixture
def proposal(scanner):
    return made.complete_proposal(file=HARMFUL)


@pytest.fixture
def at(proposal):
    return made.written_at(proposal.tender) + timedelta(minutes=1)


class as_:  # noqa: N801
    """Somebody's browser, at a moment."""

    def __init__(self, player, at):
        self.client, self.at = Client(), at
        if player:
            self.client.force_login(cast.person(player, at=at))

    def get(self, address):
        with clock.held_at(self.at):
            answer = self.client.get(address)
        if answer.streaming:
            b"".join(answer.streaming_content)
        return answer


def page_of(proposal):
    return reverse("tenders:attachments", args=[proposal.pk])


def file_of(proposal):
    return reverse("tenders:attachment", args=[proposal.pk, proposal.attachments.get().pk])


def the_mail():
    return OutboxMessage.objects.filter(kind="tenders/file_found_harmful")


def test_while_it_waits_the_partner_sees_its_name_and_opens_nothing(proposal, at):
    partner, sender = as_("partner-a", at), as_("lead-a", at)
    page = words(partner.get(page_of(proposal)))
    assert "letters of support.pdf 83 bytes Being checked for viruses" in page
    assert file_of(proposal) + '"' not in partner.get(page_of(proposal)).content.decode()
    refused = partner.get(file_of(proposal))
    assert refused.status_code == 403
    assert "This file is being checked for viruses" in refused.content.decode()
    opened = sender.get(file_of(proposal))
    assert opened.status_code == 200
    assert as_("lead-b", at).get(file_of(proposal)).status_code == 404


def test_a_harmful_file_is_held_and_the_page_says_what_to_do(proposal, at):
    scanning.sweep(at)
    sender = as_("lead-a", at)
    page = words(sender.get(page_of(proposal)))
    assert "Held: a virus was found" in page
    assert f"{clamav.NAME}. Nobody can open it. Remove it and add a clean copy." in page
    refused = sender.get(file_of(proposal))
    assert refused.status_code == 403
    assert "This file is held: a virus was found" in refused.content.decode()


def test_everybody_named_on_it_is_told_by_a_sealed_mail_and_nobody_else(proposal, at):
    scanning.sweep(at)
    named = {cast.person(player, at=at).email for player in ("lead-a", "partner-a")}
    assert {mail.address for mail in the_mail()} == named
    assert all(mail.sealed and mail.scope == proposal.tender_id for mail in the_mail())
    told = the_mail().first()
    assert proposal.title in told.subject
    assert "Remove it and add a clean copy" in told.body
    assert not OutboxMessage.objects.filter(kind="core/file_found_harmful").exists()


def test_the_trail_says_it_of_no_proposal_before_the_opening(proposal, at):
    scanning.sweep(at)
    event = Event.objects.get(name="proposal.file_found_harmful")
    assert event.sealed
    assert audit.sealed_sentences[event.name] == "A virus was found in a file of a proposal."


def test_submitting_with_a_file_that_waits_counts_and_a_verdict_moves_nothing(proposal, at):
    version = made.submit(proposal)
    before = (version.submitted_at, version.fingerprint, version.receipt_number)
    scanning.sweep(version.submitted_at + timedelta(minutes=1))
    version.refresh_from_db()
    assert (version.submitted_at, version.fingerprint, version.receipt_number) == before
    assert standing_version(version.proposal) == version
    registered = {version.receipt_number: version.fingerprint}
    assert list(contents.faults(version, registered)) == []


def test_the_panel_sees_that_a_virus_was_found_and_gets_no_file(scanner):
    tender = published_tender()
    proposal = made.submitted_proposal(tender, file=HARMFUL)
    clean = made.submitted_proposal(tender, lead="lead-b", members=("partner-a",), title="Clean")
    scanning.sweep(tender.proposals_close_at - timedelta(days=1))
    made.open_proposals(made.close(tender))
    at = tender.proposals_close_at + timedelta(days=4)
    observer = as_("observer", at)
    page = observer.get(reverse("tenders:opened_proposal", args=[tender.reference, proposal.pk]))
    file = contents.of(proposal.versions.get()).files[0]
    link = reverse("tenders:opened_file", args=[tender.reference, proposal.pk, file.id])
    assert "Held: a virus was found" in words(page)
    assert link not in page.content.decode()
    read = Reading.objects.count()
    assert observer.get(link).status_code == 403
    assert Reading.objects.count() == read
    other = contents.of(clean.versions.get()).files[0]
    opened = observer.get(reverse("tenders:opened_file", args=[tender.reference, clean.pk, other.id]))
    assert opened.status_code == 200


def test_after_the_close_the_mail_offers_no_change(scanner):
    tender = published_tender()
    made.submitted_proposal(tender, file=HARMFUL)
    made.close(tender)
    scanning.sweep(tender.proposals_close_at + timedelta(minutes=1))
    body = the_mail().first().body
    assert "What was submitted stands as it was received" in body
    assert "Remove it" not in body


def test_a_document_is_public_once_it_is_checked(scanner):
    tender = published_tender()
    at = made.written_at(tender)
    upload = SimpleUploadedFile("annex.pdf", b"%PDF-1.7 %%EOF", content_type="application/pdf")
    facts = document.Facts("annex", "Annex", True)
    with clock.held_at(at):
        added = document.add(tender, upload, facts, by=cast.person("manager", at=at), at=at)
    assert as_("", at).get(added.get_absolute_url()).status_code == 403
    page = as_("", at).get(tender.get_absolute_url())
    assert "Being checked for viruses" in words(page)
    assert added.get_absolute_url() not in page.content.decode()
    scanning.sweep(at)
    opened = as_("", at).get(added.get_absolute_url())
    assert opened.status_code == 200
    assert "No virus found" in words(as_("", at).get(tender.get_absolute_url()))


def test_without_a_scanner_the_page_says_so():
    proposal = made.complete_proposal()
    at = made.written_at(proposal.tender)
    page = words(as_("partner-a", at).get(page_of(proposal)))
    assert "Files are not checked for viruses: this portal has no scanner." in page
    assert "Not checked for viruses" in page


def test_a_refused_file_leaves_nothing(settings):
    proposal = made.complete_proposal()
    at = made.written_at(proposal.tender)

    def add():
        upload = SimpleUploadedFile("one.pdf", b"%PDF-1.7 %%EOF")
        attachment.add(proposal, upload, kind="application/pdf", by=proposal.started_by, at=at)

    for _ in range(attachment.MOST - 1):
        add()
    with pytest.raises(NotReady, match="A proposal has 20 files at most"):
        add()
    assert StoredFile.objects.count() == attachment.MOST
    on_disk = [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
    rows = set(StoredFile.objects.values_list("pk", flat=True))
    assert len([path for path in on_disk if path.name in {key.hex for key in rows}]) == attachment.MOST
