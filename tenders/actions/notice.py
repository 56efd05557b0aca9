"""Announcing something to everybody."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from odifund.core import audit
from odifund.core.errors import MovedOn, NotReady, WrongPerson
from odifund.core.models import Person
from tenders import access
from tenders.models import Notice, Tender
from tenders.notices import notice as notices
from tenders.queries.notice import Change


def publish(tender: Tender, *, title: str, text: str, by: Person, at: datetime) -> Notice:
    """Put a notice on the tender's page and mail it to everybody who is told."""
    if not access.manages(by, tender):
        raise WrongPerson("Only a manager publishes notices.")
    if not title.strip() or not text.strip():
        raise NotReady(["Write a heading and the notice itself"])
    if not tender.is_published:
        raise MovedOn("This tender is not published yet, so nobody could read the notice.")
    return put_up(tender, title=title, text=text, by=by, at=at)


def put_up(
    tender: Tender, *, title: str, text: str, by: Person, at: datetime, changes: Sequence[Change] = ()
) -> Notice:
    """The notice of something that a move has just done: who may was asked there."""
    with transaction.atomic():
        notice = Notice.objects.create(
            tender=tender,
            title=title.strip(),
            text=text.strip(),
            changes=[asdict(change) for change in changes],
            published_by=by,
            published_at=at,
        )
        audit.record("notice.published", notice, by=by, at=at)
        notices.published(notice, at=at)
    return notice
