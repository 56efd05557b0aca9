"""The file of a tender: notes of what was said outside the portal, for who oversees it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render

from odifund.core.errors import WrongPerson
from odifund.core.forms.refusals import told
from odifund.core.http import SignedInRequest
from odifund.core.once import once
from tenders import access
from tenders.actions import file_note as file_notes
from tenders.forms.file_note import FileNoteForm
from tenders.queries.file_note import notes_of


@once
@login_required
def index(request: SignedInRequest, reference: str) -> HttpResponse:
    """Every note, and the form for another."""
    tender = access.overseen_tender_or_404(request, reference)
    may = access.keeps_record(request.user, tender)
    if request.method == "POST" and not may:
        raise WrongPerson("Managers and approvers keep the file.")
    notes = notes_of(tender)
    typed = request.POST if request.method == "POST" else None
    form = FileNoteForm(typed, numbers=[note.number for note in notes])
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        values["corrects"] = access.note_numbered(tender, values.get("corrects", ""))
        with told(form):
            made = file_notes.record(tender, **values, by=request.user, at=request.at)
            messages.success(request, f"On the file as note {made.number}.")
            return redirect("tenders:file_notes", reference)
    context = {"tender": tender, "notes": notes, "form": form, "may": may}
    return render(request, "tenders/file_notes.html", context)
