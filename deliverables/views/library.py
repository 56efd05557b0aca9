"""What everybody reads: the library of patterns, the blog, the reports."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from deliverables import access
from deliverables.forms.library import Looking
from deliverables.queries import citation, search
from deliverables.queries import library as queries
from odifund.core import files
from odifund.core.http import PortalRequest

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from tenders.models import Tender

PAGE = 24


@require_safe
def patterns(request: PortalRequest) -> HttpResponse:
    """The library, with words to look for and boxes to tick."""
    library = access.patterns()
    form = Looking(request.GET, facets=list(search.facets(library)))
    looked_for = form.looked_for()
    found = library.none() if "q" in form.errors else search.found(library, looked_for)
    pages = Paginator(found, PAGE)
    context = {
        "form": form,
        "looked_for": looked_for,
        "page": pages.get_page(request.GET.get("page")),
        "query": _without_page(request.GET),
    }
    return render(request, "deliverables/patterns.html", context)


@require_safe
def pattern(request: PortalRequest, slug: str) -> HttpResponse:
    """One pattern: what it solves, how, what was learned, how to take and cite it."""
    found = access.public_pattern_or_404(slug)
    contract = found.deliverable.contract
    context = {
        "pattern": found,
        "contract": contract,
        "tender": contract.tender,
        "licence": queries.licence_of(found),
        "citation": citation.of_pattern(found),
        "others": queries.others_of(contract, found),
        "report": queries.report_of(contract),
    }
    return render(request, "deliverables/pattern.html", context)


@require_safe
def pattern_file(request: PortalRequest, slug: str) -> FileResponse:
    """The file of a published pattern."""
    found = access.public_pattern_or_404(slug)
    if found.file is None:
        raise Http404
    return files.download(found.file, to=request.user)


@require_safe
def blog(request: PortalRequest) -> HttpResponse:
    """The blog, the newest first; of one tender when its reference is asked for."""
    tender = access.tender_asked_for(request)
    posts = access.blog_posts(tender).select_related("deliverable__contract__lead")
    return _listed(request, "deliverables/blog.html", posts.order_by("-published_at", "pk"), tender)


@require_safe
def blog_post(request: PortalRequest, slug: str) -> HttpResponse:
    """One post."""
    post = access.public_blog_post_or_404(slug)
    contract = post.deliverable.contract
    context = {
        "post": post,
        "contract": contract,
        "tender": contract.tender,
        "patterns": queries.patterns_of(contract),
        "report": queries.report_of(contract),
        "citation": citation.of_blog_post(post),
        "may_note": access.reviews(request.user, post.deliverable),
    }
    return render(request, "deliverables/blog_post.html", context)


@require_safe
def reports(request: PortalRequest) -> HttpResponse:
    """The accepted reports, the newest first; of one tender when its reference is asked for."""
    tender = access.tender_asked_for(request)
    found = access.reports(tender).order_by("-accepted_at", "pk")
    return _listed(request, "deliverables/reports.html", found, tender)


@require_safe
def report(request: PortalRequest, key: UUID) -> HttpResponse:
    """One report with its prototype, its patterns and the data released."""
    found = access.public_report_or_404(key)
    context = {
        "report": found,
        "contract": found.contract,
        "tender": found.contract.tender,
        "delivery": queries.accepted_delivery(found),
        "citation": citation.of_report(found, request.path),
        "patterns": queries.patterns_of(found.contract),
        "post": queries.blog_post_of(found.contract),
        "released": queries.released_by(found.contract),
    }
    return render(request, "deliverables/report.html", context)


@require_safe
def report_file(request: PortalRequest, key: UUID) -> FileResponse:
    """The file of an accepted report."""
    delivery = queries.accepted_delivery(access.public_report_or_404(key))
    if delivery.file is None:
        raise Http404
    return files.download(delivery.file, to=request.user)


def _listed(
    request: PortalRequest, template: str, found: "QuerySet[Any]", of_tender: "Tender | None"
) -> HttpResponse:
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "of_tender": of_tender, "query": _without_page(request.GET)}
    return render(request, template, context)


def _without_page(asked: QueryDict) -> str:
    rest = asked.copy()
    rest.pop("page", None)
    return f"{rest.urlencode()}&" if rest else ""
