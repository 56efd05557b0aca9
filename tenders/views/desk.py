"""The staff's side of tenders: the list, and where one stands."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render

from odifund.core import access as core
from odifund.core.errors import WrongPerson
from odifund.core.http import SignedInRequest
from tenders import access
from tenders.forms.desk import LookingForTenders
from tenders.queries import desk_overview, rounds

ROWS = 25


@login_required
def index(request: SignedInRequest) -> HttpResponse:
    """Every tender with its next date and what waits."""
    if not access.runs_tenders(request.user):
        raise Http404
    if not access.oversees(request.user):
        raise WrongPerson("Your part at the fund does not include this page.")
    form = LookingForTenders(request.GET)
    looked_for = form.looked_for()
    found = rounds.desk_tenders(request.user)
    found = found.none() if form.errors else rounds.looked_for(found, request.at, **looked_for)
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "looked_for": looked_for,
        "query": f"{urlencode(looked_for)}&" if looked_for else "",
        "page": page,
        "tenders": page.object_list,
        "rows": rounds.desk_rows(page.object_list, request.at),
        "may_write": access.manages(request.user),
        "reads_problems": access.reads_problems(request.user),
    }
    return render(request, "tenders/desk/list.html", context)


@login_required
def show(request: SignedInRequest, reference: str) -> HttpResponse:
    """Where a tender stands, how many proposals, and what to do next."""
    tender = access.desk_or_404(request, reference, access.oversees)
    context = {
        "tender": tender,
        "overview": desk_overview.overview(tender, request.user, request.at),
        "may_manage": access.manages(request.user, tender),
        "may_confirm": access.confirms(request.user, tender),
        "reads_trail": core.reads_trail(request.user),
        "reads_decision": access.reads_decision(request.user, tender),
        "may_finish": desk_overview.may_finish(tender, request.user),
    }
    return render(request, "tenders/desk/tender.html", context)
