"""The demonstration's own pages: the cast, to sign in as somebody, and the mail that was sent.

They exist only where the loader marked the database, and only for this machine itself. They stand
outside the access matrix.
"""

import email
import email.policy
from email.message import EmailMessage
from functools import wraps
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from odifund.core import demonstration
from odifund.pages.cast import CAST, PLAYERS


def _only_here(view: Any) -> Any:
    """A view that exists only in a demonstration, asked for from this machine."""

    @wraps(view)
    def found(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if settings.PRODUCTION or not (_from_this_machine(request) and demonstration.is_loaded()):
            raise Http404
        response: HttpResponse = never_cache(view)(request, *args, **kwargs)
        return response

    return found


def _from_this_machine(request: HttpRequest) -> bool:
    """Loopback, and not passed on by a proxy."""
    if "HTTP_X_FORWARDED_FOR" in request.META or "HTTP_FORWARDED" in request.META:
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


@_only_here
@require_safe
def cast(request: HttpRequest) -> HttpResponse:
    """Who plays whom, with a button each."""
    staff = [player for player in CAST if player.roles]
    bidders = [player for player in CAST if not player.roles]
    return render(request, "pages/demo.html", {"staff": staff, "bidders": bidders})


@csrf_exempt  # it signs in as invented people only, on this machine only, and scripts use it
@_only_here
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as `person`, a key of the cast."""
    player = PLAYERS.get(request.POST.get("person", ""))
    if player is None:
        raise Http404
    person = demonstration.person(player.email)
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect("pages:home")


@_only_here
@require_safe
def sent_mail(request: HttpRequest) -> HttpResponse:
    """The mail that was sent, newest first, as it was delivered into the folder."""
    files = sorted(Path(settings.MAIL_FOLDER).glob("*.eml"), reverse=True)
    page = Paginator(files, 25).get_page(request.GET.get("page"))
    mails = [_shown(path) for path in page.object_list]
    return render(request, "pages/demo_mail.html", {"page": page, "mails": mails, "count": len(files)})


def _shown(path: Path) -> dict[str, object]:
    message: EmailMessage = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    body = message.get_body(("plain",))
    return {
        "to": message["To"],
        "subject": message["Subject"],
        "sent_at": message["Date"].datetime if message["Date"] else None,
        "body": body.get_content() if body else "",
    }
