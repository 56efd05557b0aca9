"""One section of a draft: writing it, with autosave where scripts run and Save where they do not."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from odifund.core import presence
from odifund.core.errors import Refused
from odifund.core.http import UNPROCESSABLE, SignedInRequest, wants_json
from odifund.core.once import once
from odifund.core.wording import in_one_breath, time_of_day
from tenders import access
from tenders.actions import section_text
from tenders.actions.section_text import EditedMeanwhile
from tenders.forms.proposal import CommentForm, SectionForm
from tenders.queries import comment as comments
from tenders.queries import draft, task_list
from tenders.views import attachment
from tenders.views.proposal import shown_to_readers

if TYPE_CHECKING:
    from tenders.models import Proposal, Section, SectionText


@once
@shown_to_readers
def write(request: SignedInRequest, proposal: "Proposal", section: UUID) -> HttpResponse:
    """Show the answer and save it. A text over its limit is saved too: nothing is cut."""
    answer = next((one for one in draft.of(proposal).answers if one.section.pk == section), None)
    if answer is None:
        raise Http404
    if access.only_reads(proposal):
        return read(request, proposal, answer)
    if answer.section.wants_files:
        return attachment.page(request, proposal, answer.section)
    if request.method == "POST":
        save = _autosave if wants_json(request) else _save
        return save(request, proposal, answer.section)
    form = _form(answer.section, initial={"text": answer.text, "base_revision": answer.revision})
    return _page(request, proposal, answer.section, form)


def _form(section: "Section", data: object = None, **more: object) -> SectionForm:
    return SectionForm(data, section=section, **more)


def _keep(request: SignedInRequest, proposal: "Proposal", form: SectionForm, of: "Section") -> "SectionText":
    said = form.cleaned_data
    return section_text.save(proposal, of, **said, by=request.user, at=request.at)


def _save(request: SignedInRequest, proposal: "Proposal", section: "Section") -> HttpResponse:
    form = _form(section, request.POST)
    if not form.is_valid():
        return _page(request, proposal, section, form)
    try:
        _keep(request, proposal, form, section)
    except EditedMeanwhile as both:
        again = _form(section, initial={"text": both.yours, "base_revision": both.newest.revision})
        return _page(request, proposal, section, again, both=both, status=both.status)
    return redirect(proposal)


def _autosave(request: SignedInRequest, proposal: "Proposal", section: "Section") -> HttpResponse:
    form = _form(section, request.POST)
    if not form.is_valid():
        return JsonResponse(
            {"problem": "Not saved. Choose “Save and continue” to see why."}, status=UNPROCESSABLE
        )
    try:
        saved = _keep(request, proposal, form, section)
    except EditedMeanwhile as both:
        told = f"Not saved. {both.message} Choose “Save and continue” to see both texts."
        return JsonResponse({"problem": told}, status=both.status)
    except Refused as refused:
        return JsonResponse({"problem": f"Not saved. {refused.message}"}, status=refused.status)
    return JsonResponse({"saved": f"Saved at {time_of_day(request.at)}", "revision": saved.revision})


def _page(
    request: SignedInRequest,
    proposal: "Proposal",
    section: "Section",
    form: SectionForm,
    *,
    both: EditedMeanwhile | None = None,
    comment_form: CommentForm | None = None,
    status: int = 200,
) -> HttpResponse:
    whole = draft.of(proposal)
    context = {
        "proposal": proposal,
        "answered": section,
        "others": open_too(presence.others(place_of(proposal, section), request.user, request.at)),
        "comments": comments.of_section(proposal, section),
        "comment_form": comment_form or CommentForm(),
        "saved": next(one.newest for one in whole.answers if one.section == section),
        "form": form,
        "both": both,
        "groups": task_list.tasks_of(whole),
    }
    return render(request, "tenders/proposal/section.html", context, status=status)


def read(
    request: SignedInRequest,
    proposal: "Proposal",
    answer: draft.Answer,
    *,
    comment_form: CommentForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The answer for who reads and comments, and changes nothing."""
    context = {
        "proposal": proposal,
        "answered": answer.section,
        "answer": answer,
        "comments": comments.of_section(proposal, answer.section),
        "comment_form": comment_form or CommentForm(),
        "groups": task_list.for_reader(draft.of(proposal)),
    }
    return render(request, "tenders/proposal/section_read.html", context, status=status)


def with_comment(
    request: SignedInRequest, proposal: "Proposal", section: "Section", form: CommentForm, status: int
) -> HttpResponse:
    """The page of a section with a comment that was refused."""
    answer = next(one for one in draft.of(proposal).answers if one.section == section)
    if access.only_reads(proposal):
        return read(request, proposal, answer, comment_form=form, status=status)
    text = _form(section, initial={"text": answer.text, "base_revision": answer.revision})
    return _page(request, proposal, section, text, comment_form=form, status=status)


def place_of(proposal: "Proposal", section: "Section") -> str:
    """What the presence of people at this section is kept under."""
    return f"{proposal.pk}:{section.pk}"


def open_too(names: list[str]) -> str:
    """Tomasz Lis has this section open too."""
    if not names:
        return ""
    return f"{in_one_breath(names)} {'has' if len(names) == 1 else 'have'} this section open too."
