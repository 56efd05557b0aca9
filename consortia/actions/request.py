"""Asking to belong to an organisation that is here already, and answering."""

from datetime import datetime

from django.db import transaction

from consortia import access, notices
from consortia.actions import organisation as organisations
from consortia.lifecycle import JOINING
from consortia.models import JoinRequest, Organisation
from odifund.core import audit
from odifund.core.errors import NotReady
from odifund.core.models import Person


def ask(organisation: Organisation, *, words: str, by: Person, at: datetime) -> JoinRequest:
    """Ask its people, who are told. Asked again while it waits, it is the same request."""
    if access.speaks_for(by, organisation):
        raise NotReady([f"You belong to {organisation} already"])
    with transaction.atomic():
        request, new = JoinRequest.objects.get_or_create(
            organisation=organisation,
            person=by,
            status=JoinRequest.Status.WAITING,
            defaults={"words": words.strip(), "asked_at": at},
        )
        if new:
            audit.record("request.made", request, by=by, at=at, details=_words(request))
            notices.asked(request, at=at)
    return request


def accept(request: JoinRequest, *, by: Person, at: datetime) -> None:
    """One of its people says yes: the person belongs to it from now on, and sees no proposal yet."""
    with JOINING.take("accept", request, by=by, at=at, facts=_facts(request), details=_words(request)):
        _answer(request, by, at)
        organisations.join(request.organisation, request.person, by=by, at=at)
        notices.answered(request, at=at)


def decline(request: JoinRequest, *, by: Person, at: datetime) -> None:
    """One of its people says no."""
    with JOINING.take("decline", request, by=by, at=at, facts=_facts(request), details=_words(request)):
        _answer(request, by, at)
        notices.answered(request, at=at)


def withdraw(request: JoinRequest, *, by: Person, at: datetime) -> None:
    """Take it back."""
    with JOINING.take("withdraw", request, by=by, at=at, details=_words(request)):
        _answer(request, by, at)


def admit(request: JoinRequest, *, reason: str, by: Person, at: datetime) -> None:
    """An administrator adds the person where nobody answered; everybody concerned is told why."""
    details = {**_words(request), "reason": reason}
    with JOINING.take("admit", request, by=by, at=at, facts=_facts(request), details=details):
        _answer(request, by, at, reason)
        organisations.join(request.organisation, request.person, by=by, at=at)
        notices.decided(request, at=at)


def turn_down(request: JoinRequest, *, reason: str, by: Person, at: datetime) -> None:
    """An administrator does not add the person; everybody concerned is told why."""
    details = {**_words(request), "reason": reason}
    with JOINING.take("turn_down", request, by=by, at=at, facts=_facts(request), details=details):
        _answer(request, by, at, reason)
        notices.decided(request, at=at)


def _answer(request: JoinRequest, by: Person, at: datetime, reason: str = "") -> None:
    request.answered_by, request.answered_at, request.reason = by, at, reason


def _facts(request: JoinRequest) -> dict[str, object]:
    return {"organisation": request.organisation_id, "person": request.person_id}


def _words(request: JoinRequest) -> dict[str, str]:
    return {"organisation": str(request.organisation), "person": str(request.person)}
