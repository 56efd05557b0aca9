"""What the clock does for tenders. Each task is safe to run twice and holds no state."""

from celery import shared_task

from odifund.core import clock
from odifund.core.errors import MovedOn
from tenders.actions import tender as tenders
from tenders.lifecycle import TENDER


@shared_task(name="tenders.close_tenders")
def close_tenders() -> None:
    """Close every tender whose moment has come. One that another worker just closed is passed over."""
    for tender in TENDER.due("close", clock.now()):
        try:
            tenders.close(tender)
        except MovedOn:
            continue
