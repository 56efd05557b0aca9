"""The earlier texts of a section, by sittings: one line for each save of autosave would be a long list."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tenders.models import Proposal, Section, SectionText

PAUSE = timedelta(minutes=30)
"""Who saves again within it still sits at the same text."""


@dataclass(frozen=True)
class Sitting:
    """What one person saved without a longer pause; `last` is the text they left it with."""

    last: SectionText
    began_at: datetime


def sittings(proposal: Proposal, section: Section) -> list[Sitting]:
    """Newest first. The first is the text as it stands."""
    found: list[Sitting] = []
    saved = SectionText.objects.filter(proposal=proposal, section=section).defer("text")
    for each in saved.select_related("saved_by").order_by("-revision"):
        if found and _goes_on(found[-1], each):
            found[-1] = Sitting(found[-1].last, each.saved_at)
        else:
            found.append(Sitting(each, each.saved_at))
    return found


def _goes_on(later: Sitting, each: SectionText) -> bool:
    return later.last.saved_by_id == each.saved_by_id and later.began_at - each.saved_at <= PAUSE
