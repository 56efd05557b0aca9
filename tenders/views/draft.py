"""Writing a tender: begin it, its task list, and a page for each of its parts."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render

from odifund.core import two_person
from odifund.core.errors import WrongPerson
from odifund.core.forms import Form
from odifund.core.forms.refusals import told
from odifund.core.http import SignedInRequest
from odifund.core.once import once
from tenders import access
from tenders.actions import criterion as criteria
from tenders.actions import programme as programmes
from tenders.actions import tender as tenders
from tenders.forms import tender as forms
from tenders.forms.rows import ScaleForm
from tenders.queries import writing
from tenders.stimulus_fund import SCALE

if TYPE_CHECKING:
    from tenders.models import Tender

FORMS: Mapping[str, tuple[str, Callable[..., Form]]] = {
    "about": ("About and programme", forms.AboutForm),
    "money": ("Money", forms.MoneyForm),
    "timetable": ("Timetable", forms.TimetableForm),
    "who": ("Who may bid", forms.WhoForm),
    "panel": ("How many people score", forms.PanelForm),
}


@once
@login_required
def add(request: SignedInRequest) -> HttpResponse:
    """Begin a tender."""
    _only_managers(request)
    choices = writing.programmes()
    if not choices:
        return redirect("tenders:add_programme")
    if request.method == "POST":
        form = forms.DraftForm(request.POST, programmes=choices)
        if form.is_valid():
            with told(form):
                tender = _begun(request, form.cleaned_data)
                return redirect("tenders:write_tender", tender.reference)
    else:
        form = forms.DraftForm(programmes=choices, initial={"reference": writing.next_reference()})
    return render(request, "tenders/draft/add.html", {"form": form})


def _begun(request: SignedInRequest, typed: dict[str, Any]) -> "Tender":
    chosen = writing.programme(typed["programme"])
    words = {"reference": typed["reference"], "title": typed["title"], "by": request.user, "at": request.at}
    if typed["start"] == "template":
        return tenders.draft_from_template(chosen, publish_on=typed["publish_on"], **words)
    return tenders.draft(chosen, **words)


@once
@login_required
def add_programme(request: SignedInRequest) -> HttpResponse:
    """Add a programme, then begin a tender in it."""
    _only_managers(request)
    form = forms.ProgrammeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with told(form):
            added = programmes.add(**form.cleaned_data, by=request.user, at=request.at)
            messages.success(request, f"The programme “{added.title}” is there. Now begin a tender in it.")
            return redirect("tenders:add_tender")
    return render(request, "tenders/draft/programme.html", {"form": form, "first": not writing.programmes()})


@login_required
def edit_programme(request: SignedInRequest, slug: str) -> HttpResponse:
    """Change a programme's words."""
    _only_managers(request)
    programme = access.programme_or_404(request, slug)
    initial = {"title": programme.title, "purpose": programme.purpose}
    form = forms.ProgrammeForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        programmes.edit(programme, **form.cleaned_data, by=request.user, at=request.at)
        return redirect(programme)
    return render(request, "tenders/draft/programme.html", {"form": form, "programme": programme})


@login_required
def write(request: SignedInRequest, reference: str) -> HttpResponse:
    """The task list."""
    tender = access.desk_or_404(request, reference, access.manages)
    if tender.is_public:
        return redirect("tenders:staff_tender", tender.reference)
    tasks, lacking = writing.tasks(tender, request.at)
    move = two_person.waiting("publish", tender)
    context = {
        "tender": tender,
        "tasks": tasks,
        "done": sum(task.status == "Completed" for task in tasks),
        "last_tasks": writing.last_tasks(tender, lacking, move),
        "move": move,
    }
    return render(request, "tenders/draft/write.html", context)


@login_required
def edit(request: SignedInRequest, reference: str, part: str) -> HttpResponse:
    """One part of the draft."""
    tender = access.desk_or_404(request, reference, access.manages)
    title, make = FORMS[part]
    more = {"programmes": writing.programmes()} if part == "about" else {}
    initial = {field: getattr(tender, field) for field in tenders.PARTS[part][1]}
    initial["programme"] = str(tender.programme_id)
    form = make(request.POST if request.method == "POST" else None, initial=initial, **more)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        if part == "about":
            values["programme"] = writing.programme(values["programme"])
        with told(form):
            seen = request.POST.get("seen", "")
            tenders.edit(tender, part, values, by=request.user, at=request.at, seen=seen)
            return redirect("tenders:write_tender", tender.reference)
    context = {"tender": tender, "form": form, "heading": title, "seen": _seen(request, form, tender, part)}
    return render(request, "tenders/draft/edit.html", context)


def _seen(request: SignedInRequest, form: Form, tender: "Tender", part: str) -> str:
    """What the person has before them: as it is now, or as they first opened it while a field is wrong."""
    opened = request.POST.get("seen", "")
    return opened if opened and not form.non_field_errors() else tenders.digest_of_part(tender, part)


@login_required
def edit_scale(request: SignedInRequest, reference: str) -> HttpResponse:
    """What each score means; the stimulus fund's own words are there to begin with."""
    tender = access.desk_or_404(request, reference, access.manages)
    steps = dict(enumerate(SCALE))
    steps |= {step.score: (step.name, step.meaning) for step in tender.scale.all()}
    initial = {f"name_{score}": name for score, (name, _) in steps.items()}
    initial |= {f"meaning_{score}": meaning for score, (_, meaning) in steps.items()}
    form = ScaleForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        criteria.set_scale(tender, form.steps, by=request.user, at=request.at)
        return redirect("tenders:write_tender", tender.reference)
    context = {"tender": tender, "form": form, "heading": "What the scores mean"}
    return render(request, "tenders/draft/edit.html", context)


def _only_managers(request: SignedInRequest) -> None:
    if not access.manages(request.user):
        raise WrongPerson("Only a manager writes tenders and programmes.")
