"""Reporting a problem: time, page and words are on record at once, and who can act is told."""

import secrets
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from odifund.core import audit, canonical
from odifund.core.errors import NotReady
from tenders import access
from tenders.models import ProblemReport, Tender
from tenders.notices import problem as notices
from tenders.queries.problem import without_keys

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from odifund.core.models import Person

    User = Person | AnonymousUser

TRIES = 20


def report(*, words: str, reach: str, page: str, user: "User", at: datetime) -> ProblemReport:
    """Take a report. `user` only says which pages exist for whoever reports, and is not kept."""
    if not words.strip():
        raise NotReady(["Say what went wrong"])
    tender = access.tender_of_page(user, page)
    made = ProblemReport(
        tender=tender, page=without_keys(page), words=words.strip(), reach=reach.strip(), reported_at=at
    )
    with transaction.atomic():
        if tender and not tender.is_published:
            made.tender = _as_long_as_it_is_there(tender)
        _number(made)
        facts = {"number": made.number, "digest": canonical.digest([made.page, made.words])}
        audit.record("problem.reported", made, at=at, facts=facts)
        notices.problem_reported(made, at=at)
    return made


def _as_long_as_it_is_there(draft: Tender) -> Tender | None:
    """The draft, locked so that nobody discards it meanwhile; nothing when somebody just did."""
    return Tender.objects.select_for_update(no_key=True).filter(pk=draft.pk).first()


def _number(made: ProblemReport) -> None:
    """Insert it under a number that nobody has: random, so that it tells nobody how many there are."""
    for _ in range(TRIES):
        made.number = f"{secrets.randbelow(10**6):06d}"
        try:
            with transaction.atomic():
                made.save(force_insert=True)
        except IntegrityError:
            continue
        return
    raise RuntimeError("no number is free")
