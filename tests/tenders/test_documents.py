"""Documents of a tender: in a draft they come and go; of an open one none is changed, and all are told."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InternalError, transaction

from odifund.core.models import OutboxMessage
from tenders.actions import copying, watch
from tenders.actions import tender as tenders
from tenders.models import Document, Notice, Tender
from tests import cast
from tests.factories.tender import (
    PROPOSALS_CLOSE,
    PUBLISHED,
    draft_tender,
    proposed_tender,
    published_tender,
)
from tests.factories.visit import text_of, visiting

pytestmark = pytest.mark.django_db
LIST = "/staff/tenders/SF1/documents/"
LATER = PUBLISHED + timedelta(days=2)
SAID = {"title": "Annex A", "kind": "annex", "is_accessible": "yes"}


def pdf(words=b"first", name="annex a.pdf"):
    return SimpleUploadedFile(name, b"%PDF-1.4 " + words + b"\n%%EOF\n")


def post(page, player="manager", at=LATER, **words):
    with visiting(player, at=at) as client:
        return client.post(page, words, follow=True)


def read(page, player=None, at=LATER):
    with visiting(player, at=at) as client:
        return client.get(page)


def bytes_of(document, player=None):
    return read(document.get_absolute_url(), player).getvalue()


def add(**changes):
    response = post(f"{LIST}add/", **{**SAID, "file": pdf(), **changes})
    assert "is added" in text_of(response)
    return Document.objects.order_by("-added_at", "-number").first()


def test_a_draft_s_document_is_for_staff_alone_until_the_tender_is_public():
    tender = draft_tender()
    document = add()
    page = document.get_absolute_url()
    for player in (None, "lead-a"):
        assert read(page, player).status_code == 404
    assert bytes_of(document, "approver").startswith(b"%PDF-1.4 first")
    assert "Annex A" in text_of(read("/tenders/SF1/", "approver"))
    cast.person("approver", at=PUBLISHED)
    tenders.propose_publishing(tender, by=cast.person("manager", at=PUBLISHED), at=PUBLISHED)
    tenders.publish(tender, by=cast.person("approver", at=PUBLISHED), at=PUBLISHED)
    assert bytes_of(document).startswith(b"%PDF-1.4 first")
    response = read(page)
    response.getvalue()
    assert response["Content-Disposition"] == 'attachment; filename="annex a.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert not Notice.objects.exists()


def test_in_a_draft_a_document_is_replaced_without_a_trace_and_taken_out():
    draft_tender()
    first = add()
    assert "What changed" not in text_of(read(f"{LIST}{first.pk}/replace/", "manager"))
    post(f"{LIST}{first.pk}/replace/", file=pdf(b"second"), is_accessible="no")
    second = Document.objects.get()
    assert (second.number, second.title, second.is_accessible) == (1, "Annex A", False)
    assert "Take out" in text_of(read(f"{LIST}{second.pk}/remove/", "manager"))
    assert "is taken out" in text_of(post(f"{LIST}{second.pk}/remove/"))
    assert not Document.objects.exists()


def test_what_was_proposed_is_what_is_published_documents_too():
    proposed_tender()
    add(at=PUBLISHED)
    page = text_of(post("/staff/tenders/SF1/publish/", "approver", PUBLISHED))
    assert not Tender.objects.get().is_published
    assert "hanged" in page


def test_of_an_open_tender_the_old_version_stays_and_everybody_is_told_what_changed():
    tender = published_tender()
    watch.start(tender, by=cast.person("newcomer", at=PUBLISHED), at=PUBLISHED)
    first = add()
    OutboxMessage.objects.all().delete()
    words = {"file": pdf(b"second", "annex a v2.pdf"), "is_accessible": "no"}
    refused = post(f"{LIST}{first.pk}/replace/", **words)
    assert "Enter what changed" in text_of(refused)
    words["file"] = pdf(b"second", "annex a v2.pdf")
    post(f"{LIST}{first.pk}/replace/", **words, note="The limit in section 2 is 40 days, not 30.")
    second = Document.objects.get(number=2)
    assert second.replaces == first
    mail = OutboxMessage.objects.get(kind="tenders/notice_published")
    for part in ("40 days, not 30", "Now: version 2 (annex a v2.pdf)"):
        assert part in mail.body
    page = text_of(read("/tenders/SF1/"))
    assert page.count("The limit in section 2") == 2  # with the document, and in the notices
    assert "May not work with a screen reader" in page
    for version, content in ((first, b"first"), (second, b"second")):
        assert content in bytes_of(version)


def test_nothing_public_is_taken_out_or_changed_and_the_database_holds_it():
    published_tender()
    document = add()
    assert post(f"{LIST}{document.pk}/remove/").status_code == 409
    with pytest.raises(InternalError), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(title="Another")
    assert Document.objects.get().title == "Annex A"


def test_of_two_managers_who_replace_at_once_the_second_is_told():
    published_tender()
    first = add()
    for note in ("One.", "Two."):
        response = post(f"{LIST}{first.pk}/replace/", file=pdf(), is_accessible="yes", note=note)
    assert response.status_code == 409
    assert Document.objects.count() == 2


def test_after_the_deadline_they_stay_as_they_are():
    published_tender()
    document = add()
    for page, words in (
        (f"{LIST}add/", SAID),
        (f"{LIST}{document.pk}/replace/", {"note": "x", "is_accessible": "yes"}),
    ):
        assert post(page, at=PROPOSALS_CLOSE, **words, file=pdf()).status_code == 409
    assert "Add a document" not in text_of(read(LIST, "manager", PROPOSALS_CLOSE))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("itt.pdf", b"MZ\x90", "a program"),
        ("itt.pdf", b"<html><script>alert(1)</script>", "a web page"),
        ("itt.docx", b"%PDF-1.4 %%EOF", "though its name says Word"),
        ("itt.pdf", b"", "is empty"),
    ],
)
def test_a_document_that_is_not_what_its_name_says_is_refused(name, content, said):
    draft_tender()
    page = text_of(post(f"{LIST}add/", **SAID, file=SimpleUploadedFile(name, content)))
    assert said in page
    assert 'value="Annex A"' in page
    assert not Document.objects.exists()


@pytest.mark.parametrize("player", ["approver", "observer", "evaluator-1", "finance"])
def test_only_a_manager_adds(player):
    published_tender()
    assert post(f"{LIST}add/", player, **SAID, file=pdf()).status_code == 403
    assert not Document.objects.exists()


def test_outside_the_fund_the_pages_do_not_exist_and_forged_keys_lead_nowhere():
    published_tender()
    document = add()
    published_tender(reference="SF2")
    for player in ("lead-a", "newcomer"):
        assert read(LIST, player).status_code == 404
    for page in (
        f"/tenders/SF2/documents/{document.pk}/",
        "/tenders/SF1/documents/9c4b7f0e-53c5-4b5e-8a0e-0d8b0f6a1c11/",
        f"/staff/tenders/SF2/documents/{document.pk}/replace/",
    ):
        assert read(page, "manager").status_code == 404


def test_a_copy_of_a_tender_begins_without_the_documents_of_the_earlier_round():
    tender = published_tender()
    add()
    begun = copying.draft_copy(
        tender.programme,
        tender,
        reference="SF2",
        title="Again",
        publish_on=LATER.date(),
        by=cast.person("manager", at=LATER),
        at=LATER,
    )
    assert not begun.documents.exists()


def test_a_discarded_draft_takes_its_documents_with_it():
    tender = draft_tender()
    add()
    tenders.discard(tender, by=cast.person("manager", at=LATER), at=LATER)
    assert not Document.objects.exists()
