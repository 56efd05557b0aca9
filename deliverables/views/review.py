"""Staff's answer to what was handed in."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from deliverables import access
from deliverables.actions import review as actions
from deliverables.forms.review import Answer
from deliverables.views.deliverable import page
from odifund.core import clock
from odifund.core.errors import MovedOn
from odifund.core.http import SignedInRequest
from odifund.core.once import once

ANSWERED = (
    "A colleague answered this before you, as you see below. Your answer was not sent. What you typed is"
    " still on this page, for you to copy."
)


@once
@login_required
@require_POST
def answer(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Accept it, or return it with comments."""
    deliverable = access.deliverable_or_404(request, key)
    form = Answer(request.POST, today=clock.today(request.at))
    if not form.is_valid():
        return page(request, key, answer=form, form=form)
    said, by, at = form.cleaned_data, request.user, request.at
    try:
        if form.accepts:
            actions.accept(deliverable, comments=said["comments"], by=by, at=at)
        else:
            actions.send_back(deliverable, **said, by=by, at=at)
    except MovedOn:
        return page(request, key, status=409, answer=form, sentences=[ANSWERED])
    done = "accepted" if form.accepts else "returned with your comments"
    messages.success(request, f"“{deliverable}” is {done}. The consortium is told by e-mail.")
    return redirect(deliverable)
