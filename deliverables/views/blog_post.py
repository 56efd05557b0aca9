"""Writing a blog, and noting where else it was published."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from deliverables import access
from deliverables.actions import blog_post as actions
from deliverables.forms.blog_post import Elsewhere, Writing
from deliverables.queries.deliverable import post_of
from deliverables.views import drafting
from odifund.core.http import SignedInRequest


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: SignedInRequest, key: UUID) -> HttpResponse:
    """The draft in Markdown; saving shows how it will look."""
    deliverable = access.deliverable_or_404(request, key, actions.KIND)
    if drafting.is_closed(request, deliverable):
        return redirect(deliverable)
    post = post_of(deliverable)
    form = Writing(request.POST or None, initial=vars(post) if post else {})

    def save() -> None:
        words, opened = actions.Words(**form.cleaned_data), request.POST.get("seen", "")
        actions.write(deliverable, words, by=request.user, at=request.at, seen=opened)

    if drafting.saved(request, deliverable, form, save):
        messages.success(request, "The draft is saved. Below the form you see how it will look.")
        return redirect("deliverables:write_blog_post", key)
    words = vars(actions.Words.of(post)) if post else {}
    context = {"deliverable": deliverable, "contract": deliverable.contract, "form": form, "post": post}
    context |= drafting.beside(request, form, actions.digest(post), words)
    return render(request, "deliverables/write_blog_post.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def note_elsewhere(request: SignedInRequest, slug: str) -> HttpResponse:
    """The clean HTML to copy, and where it was published with it."""
    post = access.reviewed_blog_post_or_404(request, slug)
    known = {"address": post.elsewhere, "on": post.elsewhere_on}
    form = Elsewhere(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        actions.note_elsewhere(post, **form.cleaned_data, by=request.user, at=request.at)
        messages.success(request, "The blog’s page now says where else it was published.")
        return redirect(post)
    context = {"post": post, "form": form}
    return render(request, "deliverables/blog_post_elsewhere.html", context)
