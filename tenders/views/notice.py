"""Publishing a notice."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from odifund.core.forms.refusals import told
from odifund.core.http import PortalRequest, SignedInRequest
from odifund.core.once import once
from tenders import access
from tenders.actions import notice as notices
from tenders.forms.notice import NoticeForm
from tenders.queries import giveaway
from tenders.queries.notice import Shown, notices_of


@require_safe
def index(request: PortalRequest, reference: str) -> HttpResponse:
    """All of them, for everybody who reads the tender."""
    tender = access.tender_or_404(request, reference)
    return render(request, "tenders/notices.html", {"tender": tender, "notices": notices_of(tender)})


@once
@login_required
def publish(request: SignedInRequest, reference: str) -> HttpResponse:
    """Write it, read it as everybody will, and it is on the tender's page and on its way to who is told."""
    tender = access.desk_or_404(request, reference, access.manages)
    form = NoticeForm(
        request.POST if request.method == "POST" else None, giveaways=giveaway.in_tender(tender)
    )
    read_first = []
    if request.method == "POST" and form.is_valid():
        shown = Shown(request.at, **form.cleaned_data)
        if request.POST.get("checked") == shown.digest:
            with told(form):
                notices.publish(tender, **form.cleaned_data, by=request.user, at=request.at)
                messages.success(request, "The notice is published, and everybody watching is told.")
                return redirect(tender)
        read_first = [shown]
    context = {"tender": tender, "form": form, "read_first": read_first}
    return render(request, "tenders/publish_notice.html", context)
