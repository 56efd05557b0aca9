"""Putting off dates: what everybody would read is shown first, and then sent."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render

from odifund.core import canonical, two_person
from odifund.core.forms.refusals import told
from odifund.core.http import SignedInRequest
from odifund.core.once import once
from tenders import access
from tenders.actions import postponement, rows
from tenders.forms.postponement import PostponementForm
from tenders.queries import giveaway
from tenders.queries import postponement as queries
from tenders.views.draft import seen

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
    checked = _check(request, tender, form) if request.method == "POST" and form.is_valid() else {}
    if form.is_valid() and request.POST.get("checked") == checked["digest"]:
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
        "checked": checked if form.is_valid() else {},
        "seen": seen(request, form, queries.digest_of(tender, request.at)),
    }
    return render(request, "tenders/postpone.html", context)


def _check(request: SignedInRequest, tender: "Tender", form: PostponementForm) -> dict[str, object]:
    """What everybody would read; nothing where a date stands in the way, which the form then says."""
    moved = queries.put_off(tender, form.dates(), request.at)
    with told(form):
        rows.unchanged(request.POST.get("seen", ""), queries.digest_of(tender, request.at))
        postponement.refuse_what_is_wrong(tender, moved, request.at)
    changes = queries.changes(tender, moved, request.at)
    read = canonical.digest([[each.what, each.after] for each in changes] + [form.cleaned_data["why"]])
    return {"changes": changes, "look": queries.look_again(tender, moved), "digest": read}
