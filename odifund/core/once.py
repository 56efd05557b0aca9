"""A form is taken once: a double click, a replay and Send again lead where the first sending led.

The page puts a key of its own into each form that adds something (`{% once %}`). Sender, address and all
that was sent, the key among it, make one digest, which a row keeps in the same transaction as what the form
does. So a page that somebody went back to and filled in differently is another form.
"""

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import wraps
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.utils.html import format_html
from django.utils.safestring import SafeString

from odifund.core import canonical
from odifund.core.models import SentForm

KEY = "sent_once"
KEPT = timedelta(seconds=settings.SESSION_COOKIE_AGE)  # nobody is signed in for longer

View = Callable[..., HttpResponseBase]


def field() -> SafeString:
    """The hidden input with a key that no other form has."""
    return format_html('<input type="hidden" name="{}" value="{}">', KEY, uuid4().hex)


def once(view: View) -> View:
    """The same form from the same person is taken once; sent again it leads where it led before."""

    @wraps(view)
    def taken_once(request: Any, *args: Any, **parts: Any) -> HttpResponseBase:
        if not request.POST.get(KEY) or not request.user.is_authenticated:
            return view(request, *args, **parts)
        digest = _digest(request)
        with transaction.atomic():
            if not _is_first(digest, request.at):
                return HttpResponseRedirect(SentForm.objects.get(pk=digest).led_to)
            answer = view(request, *args, **parts)
            _settle(digest, answer)
            return answer

    return taken_once


def forget(at: datetime) -> None:
    """Delete what is too old to be sent again."""
    SentForm.objects.filter(sent_at__lt=at - KEPT).delete()


def _is_first(digest: str, at: datetime) -> bool:
    """Insert the row, or wait for the same form under way in another request and find its row."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_sentform (digest, sent_at, led_to) VALUES (%s, %s, '') ON CONFLICT DO NOTHING",
            [digest, at],
        )
        return bool(cursor.rowcount)


def _settle(digest: str, answer: HttpResponseBase) -> None:
    """Note where it led. A form that came back to its page was not taken, and may be sent again."""
    row = SentForm.objects.filter(pk=digest)
    if isinstance(answer, HttpResponseRedirect):
        row.update(led_to=answer.url)
    else:
        row.delete()


def _digest(request: HttpRequest) -> str:
    words = sorted((name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken")
    return canonical.digest([str(request.user.pk), request.get_full_path(), words, list(_files(request))])


def _files(request: HttpRequest) -> Iterator[tuple[str, str, str]]:
    for name, uploads in request.FILES.lists():
        for upload in uploads:
            sha = hashlib.sha256()
            for chunk in upload.chunks():
                sha.update(chunk)
            upload.seek(0)
            yield name, upload.name or "", sha.hexdigest()
