"""The whole invitation to tender as a PDF, to keep and to print."""

from io import BytesIO

from django.http import FileResponse
from django.views.decorators.http import require_safe

from odifund.core.http import PortalRequest
from odifund.core.printing import as_pdf
from tenders import access
from tenders.queries.itt import itt


@require_safe
def show(request: PortalRequest, reference: str) -> FileResponse:
    """For whoever reads the public page; of a draft for who sees its preview."""
    tender = access.tender_or_404(request, reference)
    pdf = as_pdf("itt.typ", itt(tender, request.at), request.at)
    name = f"{tender.reference}-invitation-to-tender.pdf"
    return FileResponse(BytesIO(pdf), filename=name, content_type="application/pdf")
