"""The whole invitation to tender as a PDF, to keep and to print."""

from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING

from django.http import FileResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from odifund.core.fresh import unless_seen
from odifund.core.http import PortalRequest
from odifund.core.printing import as_pdf
from tenders import access
from tenders.queries import seen
from tenders.queries.itt import itt

if TYPE_CHECKING:
    from tenders.models import Tender


@require_safe
def show(request: PortalRequest, reference: str) -> HttpResponseBase:
    """For whoever reads the public page; of a draft for who sees its preview."""
    tender = access.tender_or_404(request, reference)
    named = partial(seen.tender_page, tender, request.at)
    return unless_seen(request, named, lambda: _pdf(request, tender))


def _pdf(request: PortalRequest, tender: "Tender") -> FileResponse:
    pdf = as_pdf("itt.typ", itt(tender, request.at), request.at)
    name = f"{tender.reference}-invitation-to-tender.pdf"
    return FileResponse(BytesIO(pdf), filename=name, content_type="application/pdf")
