"""Reporting a problem from any page, and the reports for who can act on them."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from odifund.core.access import only
from odifund.core.http import PortalRequest, SignedInRequest
from odifund.core.limits import too_often
from tenders import access
from tenders.actions import problem as problems
from tenders.forms.problem import ProblemForm
from tenders.queries.problem import path_of

ROWS = 50
TOO_OFTEN = "Many problems were reported from your network in the last hour. Please ring us instead."


@csrf_exempt  # it does nothing in anybody's name, and has to work on a day when cookies do not
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: PortalRequest) -> HttpResponse:
    """The form; sent, its number. No account, no cookie and no script is needed."""
    page = path_of(request.GET.get("page") or request.headers.get("Referer", ""))
    form = ProblemForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if too_often(request, "report_problem"):
            form.add_error(None, TOO_OFTEN)
        else:
            made = problems.report(**form.cleaned_data, page=page, user=request.user, at=request.at)
            return render(request, "tenders/problem_reported.html", {"report": made, "page": page})
    return render(request, "tenders/report_problem.html", {"form": form, "page": page})


@login_required
@require_safe
def index(request: SignedInRequest) -> HttpResponse:
    """Every report that exists for the person, the newest first."""
    only(request, access.reads_problems)
    found = access.problems_for(request.user).select_related("tender")
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    return render(request, "tenders/problems.html", {"page": page, "problems": page.object_list})
