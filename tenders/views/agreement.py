"""A member's agreement to its cost lines: what changed since it last did, the price first."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from odifund.core.http import SignedInRequest
from odifund.core.once import once
from tenders import access
from tenders.actions import agreement as agreements
from tenders.queries import agreement as queries
from tenders.queries import costs, draft, task_list
from tenders.views.proposal import for_editing

if TYPE_CHECKING:
    from tenders.models import Proposal


@once
@for_editing
def agree(request: SignedInRequest, proposal: "Proposal", member: UUID) -> HttpResponse:
    """For the people named for the member; others of the consortium are told whose it is."""
    found = access.own_member_or_403(request, proposal, member)
    if request.method == "POST":
        seen = request.POST.get("seen", "")
        agreements.agree(proposal, found, seen=seen, by=request.user, at=request.at)
        messages.success(request, f"You agreed to the lines of {found}. The others are told.")
        return redirect("tenders:costs", proposal.pk)
    whole = draft.of(proposal)
    standing = queries.standing(whole, found)
    sums = costs.of(whole)
    context = {
        "proposal": proposal,
        "standing": standing,
        "changes": queries.changes(whole, standing),
        "others": queries.other_changes(whole, standing),
        "share": next(share for share in sums.shares if share.organisation == found.organisation_id),
        "costs": sums,
        "seen": queries.seen(whole, found),
        "groups": task_list.tasks_of(whole),
    }
    return render(request, "tenders/proposal/agreement.html", context)
