"""Codes sent by mail to somebody who is signed in: to show that it is they, or that an address is theirs.

What was sent is kept in the session, hashed. A code works for 15 minutes, for what it was sent for,
and for three tries.
"""

import re
import secrets
from datetime import datetime

from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from odifund.core import limits, mail
from odifund.core.errors import NotReady

KEPT = "code_sent"
TRIES = 3
WRONG = "That is not the code. Enter the one in the newest mail"
GONE = "This code no longer works. Ask for a new one"
TOO_OFTEN = "That was tried too often. Wait an hour, then ask for a new code"


def send(request: HttpRequest, purpose: str, address: str, template: str, *, at: datetime) -> None:
    """Send a new code to the address; one sent before works no more."""
    _count(request, "send_account_code")
    code: str = get_adapter(request).generate_login_code()
    salt = secrets.token_hex(8)
    request.session[KEPT] = {
        "purpose": purpose,
        "address": address,
        "salt": salt,
        "digest": _digest(code, salt),
        "at": at.timestamp(),
        "tries": 0,
    }
    get_adapter(request).post(template, address, {"code": code, "email": address})


def pretend(request: HttpRequest, purpose: str, address: str, template: str, *, at: datetime) -> None:
    """As `send`, but the mail says why there is no code: nobody learns here whose address it is."""
    _count(request, "send_account_code")
    nothing = {"salt": "", "digest": "", "tries": 0}
    request.session[KEPT] = {"purpose": purpose, "address": address, "at": at.timestamp(), **nothing}
    get_adapter(request).post(template, address, {"email": address})


def waiting(request: HttpRequest, purpose: str, *, at: datetime) -> str:
    """The address that a code is on its way to, if there is one that still works."""
    sent = request.session.get(KEPT) or {}
    fresh = at.timestamp() - sent.get("at", 0) < mail.CODES.total_seconds()
    return str(sent["address"]) if sent.get("purpose") == purpose and fresh else ""


def take(request: HttpRequest, purpose: str, code: str, *, at: datetime) -> str:
    """The address that the right code was sent to; raises NotReady with a sentence otherwise."""
    address = waiting(request, purpose, at=at)
    if not address:
        raise NotReady([GONE])
    _count(request, "try_account_code")
    sent = request.session[KEPT]
    if not secrets.compare_digest(_digest(code, sent["salt"]), sent["digest"]):
        sent["tries"] += 1
        request.session[KEPT] = sent if sent["tries"] < TRIES else None
        raise NotReady([WRONG if sent["tries"] < TRIES else GONE])
    del request.session[KEPT]
    return address


def is_other(request: HttpRequest, code: str) -> bool:
    """Whether it is no code of ours, which have letters. It is counted as a try: it is one elsewhere."""
    if re.search(r"[a-z]", code, re.IGNORECASE):
        return False
    _count(request, "try_account_code")
    return True


def _digest(code: str, salt: str) -> str:
    """What is typed in small letters, with spaces or without the dash is the same code."""
    plain = re.sub(r"[^A-Z0-9]", "", code.upper())
    return salted_hmac(salt, plain, algorithm="sha256").hexdigest()


def _count(request: HttpRequest, what: str) -> None:
    if limits.too_often(request, what, key=str(request.user.pk)):
        raise NotReady([TOO_OFTEN])
