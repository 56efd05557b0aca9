"""The sections of a draft: what a proposal will have to say."""

from datetime import datetime

from odifund.core.models import Person
from tenders.actions import rows
from tenders.models import Criterion, Section, Tender


def add(
    tender: Tender,
    *,
    title: str,
    word_limit: int,
    by: Person,
    at: datetime,
    guidance: str = "",
    required: bool = True,
    criterion: Criterion | None = None,
) -> Section:
    """A new section, after the others."""
    section = Section(
        tender=tender,
        title=title,
        word_limit=word_limit,
        guidance=guidance,
        required=required,
        criterion=criterion,
    )
    with rows.changing(tender, f"added the section “{title}”", by=by, at=at):
        section.order = rows.next_order(tender.sections)
        section.save(force_insert=True)
    return section


def edit(
    section: Section,
    *,
    title: str,
    word_limit: int,
    by: Person,
    at: datetime,
    guidance: str = "",
    required: bool = True,
    criterion: Criterion | None = None,
    seen: str = "",
) -> None:
    """Other words, another limit, another criterion."""
    with rows.changing(section.tender, f"changed the section “{title}”", by=by, at=at):
        rows.afresh(section, seen)
        section.title, section.word_limit, section.guidance = title, word_limit, guidance
        section.required, section.criterion = required, criterion
        section.save(force_update=True)


def remove(section: Section, *, by: Person, at: datetime) -> None:
    """Take it out of the draft."""
    with rows.changing(section.tender, f"removed the section “{section}”", by=by, at=at):
        section.delete()


def move_up(section: Section, *, by: Person, at: datetime) -> None:
    """Change places with the one before."""
    with rows.changing(section.tender, f"moved the section “{section}” up", by=by, at=at):
        rows.swap_with_before(section, section.tender.sections)
