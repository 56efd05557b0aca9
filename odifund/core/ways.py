"""The ways to sign in beside the code by mail: passkeys, an authenticator app, recovery codes.

django-allauth keeps and checks them; here stands how it is fitted to the portal (docs/adr/0012).
"""

import base64
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest

from odifund.core import audit, mail
from odifund.core.models import Person

SERVICE = "Stimulus fund"
T = Authenticator.Type
CALLED = {
    T.WEBAUTHN: "a passkey",
    T.TOTP: "an authenticator app",
    T.RECOVERY_CODES: "a set of recovery codes",
}
EVENTS = {"added": "person.way_added", "removed": "person.way_removed"}


@dataclass(frozen=True)
class Passkey:
    """One passkey, by the name its person gave it."""

    key: int
    name: str
    added_at: datetime
    used_at: datetime | None


@dataclass
class Ways:
    """How somebody can sign in, beside the code by mail."""

    passkeys: list[Passkey] = field(default_factory=list)
    authenticator: Authenticator | None = None
    codes_left: int | None = None


def ways_of(person: Person) -> Ways:
    """What the person has set up, in one query."""
    found = Ways()
    for row in Authenticator.objects.filter(user=person).order_by("created_at"):
        if row.type == Authenticator.Type.WEBAUTHN:
            found.passkeys.append(Passkey(row.pk, row.wrap().name, row.created_at, row.last_used_at))
        elif row.type == Authenticator.Type.TOTP:
            found.authenticator = row
        else:
            found.codes_left = len(row.wrap().get_unused_codes())
    return found


def takes_recovery_code(person: Person, code: str) -> bool:
    """Use up one recovery code, if it is one."""
    row = Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).first()
    return bool(row and row.wrap().validate_code(code))


def takes_code(person: Person, code: str) -> bool:
    """Whether it is a code of the person's authenticator app, or a recovery code, which it uses up."""
    rows = Authenticator.objects.filter(user=person).exclude(type=Authenticator.Type.WEBAUTHN)
    return any(row.wrap().validate_code(code) for row in rows)


@contextmanager
def noted(person: Person, *, at: datetime) -> Iterator[None]:
    """Inside one transaction: whatever way is added or removed is written down and told, or not done."""
    before = _kinds_of(person)
    yield
    after = _kinds_of(person)
    for key in before.keys() - after.keys():
        _tell(person, before[key], "removed", at)
    for key in after.keys() - before.keys():
        _tell(person, after[key], "added", at)


def _kinds_of(person: Person) -> dict[int, str]:
    return dict(Authenticator.objects.filter(user=person).values_list("pk", "type"))


def _tell(person: Person, kind: str, became: str, at: datetime) -> None:
    way = CALLED[T(kind)]
    recorded = audit.record(EVENTS[became], person, by=person, at=at, details={"way": way}, sealed=True)
    if kind == T.RECOVERY_CODES:  # they come and go with other ways, of which there is a mail
        return
    mail.queue(
        "core/way_changed",
        key=f"core/way_changed:{recorded.pk}",
        to=[person],
        at=at,
        context={"way": way[:1].upper() + way[1:], "became": f"was {became}"},
        sealed=True,
    )


def told_of_recovery(person: Person, *, at: datetime) -> None:
    """Tell the person that a recovery code was used: if it was not they, they should know at once."""
    mail.queue(
        "core/way_changed",
        key=f"core/way_changed:recovery:{person.pk}:{at.isoformat()}",
        to=[person],
        at=at,
        context={"way": "A recovery code", "became": "was used to sign in"},
        sealed=True,
    )


class SecondStep(AuthenticateStage):  # type: ignore[misc]
    """After the code by mail, the authenticator app is asked for where there is one.

    A passkey is asked for by nobody: it is another way in, and may lie on a device that is not here.
    """

    def _should_handle(self, request: HttpRequest) -> bool:
        has_one = Authenticator.objects.filter(user=self.login.user, type=Authenticator.Type.TOTP)
        return bool(super()._should_handle(request)) and has_one.exists()


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Says what is wrong in our words, and keeps secrets enciphered in the database."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "That is not right. Enter a code that was not used yet, or try your passkey again",
        "unverified_email": "First sign in once with a code sent to your address, to show that it is yours.",
    }

    def encrypt(self, text: str) -> str:
        """Readable only with the portal's secret key."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """What `encrypt` made, with the key of now or one before it."""
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: Person, type: Authenticator.Type) -> str:  # noqa: A002
        """What a passkey is called if its person does not say."""
        count = Authenticator.objects.filter(user=user, type=type).count()
        return f"Passkey {count + 1}"

    def _get_site_name(self) -> str:
        return SERVICE


def _cipher() -> MultiFernet:
    keys: list[str] = [settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS)]
    digests = (hashlib.sha256(f"ways to sign in:{key}".encode()).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
