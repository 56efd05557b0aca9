"""How far drafts are, in the words of a list: as many queries for one as for a page of them."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import prefetch_related_objects

from odifund.core.wording import counted
from tenders.models import Tender
from tenders.queries.tender import missing

READ = ("criteria", "scale", "sections", "owed")
"""The relations that `missing` reads."""
READY = "Ready to propose"


def how_far(tenders: Iterable[Tender], at: datetime) -> dict[UUID, str]:
    """What each draft of the staff's list lacks; of what the clock publishes, and of no draft, nothing."""
    drafts = [each for each in tenders if not each.is_published and not each.waits_for_the_clock]
    if not drafts:
        return {}
    prefetch_related_objects(drafts, *READ)
    lacks = {each.pk: _lacks(each, at) for each in drafts}
    return {key: f"{counted(count, 'thing')} missing" if count else READY for key, count in lacks.items()}


def _lacks(draft: Tender, at: datetime) -> int:
    able: int = getattr(draft, "could_confirm")  # noqa: B009  (annotated)
    return sum(1 for _ in missing(draft, at, able))
