"""Tenders from draft to published, reached through actions. At the real dates of 2017, or around any `at`."""

from datetime import UTC, datetime, timedelta

from odifund.core.wording import in_london
from tenders.actions import programme as programmes
from tenders.actions import tender as tenders
from tenders.models import Programme, Tender
from tests import cast

PUBLISHED = datetime(2017, 8, 17, 9, 0, tzinfo=UTC)
QUESTIONS_CLOSE = datetime(2017, 9, 1, 16, 0, tzinfo=UTC)
PROPOSALS_CLOSE = datetime(2017, 9, 22, 16, 0, tzinfo=UTC)
PROGRAMME = "Data-enabled public services"


def programme(*, title: str = PROGRAMME, at: datetime = PUBLISHED) -> Programme:
    """The programme with this title, added if new."""
    if found := Programme.objects.filter(title=title).first():
        return found
    purpose = "Research and development on public services that are delivered with data."
    return programmes.add(title=title, purpose=purpose, by=cast.person("manager", at=at), at=at)


def draft_tender(
    *,
    reference: str = "SF1",
    at: datetime = PUBLISHED,
    is_practice: bool = False,
    rehearses: bool = False,
    **changes: object,
) -> Tender:
    """A complete draft from the stimulus fund template, to be published at `at`. `changes` are fields."""
    begun = at - timedelta(days=1)
    manager = cast.person("manager", at=begun)
    named = {"reference": reference, "publish_on": in_london(at).date()}
    named |= {"is_practice": is_practice, "rehearses": rehearses}
    tender = tenders.draft_from_template(programme(at=begun), **named, by=manager, at=begun)
    for part, (_, fields) in tenders.PARTS.items():
        if values := {name: value for name, value in changes.items() if name in fields}:
            tenders.edit(tender, part, values, by=manager, at=begun)
    return tender


def proposed_tender(*, at: datetime = PUBLISHED, **more: object) -> Tender:
    """A draft that the manager proposed to publish."""
    return _proposed(draft_tender(at=at, **more), at)


def _proposed(tender: Tender, at: datetime) -> Tender:
    cast.person("approver", at=at)
    tenders.propose_publishing(tender, by=cast.person("manager", at=at), at=at)
    return tender


def published(draft: Tender, *, at: datetime = PUBLISHED) -> Tender:
    """This draft, proposed by the manager and confirmed by the approver."""
    tenders.publish(_proposed(draft, at), by=cast.person("approver", at=at), at=at)
    return draft


def published_tender(*, at: datetime = PUBLISHED, **more: object) -> Tender:
    """Open: proposed by the manager and confirmed by the approver at `at`."""
    return published(draft_tender(at=at, **more), at=at)
