"""Mails among the people of an organisation."""

from datetime import datetime

from consortia import queries
from consortia.models import Belonging, JoinRequest
from odifund.core import mail
from odifund.core.models import Person


def added(belonging: Belonging, *, by: Person, at: datetime) -> None:
    """Somebody was added, who is told."""
    mail.queue(
        "consortia/person_added",
        key=f"consortia/person_added:{belonging.pk}",
        to=[belonging.person],
        at=at,
        context={"organisation": belonging.organisation, "by": by},
        about=belonging.organisation,
    )


def asked(request: JoinRequest, *, at: datetime) -> None:
    """Somebody asks to be added: to the organisation's people."""
    _tell("join_asked", request, list(queries.people_of(request.organisation)), at)


def answered(request: JoinRequest, *, at: datetime) -> None:
    """Its people said yes or no: to who asked."""
    _tell("join_answered", request, [request.person], at)


def decided(request: JoinRequest, *, at: datetime) -> None:
    """An administrator decided: to who asked, and to the organisation's people."""
    people = {person.pk: person for person in (*queries.people_of(request.organisation), request.person)}
    _tell("join_decided", request, list(people.values()), at)


def _tell(what: str, request: JoinRequest, to: list[Person], at: datetime) -> None:
    mail.queue(
        f"consortia/{what}",
        key=f"consortia/{what}:{request.pk}",
        to=to,
        at=at,
        context={"request": request, "organisation": request.organisation},
        about=request,
    )
