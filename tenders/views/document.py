"""The documents of a tender: for everybody to read, for a manager to add and to replace."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from odifund.core import files
from odifund.core.forms.refusals import told
from odifund.core.http import PortalRequest, SignedInRequest
from odifund.core.once import once
from tenders import access
from tenders.actions import document as documents
from tenders.forms.document import DocumentForm, ReplaceForm
from tenders.queries import document as listed
from tenders.queries import giveaway

if TYPE_CHECKING:
    from odifund.core.forms import Form
    from tenders.models import Tender

HEADING = "Documents"


@require_safe
def download(request: PortalRequest, reference: str, key: UUID) -> HttpResponseBase:
    """One version of a document: whoever reads the tender reads it."""
    tender = access.tender_or_404(request, reference)
    return files.download(access.document_or_404(tender, key).file, to=request.user)


@login_required
@require_safe
def index(request: SignedInRequest, reference: str) -> HttpResponse:
    """The list, with what may be done to each."""
    tender = access.desk_or_404(request, reference, access.manages)
    context = {
        "tender": tender,
        "documents": listed.documents_of(tender),
        "may_change": not tender.is_published or tender.accepts_proposals(request.at),
        "heading": HEADING,
    }
    return render(request, "tenders/document/list.html", context)


@once
@login_required
def add(request: SignedInRequest, reference: str) -> HttpResponse:
    """Add one."""
    tender = access.desk_or_404(request, reference, access.manages)
    form = DocumentForm(
        request.POST or None,
        request.FILES or None,
        kinds=listed.kinds(),
        giveaways=giveaway.in_tender(tender),
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        facts = documents.Facts(said["kind"], said["title"], said["is_accessible"])
        with told(form):
            added = documents.add(tender, said["file"], facts, by=request.user, at=request.at)
            return _done(request, tender, f"“{added}” is added.")
    return _page(request, tender, form, "Add a document", "Add it")


@once
@login_required
def replace(request: SignedInRequest, reference: str, key: UUID) -> HttpResponse:
    """Put a new version in the place of one."""
    tender = access.desk_or_404(request, reference, access.manages)
    old = access.document_or_404(tender, key)
    form = ReplaceForm(
        request.POST or None,
        request.FILES or None,
        is_public=tender.is_published,
        giveaways=giveaway.in_tender(tender),
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        with told(form):
            documents.replace(
                old,
                said["file"],
                is_accessible=said["is_accessible"],
                note=said.get("note", ""),
                by=request.user,
                at=request.at,
            )
            return _done(request, tender, f"“{old}” is replaced.")
    return _page(request, tender, form, f"Replace “{old}”", "Replace it")


@login_required
def remove(request: SignedInRequest, reference: str, key: UUID) -> HttpResponse:
    """Take one out of a draft, after a page that asks."""
    tender = access.desk_or_404(request, reference, access.manages)
    document = access.document_or_404(tender, key)
    if request.method == "POST":
        words = str(document)
        documents.remove(document, by=request.user, at=request.at)
        return _done(request, tender, f"“{words}” is taken out.")
    context = {"tender": tender, "document": document, "heading": f"Take out “{document}”?"}
    return render(request, "tenders/document/remove.html", context)


def _done(request: SignedInRequest, tender: "Tender", words: str) -> HttpResponse:
    told_whom = " Everybody watching is told." if tender.is_published else ""
    messages.success(request, f"{words}{told_whom}")
    return redirect("tenders:documents", tender.reference)


def _page(
    request: SignedInRequest, tender: "Tender", form: "Form", heading: str, button: str
) -> HttpResponse:
    context = {"tender": tender, "form": form, "heading": heading, "button": button}
    return render(request, "tenders/document/add.html", context)
