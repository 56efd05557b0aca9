"""The lists of a draft: criteria, sections, deliverables. One thing a page; each list has the same pages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from odifund.core.forms import Form
from odifund.core.forms.refusals import told
from odifund.core.http import SignedInRequest
from odifund.core.once import once
from tenders import access
from tenders.actions import criterion, owed, rows, section
from tenders.forms.rows import CriterionForm, OwedForm, SectionForm
from tenders.queries import removal, writing
from tenders.queries.assumed import assumed_in
from tenders.views.draft import for_writing, seen, theirs

if TYPE_CHECKING:
    from tenders.models import Tender


@dataclass(frozen=True)
class Kind:
    """A list of a draft: its words, the stem of its addresses, its form, actions and fields."""

    noun: str
    stem: str
    heading: str
    form: Callable[..., Form]
    actions: Any
    find: Callable[["Tender", UUID], Any]
    fields: tuple[str, ...]


KINDS: Mapping[str, Kind] = {
    "criteria": Kind(
        "criterion",
        "criterion",
        "Criteria and weights",
        CriterionForm,
        criterion,
        access.criterion_or_404,
        ("title", "guidance", "kind", "weight", "least_score"),
    ),
    "sections": Kind(
        "section",
        "section",
        "Sections of a proposal",
        SectionForm,
        section,
        access.section_or_404,
        ("title", "guidance", "kind", "word_limit", "options", "unit", "required"),
    ),
    "deliverables": Kind(
        "deliverable",
        "owed",
        "Deliverables and payments",
        OwedForm,
        owed,
        access.owed_or_404,
        ("title", "guidance", "due_at", "at_least", "payment_percent"),
    ),
}


NEW_ROWS: Mapping[str, dict[str, Any]] = {
    "criteria": {"kind": "quality"},
    "sections": {"kind": "text", "required": True},
    "deliverables": {"at_least": 1, "payment_percent": 0},
}
"""What the form of a new row starts with."""


@for_writing
def index(request: SignedInRequest, tender: "Tender", kind: str) -> HttpResponse:
    """The list, with what it adds up to."""
    weights, payments = writing.weights(tender), writing.payments(tender)
    context = {"tender": tender, "heading": KINDS[kind].heading, "assumed": assumed_in(tender, kind)}
    context |= {"weights": weights, "weights_off": writing.off(weights)}
    context |= {"payments": payments, "payments_off": writing.off(payments, "%")}
    return render(request, f"tenders/draft/{kind}.html", context)


@once
@for_writing
def add(request: SignedInRequest, tender: "Tender", kind: str) -> HttpResponse:
    """A new row, after the others."""
    choices = writing.kinds_left(tender) if kind == "deliverables" else None
    form = _form(request, tender, kind, NEW_ROWS[kind], choices)
    if request.method == "POST" and form.is_valid():
        with told(form):
            KINDS[kind].actions.add(tender, **_typed(tender, form), by=request.user, at=request.at)
            return redirect(f"tenders:{kind}", tender.reference)
    heading = f"Add a {KINDS[kind].noun}"
    context = {"tender": tender, "form": form, "heading": heading, "list_url": _list_url(tender, kind)}
    return render(request, "tenders/draft/row.html", context)


@for_writing
def edit(request: SignedInRequest, tender: "Tender", kind: str, key: UUID) -> HttpResponse:
    """Change a row."""
    row = KINDS[kind].find(tender, key)
    form = _form(request, tender, kind, _saved(row, kind))
    if request.method == "POST" and form.is_valid():
        with told(form):
            typed = {**_typed(tender, form), "seen": request.POST.get("seen", "")}
            KINDS[kind].actions.edit(row, **typed, by=request.user, at=request.at)
            return redirect(f"tenders:{kind}", tender.reference)
    noun, fresh = KINDS[kind].noun, KINDS[kind].find(tender, key)
    context = {"tender": tender, "form": form, "heading": f"Change the {noun}", "noun": noun}
    context |= {"list_url": _list_url(tender, kind), "remove_url": _row_url(tender, kind, key, "remove")}
    context |= {"seen": seen(request, form, rows.digest(fresh)), "theirs": theirs(form, _saved(fresh, kind))}
    return render(request, "tenders/draft/row.html", context)


def _saved(row: Any, kind: str) -> dict[str, Any]:
    """A row as its form starts with it."""
    saved = {field: getattr(row, field) for field in KINDS[kind].fields}
    return {**saved, "criterion": str(getattr(row, "criterion_id", None) or "")}


@for_writing
def remove(request: SignedInRequest, tender: "Tender", kind: str, key: UUID) -> HttpResponse:
    """Take a row out of the draft, after a page that asks and says what goes."""
    row = KINDS[kind].find(tender, key)
    if request.method == "POST":
        words = str(row)
        KINDS[kind].actions.remove(row, by=request.user, at=request.at)
        messages.success(request, f"“{words}” is removed.")
        return redirect(f"tenders:{kind}", tender.reference)
    context = {"tender": tender, "heading": f"Remove the {KINDS[kind].noun} “{row}”?"}
    context |= {"goes": list(removal.what_goes(row)), "list_url": _list_url(tender, kind)}
    context |= {"edit_url": _row_url(tender, kind, key, "edit")}
    return render(request, "tenders/draft/remove.html", context)


@require_POST
@for_writing
def accept(request: SignedInRequest, tender: "Tender", kind: str) -> HttpResponse:
    """What the portal assumed in a list is right: it is shown as the fund's own."""
    KINDS[kind].actions.accept(tender, by=request.user, at=request.at)
    return redirect("tenders:write_tender", tender.reference)


@require_POST
@for_writing
def move_up(request: SignedInRequest, tender: "Tender", kind: str, key: UUID) -> HttpResponse:
    """Let a row change places with the one before it."""
    KINDS[kind].actions.move_up(KINDS[kind].find(tender, key), by=request.user, at=request.at)
    return redirect(f"tenders:{kind}", tender.reference)


def _list_url(tender: "Tender", kind: str) -> str:
    return reverse(f"tenders:{kind}", args=[tender.reference])


def _row_url(tender: "Tender", kind: str, key: UUID, verb: str) -> str:
    return reverse(f"tenders:{verb}_{KINDS[kind].stem}", args=[tender.reference, key])


def _form(
    request: SignedInRequest,
    tender: "Tender",
    kind: str,
    initial: dict[str, Any],
    choices: list[tuple[str, str]] | None = None,
) -> Form:
    more: dict[str, Any] = {}
    if kind == "sections":
        more["choices"] = writing.criteria_choices(tender)
    elif kind == "deliverables":
        more["choices"] = choices
    return KINDS[kind].form(request.POST if request.method == "POST" else None, initial=initial, **more)


def _typed(tender: "Tender", form: Form) -> dict[str, Any]:
    """What was typed, as the action takes it; a section's criterion as the thing it names."""
    typed = dict(form.cleaned_data)
    if "weight" in typed:
        return {"judged": criterion.Judged(**typed)}
    if "criterion" not in typed:
        return typed
    key = typed.pop("criterion")
    judged = access.criterion_or_404(tender, UUID(key)) if key else None
    return {"asked": section.Asked(**typed, criterion=judged)}
