"""What somebody typed when it could not be taken: shown to be copied, with the way back to its page.

Secrets and what a page carries unseen are left out, and so is everything that another site sent.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import Resolver404, resolve

from odifund.core.links import parts_of

UNSEEN = {
    *("csrfmiddlewaretoken", "sent_once", "seen", "read", "next", "key", "shown", "base", "base_revision"),
    *("code", "action", "do"),  # buttons
}
CARRIED = re.compile(r"[0-9a-f-]{32,}|on|")  # keys and digests; ticks; what was left empty


@dataclass(frozen=True)
class Words:
    """One field as it was typed."""

    name: str
    text: str

    @property
    def label(self) -> str:
        """The field's name as people read it."""
        return self.name.replace("_", " ").capitalize()

    @property
    def rows(self) -> int:
        """How high its box is; 1 for a line."""
        return min(14, self.text.count("\n") + len(self.text) // 70 + 1)


def words(request: HttpRequest) -> list[Words]:
    """All that was typed and sent with this request."""
    if request.method != "POST" or not _from_our_page(request) or _about_signing_in(request):
        return []
    return list(_typed(request))


def page_of(request: HttpRequest) -> str:
    """The page that the request was sent from, else the nearest one above its address."""
    came_from = parts_of(request.headers.get("Referer", ""))
    if came_from.netloc != request.get_host():
        return above(request.path)
    return f"{came_from.path}?{came_from.query}" if came_from.query else came_from.path


def how_it_stands(request: HttpRequest) -> str:
    """Where to look at what has moved on: above a page that is about the move alone."""
    page = page_of(request)
    return above(page) if page.partition("?")[0] == request.path else page


def above(path: str) -> str:
    """The nearest address above that is one."""
    while path.strip("/"):
        path = path.rstrip("/").rpartition("/")[0] + "/"
        try:
            resolve(path)
        except Resolver404:
            continue
        return path
    return "/"


def _typed(request: HttpRequest) -> Iterator[Words]:
    for name, values in request.POST.lists():
        for value in values:
            if name.partition("-")[0] not in UNSEEN and not CARRIED.fullmatch(str(value).strip()):
                yield Words(name, str(value))


def _from_our_page(request: HttpRequest) -> bool:
    came_from = request.headers.get("Origin") or request.headers.get("Referer")
    return not came_from or parts_of(came_from).netloc == request.get_host()


def _about_signing_in(request: HttpRequest) -> bool:
    match = request.resolver_match
    return bool(match and match.view_name.startswith("account_"))
