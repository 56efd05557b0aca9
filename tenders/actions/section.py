"""The sections of a draft: what a proposal will have to say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from odifund.core.models import Person
from tenders.actions import rows
from tenders.models import Criterion, Section, Tender


@dataclass(frozen=True)
class Asked:
    """What a section asks. `word_limit` is a text's, `options` are a choice's, `unit` is a number's."""

    title: str
    guidance: str = ""
    kind: str = Section.Kind.TEXT
    word_limit: int = 0
    options: Sequence[str] = ()
    unit: str = ""
    required: bool = True
    criterion: Criterion | None = None


def add(tender: Tender, asked: Asked, *, by: Person, at: datetime) -> Section:
    """A new section, after the others."""
    section = Section(tender=tender)
    with rows.changing(tender, f"added the section “{asked.title}”", by=by, at=at):
        section.order = rows.next_order(tender.sections)
        _write(section, asked)
        section.save(force_insert=True)
    return section


def edit(section: Section, asked: Asked, *, by: Person, at: datetime, seen: str = "") -> None:
    """Other words, another kind of answer, another criterion."""
    with rows.changing(section.tender, f"changed the section “{asked.title}”", by=by, at=at):
        rows.afresh(section, seen)
        _write(section, asked)
        section.save(force_update=True)


def _write(section: Section, asked: Asked) -> None:
    """What the kind of answer does not use is left empty."""
    kind = Section.Kind(asked.kind)
    section.title, section.guidance, section.kind = asked.title, asked.guidance, kind
    section.word_limit = asked.word_limit if kind == Section.Kind.TEXT else 0
    section.options = list(asked.options) if kind == Section.Kind.CHOICE else []
    section.unit = asked.unit if kind == Section.Kind.NUMBER else ""
    section.required, section.criterion = asked.required, asked.criterion


def remove(section: Section, *, by: Person, at: datetime) -> None:
    """Take it out of the draft."""
    with rows.changing(section.tender, f"removed the section “{section}”", by=by, at=at):
        section.delete()


def move_up(section: Section, *, by: Person, at: datetime) -> None:
    """Change places with the one before."""
    with rows.changing(section.tender, f"moved the section “{section}” up", by=by, at=at):
        rows.swap_with_before(section, section.tender.sections)
