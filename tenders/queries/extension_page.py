"""What the page of a later deadline shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from odifund.core.models import TwoPersonMove
from tenders.models import Extension, Tender
from tenders.queries import extension as queries
from tenders.queries.dates import SecondLook
from tenders.queries.notice import Change


@dataclass(frozen=True)
class Proposed:
    """What waits for a second person, with the timetable as it would be."""

    move: TwoPersonMove
    extension: Extension
    changes: Sequence[Change]
    staying: Sequence[Change]
    look: SecondLook
    faults: Sequence[str]


@dataclass(frozen=True)
class ExtensionPage:
    """The page of one tender."""

    is_possible: bool
    is_past: bool
    proposed: Proposed | None
    confirmed: Sequence[Extension]


def page(tender: Tender, at: datetime) -> ExtensionPage:
    """Everything the page shows."""
    is_possible = tender.status in {Tender.Status.PUBLISHED, Tender.Status.CLOSED}
    closes = tender.proposals_close_at
    return ExtensionPage(
        is_possible,
        is_past=closes is not None and at >= closes,
        proposed=_proposed(tender, at) if is_possible else None,
        confirmed=queries.confirmed(tender),
    )


def _proposed(tender: Tender, at: datetime) -> Proposed | None:
    found = queries.waiting(tender)
    if found is None:
        return None
    move, extension = found
    extension.tender = tender
    return Proposed(
        move,
        extension,
        queries.changes(extension),
        queries.staying(extension),
        queries.look_again(extension),
        list(queries.faults(extension, at)),
    )
