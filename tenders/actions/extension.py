"""Extending the deadline of a tender, by two: only later, and confirmed before it passes.

After it has passed only for an incident on record, until the proposals are opened. The reading of the
database's clock under the tender's lock decides, as it does about a submit.
"""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from odifund.core import audit, two_person
from odifund.core.errors import MovedOn, NotReady, TooLate, WrongPerson
from odifund.core.models import Person
from odifund.core.wording import moment as in_words
from tenders import access, locks
from tenders.actions import dates
from tenders.lifecycle import TENDER
from tenders.models import Extension, Incident, Notice, Tender
from tenders.notices import extension as notices
from tenders.queries import extension as queries
from tenders.queries.proposal import count_submitted

KEPT = "The deadline is as it was. Record an incident, then propose it again for that incident."


def propose(
    tender: Tender,
    *,
    to_at: datetime,
    reason: str,
    move_later: bool,
    by: Person,
    at: datetime,
    incident: Incident | None = None,
    from_server: bool = False,
) -> Extension:
    """Propose a later deadline, with the later dates as they are or moved by as many days."""
    if not access.manages(by, tender):
        raise WrongPerson("Only a manager who does not bid in the tender proposes a later deadline.")
    if not reason.strip():
        raise NotReady(["Say why the deadline is extended. Everybody will read it."])
    with transaction.atomic():
        moment = locks.alone(tender)
        extension = _drawn_up(tender, to_at, move_later=move_later)
        extension.reason, extension.incident, extension.from_server = reason.strip(), incident, from_server
        extension.prepared_by, extension.prepared_at = by, moment
        if faults := list(queries.faults(extension, moment)):
            raise NotReady(faults)
        extension.save(force_insert=True)
        words = {"to": in_words(to_at)}
        with TENDER.take(
            "propose_extending", tender, by=by, at=moment, facts=_facts(extension), details=words
        ):
            notices.extending_proposed(extension, by=by, at=moment)
    return extension


def _drawn_up(tender: Tender, to_at: datetime, *, move_later: bool) -> Extension:
    """What would move, from the tender as it is under the lock."""
    if tender.status not in TENDER.rows["propose_extending"].from_:
        raise MovedOn("A deadline is extended between publication and the opening of the proposals.")
    assert tender.proposals_close_at is not None
    return Extension(
        tender=tender,
        number=tender.extensions.count() + 1,
        from_at=tender.proposals_close_at,
        to_at=to_at,
        dates=queries.moving_with(tender, to_at) if move_later else [],
        proposals_known=count_submitted(tender),
    )


def take_back(tender: Tender, *, by: Person, at: datetime) -> None:
    """The proposer, or another who could confirm, takes the proposed deadline back."""
    if not access.confirms(by, tender):
        raise WrongPerson("Only managers and approvers take a proposed deadline back.")
    two_person.take_back("extend", tender, by=by, at=at)


def extend(tender: Tender, *, number: int, by: Person, at: datetime) -> Extension:
    """Confirm, as the second person, the extension of this number: the one that was read."""
    if not access.confirms(by, tender):
        raise WrongPerson("Only managers and approvers who do not bid here confirm a later deadline.")
    try:
        with transaction.atomic():
            moment = locks.alone(tender)
            extension = queries.newest(tender)
            if extension is None or extension.number != number:
                raise MovedOn("What you read was confirmed or replaced meanwhile. See how it stands now.")
            _only_in_time(tender, extension, moment)
            _extend(tender, extension, by, moment)
            return extension
    except TooLate as late:
        with transaction.atomic():
            facts = {"deadline": late.deadline, "number": number}
            audit.record("tender.extending_refused_late", tender, by=by, at=late.judged_at, facts=facts)
        raise


def _only_in_time(tender: Tender, extension: Extension, moment: datetime) -> None:
    present = tender.proposals_close_at
    assert present is not None
    if moment < present or extension.incident or tender.status not in TENDER.rows["extend"].from_:
        return
    raise TooLate(
        "The deadline had passed when your confirmation reached us, so it was not extended.",
        deadline=present,
        judged_at=moment,
        kept=KEPT,
    )


def _extend(tender: Tender, extension: Extension, by: Person, moment: datetime) -> None:
    facts = _facts(extension) | {"reopened": tender.status == Tender.Status.CLOSED}
    details = {"first": str(extension.prepared_by), "to": in_words(extension.to_at)}
    with TENDER.take("extend", tender, by=by, at=moment, facts=facts, details=details):
        extension.tender = tender
        changes = queries.changes(extension)
        dates.move(tender, queries.moved(extension))
        tender.extended_at, tender.extended_from_at, tender.closed_at = moment, extension.from_at, None
        two_person.take_back_void(["open"], tender, by=by, at=moment)
        extension.confirmed_by, extension.confirmed_at = by, moment
        extension.save()
        notice = Notice.objects.create(
            tender=tender,
            title=f"Proposals close later: {in_words(extension.to_at)}",
            text=extension.reason,
            changes=[asdict(change) for change in changes],
            published_by=by,
            published_at=moment,
        )
        notices.extended(extension, notice, at=moment)


def _facts(extension: Extension) -> dict[str, Any]:
    return {
        "number": extension.number,
        "from": extension.from_at,
        "to": extension.to_at,
        "dates": extension.dates,
        "proposals_known": extension.proposals_known,
        "incident": extension.incident.number if extension.incident else None,
        "from_server": extension.from_server,
    }
