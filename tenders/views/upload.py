"""Files of a draft in pieces, for the page's script: begin one, ask how far it is, send the next piece.

Every answer is JSON. `received` says where to go on; `problem` is a sentence for the person.
"""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase, JsonResponse, UnreadablePostError
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_http_methods, require_POST

from odifund.core import parts
from odifund.core.errors import NotReady, Refused
from odifund.core.http import UNPROCESSABLE, SignedInRequest
from tenders import access
from tenders.actions import upload as uploads
from tenders.forms.attachment import ArrivedForm, BeginForm

if TYPE_CHECKING:
    from tenders.models import Attachment, Proposal, Upload

    View = Callable[..., HttpResponseBase]

PIECE = 1024 * 1024  # bytes at most: what one request holds in memory
READ = 64 * 1024


def for_script(view: "View") -> "View":
    """For the people named on the proposal; a refusal is a sentence, not a page."""

    @login_required
    @wraps(view)
    def found(request: SignedInRequest, key: UUID, **rest: Any) -> HttpResponseBase:
        try:
            return view(request, access.proposal_or_404(request, key), **rest)
        except uploads.FromElsewhere as refused:
            return JsonResponse({"received": refused.received}, status=refused.status)
        except Refused as refused:
            return JsonResponse({"problem": refused.message}, status=refused.status)

    return found


@require_POST
@for_script
def begin(request: SignedInRequest, proposal: "Proposal") -> HttpResponse:
    """Begin one, or go on with the same file."""
    form = BeginForm(request.POST)
    if not form.is_valid():
        return _problem(form)
    said = form.cleaned_data
    section = access.section_of_files_or_404(proposal.tender, said["section"]) if said["section"] else None
    told = {"name": said["name"], "size": said["size"], "sha256": said["sha256"], "section": section}
    upload = uploads.begin(proposal, **told, by=request.user, at=request.at)
    where = reverse("tenders:upload", args=[proposal.pk, upload.pk])
    return JsonResponse({"address": where, "received": upload.received})


@require_http_methods(["GET", "POST"])
@for_script
def piece(request: SignedInRequest, proposal: "Proposal", upload: UUID) -> HttpResponse:
    """How far it is; or the next piece, from `Upload-Offset` on. The last one puts it into the draft."""
    found = access.upload_or_404(request.user, proposal, upload)
    if request.method == "GET":
        return JsonResponse({"received": found.received})
    length, after = (request.headers.get(name, "") for name in ("Content-Length", "Upload-Offset"))
    if length.isdecimal() and int(length) > PIECE:
        return JsonResponse({"problem": "A piece can be 1 MB at most."}, status=413)
    if not after.isdecimal() or len(after) > 15:
        return JsonResponse({"problem": "A piece says where it begins."}, status=400)
    uploads.take_in(found, _read(request), after=int(after), by=request.user, at=request.at)
    return _finish(request, found) if found.is_whole else JsonResponse({"received": found.received})


def _read(request: SignedInRequest) -> bytes:
    """The piece; of one that breaks off, what came."""
    data = bytearray()
    try:
        while len(data) < PIECE and (some := request.read(min(READ, PIECE - len(data)))):
            data += some
    except UnreadablePostError:
        pass
    return bytes(data)


def _finish(request: SignedInRequest, upload: "Upload") -> HttpResponse:
    if upload.file:
        return _added(request, upload.file.attachment)
    with parts.opened(upload.pk, name=upload.name, size=upload.size) as file:
        form = ArrivedForm(files=MultiValueDict({"file": [file]}))
        if not form.is_valid():
            uploads.give_up(upload)
            return _problem(form)
        kind = file.content_type or ""
        try:
            added = uploads.finish(upload, file, kind=kind, by=request.user, at=request.at)
        except NotReady:
            uploads.give_up(upload)
            raise
    return _added(request, added)


def _added(request: SignedInRequest, added: "Attachment") -> JsonResponse:
    """How the page lists it."""
    keys = [added.proposal_id, added.pk]
    context = {
        "file": added.file,
        "url": reverse("tenders:attachment", args=keys),
        "remove_url": reverse("tenders:remove_attachment", args=keys),
    }
    html = render_to_string("components/file.html", context, request)
    return JsonResponse({"received": added.file.size, "listed": html})


def _problem(form: Any) -> JsonResponse:
    sentences = [sentence for errors in form.errors.values() for sentence in errors]
    return JsonResponse({"problem": ". ".join(sentences)}, status=UNPROCESSABLE)
