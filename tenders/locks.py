"""The locks that make a deadline a comparison (docs/adr/0003).

Submit and ask share a tender's lock; close, open and extend take it alone. Under the lock one
reading of the database's clock decides. Order: the tender's lock, then rows.
"""

from datetime import datetime
from uuid import UUID

from django.db import connection

from odifund.core import clock
from odifund.core.errors import MovedOn
from tenders.models import Tender


def with_others(tender: UUID) -> datetime:
    """Hold the lock of the tender with this key, with others, until the transaction ends; the moment."""
    return _take("pg_advisory_xact_lock_shared", tender)


def shared(tender: Tender) -> datetime:
    """Hold the tender's lock with others until the transaction ends; its row as it is now; the moment."""
    moment = with_others(tender.pk)
    tender.refresh_from_db()
    return moment


def alone(tender: Tender) -> datetime:
    """Hold the tender's lock alone until the transaction ends; its row as it is now; the moment."""
    moment = _take("pg_advisory_xact_lock", tender.pk)
    tender.refresh_from_db()
    return moment


def while_scored(tender: Tender) -> datetime:
    """Hold the tender's lock with others, and refuse unless it is between opening and decision."""
    moment = shared(tender)
    if tender.status != Tender.Status.OPENED:
        raise MovedOn("This is done between the opening and the decision.")
    return moment


def _take(function: str, tender: UUID) -> datetime:
    key = tender.int >> 65  # 63 bits: a PostgreSQL bigint without its sign
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [key])
    return clock.under_lock()
