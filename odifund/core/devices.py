"""Where somebody is signed in, and how long that lasts.

A sign-in lasts for 14 days from when a form was last sent, and longer for who will need it longer:
each app says until when (`needed_until`). See docs/adr/0012.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from odifund.core import audit
from odifund.core.access import signed_in
from odifund.core.models import Person

needed_until: list[Callable[[Person, datetime], datetime | None]] = []
"""Functions that say until when somebody should stay signed in; each app adds its own when it starts."""

LASTS_FROM = "lasts_from"
A_DAY = timedelta(days=1)
SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Mac OS X", "CrOS", "Linux")
BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
"""By the sign each carries, the first that fits: Edge and Opera carry Chrome's too."""


def lasts(person: Person, at: datetime) -> timedelta:
    """How long a sign-in of now lasts: until a day after what they will need it for, 14 days at least."""
    least = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    moments = [until for source in needed_until if (until := source(person, at))]
    return max([least, *(until + A_DAY - at for until in moments)])


def stay(request: HttpRequest, person: Person, at: datetime) -> None:
    """Let this sign-in last. In seconds and not as a moment: the session counts by its own clock."""
    request.session.set_expiry(int(lasts(person, at).total_seconds()))
    request.session[LASTS_FROM] = at.timestamp()
    known = UserSession.objects.filter(session_key=request.session.session_key)
    known.update(last_seen_at=at)


def note(request: HttpRequest, person: Person, at: datetime) -> None:
    """List this device, for a sign-in that was none of allauth's."""
    UserSession.objects.create_from_request(request)
    stay(request, person, at)


class Staying:
    """Lets a sign-in last anew when a form is sent, once a day: a page that is read writes nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """After the answer is made, so that nothing waits for it."""
        response = self.get_response(request)
        at: datetime = request.at  # type: ignore[attr-defined]
        if request.method == "POST" and signed_in(request.user):
            since = at.timestamp() - request.session.get(LASTS_FROM, 0)
            if abs(since) > A_DAY.total_seconds():
                stay(request, request.user, at)
        return response


@dataclass(frozen=True)
class Device:
    """A browser that somebody is signed in with."""

    key: int
    name: str
    network: str
    since: datetime
    seen_at: datetime
    is_this: bool


def devices_of(person: Person, session_key: str | None, at: datetime) -> list[Device]:
    """Where the person is signed in, the one in use first."""
    alive = Session.objects.filter(expire_date__gt=at).values("session_key")
    rows = UserSession.objects.filter(user=person, session_key__in=alive).order_by("-last_seen_at")
    found = [
        Device(
            row.pk,
            name_of(row.user_agent),
            row.ip,
            row.created_at,
            row.last_seen_at,
            row.session_key == session_key,
        )
        for row in rows
    ]
    return sorted(found, key=lambda device: not device.is_this)


def name_of(user_agent: str) -> str:
    """Firefox on Windows."""
    browser = next((name for sign, name in BROWSERS.items() if f"{sign}/" in user_agent), "")
    system = next((name for name in SYSTEMS if name in user_agent), "")
    system = {"Mac OS X": "a Mac", "CrOS": "a Chromebook", "iPhone": "an iPhone", "iPad": "an iPad"}.get(
        system, system
    )
    named = " on ".join(part for part in (browser, system) if part)
    return named or re.sub(r"[^\w ./()-]", "", user_agent)[:40] or "A browser"


def end(person: Person, key: int, *, at: datetime) -> bool:
    """Sign one device out; whether there was one."""
    with transaction.atomic():
        row = UserSession.objects.filter(user=person, pk=key).first()
        if row is None:
            return False
        Session.objects.filter(session_key=row.session_key).delete()
        details = {"device": name_of(row.user_agent)}
        row.delete()
        audit.record("person.device_ended", person, by=person, at=at, details=details, sealed=True)
    return True


def end_others(request: HttpRequest, person: Person, *, at: datetime) -> None:
    """Sign the person out everywhere but here."""
    with transaction.atomic():
        keep_only(request, person)
        audit.record("person.devices_ended", person, by=person, at=at, sealed=True)


def keep_only(request: HttpRequest, person: Person) -> None:
    """No sign-in but this request's is good any more."""
    forget_all(person, but=request.session.session_key)
    update_session_auth_hash(request, person)
    UserSession.objects.filter(user=person).update(session_key=request.session.session_key)


def forget_all(person: Person, *, but: str | None = None) -> None:
    """No sign-in of the person is good any more, listed or not: each carries a hash of what changes here."""
    person.set_unusable_password()
    person.save(update_fields=["password"])
    gone = UserSession.objects.filter(user=person).exclude(session_key=but or "")
    Session.objects.filter(session_key__in=list(gone.values_list("session_key", flat=True))).delete()
    gone.delete()
