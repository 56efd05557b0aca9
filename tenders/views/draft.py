"""Writing a tender: begin it, its task list, and a page for each of its parts."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render

from odifund.core import two_person
from odifund.core.errors import NotReady, WrongPerson
from odifund.core.forms import Form
from odifund.core.forms.meanwhile import Saved, differing
from odifund.core.forms.refusals import told
from odifund.core.forms.saying import clean_text
from odifund.core.http import SignedInRequest
from odifund.core.once import once
from tenders import access
from tenders.actions import copying
from tenders.actions import criterion as criteria
from tenders.actions import programme as programmes
from tenders.actions import tender as tenders
from tenders.actions.rows import CHANGED_MEANWHILE
from tenders.forms import beginning
from tenders.forms import tender as forms
from tenders.forms.rows import ScaleForm
from tenders.lifecycle import TENDER
from tenders.queries import tender_page, writing
from tenders.queries.dates import second_look
from tenders.queries.tender import has_changed
from tenders.stimulus_fund import SCALE

if TYPE_CHECKING:
    from tenders.models import Tender

    Page = Callable[..., HttpResponse]

FORMS: Mapping[str, tuple[str, Callable[..., Form]]] = {
    "about": ("About and programme", forms.AboutForm),
    "money": ("Money", forms.MoneyForm),
    "timetable": ("Timetable", forms.TimetableForm),
    "who": ("Who may bid", forms.WhoForm),
    "costs": ("Cost template", forms.CostsForm),
    "panel": ("Rule of selection", forms.PanelForm),
    "terms": ("Further terms of the contract", forms.TermsForm),
}


@once
@login_required
def add(request: SignedInRequest) -> HttpResponse:
    """Begin a tender."""
    _only_managers(request)
    choices = writing.programmes()
    if not choices:
        return redirect("tenders:add_programme")
    copied = clean_text(request.POST.get("earlier") or request.GET.get("copy") or "").upper()
    lists = {"programmes": choices, "earlier": writing.earlier(access.tenders_to_copy(request.user), copied)}
    if request.method == "POST":
        form = beginning.DraftForm(request.POST, **lists)
        if form.is_valid():
            with told(form, "reference"):
                tender = _begun(request, form.cleaned_data)
                return redirect("tenders:write_tender", tender.reference)
    else:
        initial = {"reference": writing.next_reference()}
        initial |= writing.to_copy(access.tenders_to_copy(request.user), copied) if copied else {}
        form = beginning.DraftForm(initial=initial, **lists)
    return render(request, "tenders/draft/add.html", {"form": form})


def _begun(request: SignedInRequest, typed: dict[str, Any]) -> "Tender":
    chosen = writing.programme(typed["programme"])
    words = {"reference": typed["reference"], "title": typed["title"], "by": request.user, "at": request.at}
    words |= {"is_practice": typed["kind"] == "practice", "rehearses": typed["kind"] == "rehearsal"}
    if typed["start"] == "template":
        return tenders.draft_from_template(chosen, publish_on=typed["publish_on"], **words)
    if typed["start"] == "copy":
        earlier = access.tenders_to_copy(request.user).get(reference=typed["earlier"])
        return copying.draft_copy(chosen, earlier, publish_on=typed["publish_on"], **words)
    return tenders.draft(chosen, **words)


@once
@login_required
def add_programme(request: SignedInRequest) -> HttpResponse:
    """Add a programme, then begin a tender in it."""
    _only_managers(request)
    form = beginning.ProgrammeForm(request.POST if request.method == "POST" else None)
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
    form = beginning.ProgrammeForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        programmes.edit(programme, **form.cleaned_data, by=request.user, at=request.at)
        return redirect(programme)
    return render(request, "tenders/draft/programme.html", {"form": form, "programme": programme})


def for_writing(page: "Page") -> "Page":
    """A page of a draft, for managers. Of a public tender there is nothing to write: it leads to the desk.

    A POST goes on to the action, which refuses it and keeps the words.
    """

    @login_required
    @wraps(page)
    def found(request: SignedInRequest, reference: str, **parts: Any) -> HttpResponse:
        tender = access.desk_or_404(request, reference, access.manages)
        if request.method != "POST" and tender.is_published:
            return redirect("tenders:staff_tender", tender.reference)
        return page(request, tender, **parts)

    return found


def theirs(form: Form, saved: Mapping[str, Any]) -> list[Saved] | None:
    """What a colleague saved meanwhile, where it differs from what was typed; None where nobody did."""
    return differing(form, saved) if CHANGED_MEANWHILE in form.non_field_errors() else None


def seen(request: SignedInRequest, form: Form, now: str) -> str:
    """What the person has before them: as it is now, or as they first opened it while a field is wrong."""
    opened = request.POST.get("seen", "")
    return opened if opened and not form.non_field_errors() else now


@for_writing
def write(request: SignedInRequest, tender: "Tender") -> HttpResponse:
    """The task list."""
    writing.read_whole(tender)
    tasks, lacking = writing.tasks(tender, request.at)
    move = two_person.waiting("publish", tender)
    changed = has_changed(tender, move)
    context = {
        "tender": tender,
        "tasks": tasks,
        "done": sum(task.status == "Completed" for task in tasks),
        "asked": sum(task.status != writing.LEFT_OUT for task in tasks),
        "last_tasks": writing.last_tasks(tender, lacking, None if changed else move),
        "move": move,
        "changed": changed,
        "page": tender_page.page(tender, request.at),
        "look": second_look(tender),
    }
    return render(request, "tenders/draft/write.html", context)


@for_writing
def discard(request: SignedInRequest, tender: "Tender") -> HttpResponse:
    """Give a draft up, after a page that asks; or that says why it stays."""
    stops, status = TENDER.missing("discard", tender, request.at), 200
    if request.method == "POST":
        words = str(tender)
        try:
            tenders.discard(tender, by=request.user, at=request.at)
        except NotReady as refusal:
            stops, status = refusal.sentences, refusal.status
        else:
            messages.success(request, f"The draft of {words} was discarded.")
            return redirect("tenders:staff_tenders")
    context = {"tender": tender, "stops": stops, "move": two_person.waiting("publish", tender)}
    return render(request, "tenders/draft/discard.html", context, status=status)


@for_writing
def edit(request: SignedInRequest, tender: "Tender", part: str) -> HttpResponse:
    """One part of the draft."""
    title, make = FORMS[part]
    more: dict[str, dict[str, Any]] = {
        "about": {"programmes": writing.programmes()},
        "costs": {"kinds": writing.kinds_of_cost()},
        "timetable": {"practises": tender.is_practice},
    }
    words = more.get(part, {})
    form = make(request.POST if request.method == "POST" else None, initial=_saved(tender, part), **words)
    forms.mark_assumed(form, tenders.assumed_in(tender, part))
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        if part == "about":
            values["programme"] = writing.programme(values["programme"])
        with told(form):
            said = {"seen": request.POST.get("seen", ""), "is_right": values.pop("is_right", False)}
            tenders.edit(tender, part, values, by=request.user, at=request.at, **said)
            return redirect("tenders:write_tender", tender.reference)
    now = seen(request, form, tenders.digest_of_part(tender, part))
    context = {"tender": tender, "form": form, "heading": title, "seen": now, "part": part}
    context["theirs"] = theirs(form, make(initial=_saved(tender, part), **words).initial)
    if part == "timetable":
        context["look"] = second_look(tender)
    return render(request, "tenders/draft/edit.html", context)


def _saved(tender: "Tender", part: str) -> dict[str, Any]:
    """The fields of a part as its form starts with them."""
    saved = {field: getattr(tender, field) for field in tenders.PARTS[part][1]}
    return {**saved, "programme": str(tender.programme_id)}


@for_writing
def edit_scale(request: SignedInRequest, tender: "Tender") -> HttpResponse:
    """What each score means; the stimulus fund's own words are there to begin with."""
    form = ScaleForm(request.POST if request.method == "POST" else None, initial=_saved_scale(tender))
    if request.method == "POST" and form.is_valid():
        with told(form):
            opened = request.POST.get("seen", "")
            criteria.set_scale(tender, form.steps, by=request.user, at=request.at, seen=opened)
            return redirect("tenders:write_tender", tender.reference)
    now = seen(request, form, criteria.digest_of_scale(tender))
    context = {"tender": tender, "form": form, "heading": "What the scores mean", "seen": now}
    context["theirs"] = theirs(form, _saved_scale(tender))
    return render(request, "tenders/draft/edit.html", context)


def _saved_scale(tender: "Tender") -> dict[str, str]:
    steps = dict(enumerate(SCALE))
    steps |= {step.score: (step.name, step.meaning) for step in tender.scale.all()}
    saved = {f"name_{score}": name for score, (name, _) in steps.items()}
    return saved | {f"meaning_{score}": meaning for score, (_, meaning) in steps.items()}


def _only_managers(request: SignedInRequest) -> None:
    if not access.manages(request.user):
        raise WrongPerson("Only a manager writes tenders and programmes.")
