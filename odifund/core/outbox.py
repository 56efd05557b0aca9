"""Looking at the outbox: kind, state and recipient of each mail, never its words.

A mail about something sealed shows no recipient until the reader is let into its scope; one of signing
in never does. What was given up can be sent again.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Count, QuerySet

from odifund.core import access, audit
from odifund.core.errors import MovedOn, WrongPerson
from odifund.core.models import OutboxMessage, Person

STATES = OutboxMessage.State.choices
GIVEN_UP = OutboxMessage.State.FAILED
_LOOKS = {
    OutboxMessage.State.WAITING: "",
    OutboxMessage.State.CLAIMED: "part",
    OutboxMessage.State.SENT: "done",
    OutboxMessage.State.FAILED: "late",
}


OF_SIGN_IN = {
    "email_confirmation_signup": "Code to confirm an address",
    "email_confirmation": "Code to confirm an address",
    "login_code": "Code to sign in",
    "account_already_exists": "Registered already",
    "unknown_account": "Asked to sign in, not registered",
}
"""What the mails of signing in are called: their templates have the names of a library."""


@dataclass(frozen=True)
class Letter:
    """One mail as staff see it."""

    key: UUID
    kind: str
    recipient: str
    state: str
    look: str
    queued_at: datetime
    sent_at: datetime | None
    refusal: str
    is_private: bool
    may_go_again: bool


def messages(state: str = "") -> QuerySet[OutboxMessage]:
    """Every mail, newest first, in one state or all; its words stay in the database."""
    found = OutboxMessage.objects.defer("subject", "body").order_by("-queued_at", "-pk")
    return found.filter(state=state) if state else found


def letters(page: Iterable[OutboxMessage], open_scopes: Collection[UUID]) -> list[Letter]:
    """The mails of a page; who got a sealed one, watches or signs in is not said."""
    return [_letter(row, is_sealed=row.sealed and row.scope not in open_scopes) for row in page]


def _letter(row: OutboxMessage, *, is_sealed: bool) -> Letter:
    state = OutboxMessage.State(row.state)
    # Who registers or signs in between the mails of a proposal is easily guessed to be its bidder.
    is_private = row.is_private or row.kind.rpartition("/")[2] in OF_SIGN_IN
    return Letter(
        key=row.pk,
        kind="About a proposal" if is_sealed else said(row.kind),
        recipient="" if is_sealed or is_private else row.address,
        state=str(state.label),
        look=_LOOKS[state],
        queued_at=row.queued_at,
        sent_at=row.sent_at,
        refusal=row.refusal,
        is_private=is_private and not is_sealed,
        may_go_again=row.may_go_again,
    )


def said(kind: str) -> str:
    """Tender published, for tenders/tender_published."""
    name = kind.rpartition("/")[2]
    return OF_SIGN_IN.get(name) or name.replace("_", " ").capitalize()


def counts() -> dict[str, int]:
    """How many mails are in each state, by its words."""
    found = dict(OutboxMessage.objects.order_by().values_list("state").annotate(Count("pk")))
    return {str(label): found.get(state, 0) for state, label in STATES}


def send_again(row: OutboxMessage, *, by: Person, at: datetime) -> None:
    """Let a mail that was given up wait once more, with patience anew."""
    if not access.administers(by):
        raise WrongPerson("Only an administrator has mail sent again.")
    with transaction.atomic():
        row.refresh_from_db(from_queryset=OutboxMessage.objects.select_for_update())
        if not row.may_go_again:
            raise MovedOn("This mail is not given up any more. Nothing was changed.")
        row.state, row.try_at, row.attempts, row.faults, row.refusal = (
            OutboxMessage.State.WAITING,
            at,
            0,
            0,
            "",
        )
        row.save()
        audit.record("mail.sent_again", row, by=by, at=at, details={"kind": said(row.kind)})
