"""What a tender's page shows: read once, a handful of queries, ready for the template."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import JSONField, UUIDField, Value

from odifund.core.drawing.timeline import Point
from tenders import timetable
from tenders.models import Criterion, OwedDeliverable, ScaleStep, Section, Tender
from tenders.queries import tender as tenders
from tenders.queries.document import Shown, documents_of
from tenders.queries.outcome import Public
from tenders.queries.panel import Entry
from tenders.queries.rounds import Standing, awards, standing

A_STEP = "step"
"""What a step of the scale is called where it is read together with the sections, beside their kinds."""


@dataclass(frozen=True)
class Row:
    """A line of the timetable's table."""

    entry: timetable.Entry
    is_past: bool
    is_now: bool
    is_assumed: bool


@dataclass(frozen=True)
class OwedRow:
    """A deliverable in the table of what winners owe."""

    title: str
    guidance: str
    due_at: datetime | None
    is_event: bool
    percent: int


@dataclass(frozen=True)
class TenderPage:
    """The public page of a tender, or its preview."""

    tender: Tender
    standing: Standing
    criteria: Sequence[Criterion]
    scale: Sequence[ScaleStep]
    sections: Sequence[Section]
    documents: Sequence[Shown]
    owed: Sequence[OwedRow]
    rows: Sequence[Row]
    points: Sequence[Point]
    assumed: frozenset[str]

    @property
    def heaviest(self) -> int:
        """The weight a full bar stands for: a fifth more than the greatest."""
        return max((criterion.weight for criterion in self.criteria), default=0) * 6 // 5 or 1

    @property
    def weights(self) -> int:
        """What the weights add to."""
        return sum(criterion.weight for criterion in self.criteria)

    @property
    def counts(self) -> bool:
        """Whether anything comes of it: a rehearsal is not judged, awarded or paid."""
        return not self.tender.rehearses

    @property
    def awards(self) -> str:
        """3 to 5."""
        return awards(self.tender)

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes: then what came of it leads, and the dates are history."""
        return self.tender.is_over or self.tender.is_without_award

    @property
    def awarded(self) -> Sequence[Entry]:
        """Who won, once it is decided."""
        return Public(self.tender).awarded if self.tender.decided_at else ()

    @property
    def times_are_assumed(self) -> bool:
        """Whether the times of day are the portal's own assumption."""
        return "times" in self.assumed


def as_published(tender: Tender, at: datetime) -> Tender:
    """The tender; of a draft a copy as it will be when it is published, to be shown and never saved."""
    if tender.is_published:
        return tender
    values = {field.attname: getattr(tender, field.attname) for field in tender._meta.concrete_fields}
    opens = tender.publish_at or tenders.publishes_at(tender, at) or at
    copy = Tender(**values | {"status": Tender.Status.PUBLISHED, "published_at": opens})
    copy.programme = tender.programme
    return copy


def page(tender: Tender, at: datetime) -> TenderPage:
    """Everything the page shows."""
    owed = list(tender.owed.all())
    dates = tenders.dates_of(tender)
    if tender.published_at:
        dates["publish_on"] = timetable.day_of(tender.published_at)
    entries = timetable.entries(dates, tenders.as_owed(owed))
    if tender.rehearses and (closes := tender.proposals_close_at):
        entries = [entry for entry in entries if entry.at <= closes]  # nothing comes of it afterwards
    assumed = frozenset(tender.assumptions)
    sections, scale = _sections_and_scale(tender)
    return TenderPage(
        tender,
        standing(tender, at),
        list(tender.criteria.all()),
        scale,
        sections,
        documents_of(tender),
        [_owed_row(each) for each in owed],
        _rows(entries, at, assumed),
        [Point(entry.at, entry.label, entry.ours, _is_deadline(entry)) for entry in entries],
        assumed,
    )


def _sections_and_scale(tender: Tender) -> tuple[list[Section], list[ScaleStep]]:
    """What a proposal says and what the scores mean, in one query unless they were read already."""
    if "sections" in getattr(tender, "_prefetched_objects_cache", {}):
        return list(tender.sections.all()), list(tender.scale.all())
    fields = (
        "kind",
        "order",
        "title",
        "guidance",
        "word_limit",
        "options",
        "unit",
        "required",
        "criterion_id",
    )
    nothing = (
        Value(0),
        Value([], output_field=JSONField()),
        Value(""),
        Value(value=True),
        Value(None, output_field=UUIDField()),
    )
    steps = tender.scale.order_by().values_list(Value(A_STEP), "score", "name", "meaning", *nothing)
    asked = tender.sections.order_by().values_list(*fields)
    rows = sorted(asked.union(steps, all=True), key=lambda row: row[1])
    sections = [Section(**dict(zip(fields, row, strict=True))) for row in rows if row[0] != A_STEP]
    scale = [ScaleStep(score=row[1], name=row[2], meaning=row[3]) for row in rows if row[0] == A_STEP]
    return sections, scale


def _rows(entries: Sequence[timetable.Entry], at: datetime, assumed: frozenset[str]) -> list[Row]:
    past = [_is_past(entry, at) for entry in entries]
    now = past.index(False) if False in past else None
    return [Row(entry, past[i], i == now, entry.name in assumed) for i, entry in enumerate(entries)]


def _is_past(entry: timetable.Entry, at: datetime) -> bool:
    """An instant is past on the moment; a whole day only when it is over in London."""
    if isinstance(entry.when, datetime):
        return entry.when <= at
    return entry.when < timetable.day_of(at)


def _is_deadline(entry: timetable.Entry) -> bool:
    """The one date of the line that shows its hour."""
    return entry.name == "proposals_close_at"


def _owed_row(owed: OwedDeliverable) -> OwedRow:
    return OwedRow(
        owed.title,
        owed.guidance,
        owed.due_at,
        owed.is_event,
        owed.payment_percent,
    )
