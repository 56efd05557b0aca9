"""The demonstration's own pages: the cast, to sign in as somebody, and the mail that was sent.

They exist only where the loader marked the database, and only for this machine itself. They stand
outside the access matrix.
"""

import email
import email.policy
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from functools import wraps
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

from odifund.core import demonstration, devices
from odifund.core.http import PortalRequest
from odifund.core.models import Role
from odifund.core.todo import ToDo
from odifund.pages.cast import CAST, PLAYERS, Player
from odifund.pages.home import what_waits
from tenders.queries import rounds

SHOWN = 3
"""How many things that wait are told of each player."""


def _only_here(view: Any) -> Any:
    """A view that exists only in a demonstration, asked for from this machine."""

    @wraps(view)
    def found(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        here = demonstration.from_this_machine(request) and not settings.PRODUCTION
        if not (here and demonstration.is_loaded()):
            raise Http404
        response: HttpResponse = never_cache(view)(request, *args, **kwargs)
        return response

    return found


@_only_here
@require_safe
def cast(request: PortalRequest) -> HttpResponse:
    """The rounds where they stand, and who plays whom: what waits for each, and a button."""
    parts, found = _parts(request.at), rounds.public_rounds(request.at)
    return render(
        request,
        "pages/demo.html",
        {
            "rounds": [*found.open, *found.others],
            "bidders": [part for part in parts if not part.player.roles],
            "staff": [part for part in parts if part.player.roles],
        },
    )


@dataclass(frozen=True)
class Part:
    """A player with the first things that wait for them, and how many more."""

    player: Player
    waiting: list[ToDo]
    more: int

    @property
    def place(self) -> str:
        """Where they stand: their role at the fund, or their organisation."""
        return ", ".join(Role.Name(role).label for role in self.player.roles) or self.player.organisation


def _parts(at: datetime) -> list[Part]:
    found = demonstration.people(player.email for player in CAST)
    waiting = {player: what_waits(found[player.email], at).items for player in CAST}
    return [Part(player, items[:SHOWN], len(items[SHOWN:])) for player, items in waiting.items()]


@csrf_exempt  # it signs in as invented people only, on this machine only, and scripts use it
@_only_here
@require_POST
def sign_in(request: PortalRequest) -> HttpResponse:
    """Sign in as `person`, a key of the cast."""
    player = PLAYERS.get(request.POST.get("person", ""))
    if player is None:
        raise Http404
    person = demonstration.people([player.email])[player.email]
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    devices.note(request, person, request.at)
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
