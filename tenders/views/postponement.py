"""Putting off dates: what everybody would read is shown first, and then sent."""

from dataclasses import asdict
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render

from odifund.core import two_person
from odifund.core.forms.refusals import told
from odifund.core.http import SignedInRequest
from odifund.core.once import once
from tenders import access
from tenders.actions import postponement, rows
from tenders.forms.postponement import PostponementForm
from tenders.queries import giveaway
from tenders.queries import postponement as queries
from tenders.queries.dates import SecondLook
from tenders.queries.notice import Shown
from tenders.views.draft import seen, theirs

if TYPE_CHECKING:
    from tenders.models import Tender


@once
@login_required
def postpone(request: SignedInRequest, reference: str) -> HttpResponse:
    """The dates as they stand, to be moved; what would change; and then the change."""
    tender = access.desk_or_404(request, reference, access.manages)
    movable = queries.movable(tender, request.at)
    form = PostponementForm(
        request.POST if request.method == "POST" else None,
        movable=movable,
        giveaways=giveaway.in_tender(tender),
    )
    shown = _shown(request, tender, form) if request.method == "POST" and form.is_valid() else None
    if shown and request.POST.get("checked") == shown.digest:
        why, opened = form.cleaned_data["why"], request.POST.get("seen", "")
        with told(form):
            dates = form.dates()
            postponement.postpone(tender, dates, why=why, by=request.user, at=request.at, seen=opened)
            messages.success(request, "The dates are moved, and everybody watching is told.")
            return redirect(tender)
    context = {
        "tender": tender,
        "form": form,
        "movable": movable,
        "waits": two_person.waiting("extend", tender),
        "read_first": [shown] if shown and not form.errors else [],
        "look": _look(request, tender, form) if shown else None,
        "seen": seen(request, form, queries.digest_of(tender, request.at)),
    }
    context["theirs"] = theirs(form, {each.name: each.when for each in movable})
    return render(request, "tenders/postpone.html", context)


def _shown(request: SignedInRequest, tender: "Tender", form: PostponementForm) -> Shown | None:
    """What everybody would read; nothing where a date stands in the way, which the form then says."""
    moved = queries.put_off(tender, form.dates(), request.at)
    with told(form):
        rows.unchanged(request.POST.get("seen", ""), queries.digest_of(tender, request.at))
        postponement.refuse_what_is_wrong(tender, moved, request.at)
    if form.errors:
        return None
    found = [asdict(change) for change in queries.changes(tender, moved, request.at)]
    return Shown(request.at, postponement.TITLE, form.cleaned_data["why"], found)


def _look(request: SignedInRequest, tender: "Tender", form: PostponementForm) -> SecondLook:
    return queries.look_again(tender, queries.put_off(tender, form.dates(), request.at))
