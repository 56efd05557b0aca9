"""Reading tenders: what a draft still lacks, what exactly would be published, and the lists of pages."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, time
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from odifund.core import canonical
from odifund.core.access import APPROVER, MANAGER
from odifund.core.models import Person, TwoPersonMove
from odifund.core.wording import LONDON, counted, moment, one_of
from tenders import timetable
from tenders.models import Criterion, Document, OwedDeliverable, ScaleStep, Section, Tender

DATES = tuple(name for name in timetable.CONSEQUENCES if name != "publish_on")
PUBLISHED_FIELDS = (
    "reference",
    "title",
    "summary",
    "purpose",
    "who_may_bid",
    "pot",
    "highest_price",
    "awards_least",
    "awards_most",
    "money_note",
    "bidders_plan_payments",
    "cost_guidance",
    "cost_kinds",
    "further_terms",
    "organisations_least",
    "needs_uk_public_sector",
    "one_consortium_each",
    "publish_on",
    "publish_hour",
    *DATES,
    "evaluators_least",
    "assumptions",
)


class Missing(NamedTuple):
    """What stands in the way of publishing, and the part of the tender where it is put right."""

    part: str
    sentence: str


EMPTY: tuple[tuple[str, str, str], ...] = (
    ("about", "summary", "Write the summary."),
    ("about", "purpose", "Write what the money is for."),
    ("money", "pot", "Enter how much money there is in all."),
    ("money", "highest_price", "Enter the highest price of one proposal."),
    ("money", "awards_least", "Enter the least number of awards."),
    ("money", "awards_most", "Enter the greatest number of awards."),
    ("timetable", "questions_close_at", "Set the date questions close."),
    ("timetable", "answers_due_at", "Set the date all answers are published."),
    ("timetable", "proposals_close_at", "Set the date proposals close."),
    ("timetable", "decision_on", "Set the date of the decision."),
    ("timetable", "contracts_on", "Set the date contracts are awarded."),
    ("timetable", "starts_on", "Set the date the programme starts."),
    ("who", "who_may_bid", "Write who may bid."),
)
"""Part, field, and what is said when the field is empty."""


def dates_of(tender: Tender) -> dict[str, timetable.When | None]:
    """The tender's own dates by name."""
    return {name: getattr(tender, name) for name in timetable.CONSEQUENCES}


def owed_by(tender: Tender) -> list[timetable.Owed]:
    """What each contract of the tender will owe, as the timetable sees it."""
    return as_owed(tender.owed.all())


def as_owed(owed: Iterable[OwedDeliverable]) -> list[timetable.Owed]:
    """Deliverables as the timetable sees them."""
    return [
        timetable.Owed(
            each.name,
            each.title,
            each.due_at,
            each.payment_percent,
            each.is_event,
        )
        for each in owed
    ]


def missing(tender: Tender, at: datetime, able: int | None = None) -> Iterator[Missing]:
    """Everything that stands in the way of publishing, in the order of the task list.

    `able` is how many could confirm it, where that is known already.
    """
    for part, field, sentence in EMPTY:
        if not getattr(tender, field):
            yield Missing(part, sentence)
    yield from _money(tender)
    yield from _timetable(tender, at)
    yield from _judging(tender)
    if not tender.sections.all():
        yield Missing("sections", "Add a section that proposals have to answer.")
    yield from _owed(tender)
    if (len(could_confirm()) if able is None else able) < 2:
        yield Missing(
            "people",
            "Give a second person the role of manager or approver: "
            "a tender cannot be published with fewer than two staff.",
        )


def publishes_at(tender: Tender, at: datetime) -> datetime | None:
    """The moment at which the clock could publish it, on its day in London, while that is ahead."""
    if tender.publish_on is None:
        return None
    opens = datetime.combine(tender.publish_on, time(tender.publish_hour), LONDON)
    return opens if opens > at else None


def stops_editing(tender: Tender, _at: datetime) -> Iterator[str]:
    """Why a draft cannot be changed."""
    if tender.publish_at:
        yield f"The clock publishes it at {moment(tender.publish_at)}. Take that back before you change it."


def stops_discarding(tender: Tender, at: datetime) -> Iterator[str]:
    """Why a draft cannot be discarded: what is on its file stays, for whoever audits the round."""
    yield from stops_editing(tender, at)
    kept = (tender.file_notes.count(), "note"), (tender.incidents.count(), "incident")
    if words := " and ".join(counted(number, noun) for number, noun in kept if number):
        yield (
            f"It has {words} on record, which nobody can take away. Leave it as a draft:"
            " nobody outside the fund sees it, and its title can say that it was given up."
        )


def what_is_missing(tender: Tender, at: datetime) -> Iterator[str]:
    """The same as sentences, for the lifecycle; and that it is not left to the clock already."""
    yield from (each.sentence for each in missing(tender, at))
    yield from stops_editing(tender, at)


def _money(tender: Tender) -> Iterator[Missing]:
    least, most = tender.awards_least, tender.awards_most
    if least and most and least > most:
        yield Missing("money", "The least number of awards is greater than the greatest.")
    if tender.pot and tender.highest_price and tender.highest_price > tender.pot:
        yield Missing("money", "The highest price of one proposal is more than there is in all.")


def _timetable(tender: Tender, at: datetime) -> Iterator[Missing]:
    dates = dates_of(tender)
    for _, sentence in timetable.faults(dates, practises=tender.is_practice):
        yield Missing("timetable", f"{sentence}.")
    for name in timetable.past(dates, ("questions_close_at", "proposals_close_at"), at):
        what = "Questions" if name == "questions_close_at" else "Proposals"
        yield Missing("timetable", f"{what} would already be closed. Set a later date.")


def _judging(tender: Tender) -> Iterator[Missing]:
    weights = [criterion.weight for criterion in tender.criteria.all()]
    if not weights:
        yield Missing("criteria", "Add the criteria that proposals are judged by.")
    elif sum(weights) != 100:
        yield Missing("criteria", f"The weights add to {sum(weights)}. Make them add to 100.")
    if len(tender.scale.all()) != 6:
        yield Missing("scale", "Say what each score from 0 to 5 means.")


def _owed(tender: Tender) -> Iterator[Missing]:
    owed = list(tender.owed.all())
    if not owed:
        yield Missing("deliverables", "Add what each winner has to deliver.")
        return
    total = sum(each.payment_percent for each in owed)
    if total != 100:
        yield Missing("deliverables", f"The payments add to {total}%. Make them add to 100%.")
    for each in owed:
        if each.due_at is None:
            yield Missing("deliverables", f"Set the date “{each.title}” is due.")
    for sentence in timetable.owed_faults(tender.starts_on, as_owed(owed)):
        yield Missing("deliverables", f"{sentence}.")


def could_confirm() -> list[Person]:
    """Everybody who may be the second of two."""
    return list(_able().distinct())


def how_many_could_confirm() -> Coalesce:
    """How many they are, for rows of a list: counted once, within its query."""
    of_all = _able().order_by().values("is_active").annotate(count=Count("pk", distinct=True))
    return Coalesce(Subquery(of_all.values("count")), 0)


def _able() -> QuerySet[Person]:
    return Person.objects.filter(is_active=True, role__role__in=(MANAGER, APPROVER), role__ended_at=None)


def awaited(move: TwoPersonMove | None, able: Iterable[Person]) -> str:
    """Whom a proposed move waits for, of those who are able to confirm it: A, B or C."""
    return one_of(sorted(str(person) for person in able if move and person.pk != move.proposed_by_id))


PUBLISHED_ROWS: tuple[tuple[str, type[Model], tuple[str, ...]], ...] = (
    ("criteria", Criterion, ("code", "title", "guidance", "kind", "weight", "least_score")),
    ("scale", ScaleStep, ("score", "name", "meaning")),
    (
        "sections",
        Section,
        ("title", "guidance", "kind", "word_limit", "options", "unit", "required", "criterion_id"),
    ),
    ("documents", Document, ("kind", "title", "is_accessible", "file_id")),
)
PUBLISHED_OWED = ("kind", "title", "guidance", "due_at", "at_least", "payment_percent")


def content(tender: Tender) -> dict[str, object]:
    """All that is published: what the second person confirms, to the letter."""
    known: Mapping[str, object] = getattr(tender, "_prefetched_objects_cache", {})
    if not all(name in known for name, _, _ in PUBLISHED_ROWS):
        return _content(tender, _rows_of([tender])[tender.pk])
    # A page that shows the draft whole has read them already.
    read = {name: map(attrgetter(*fields), getattr(tender, name).all()) for name, _, fields in PUBLISHED_ROWS}
    return _content(tender, {name: [*map(list, rows)] for name, rows in read.items()})


def _content(tender: Tender, rows: Mapping[str, object]) -> dict[str, object]:
    return {
        "programme": [tender.programme.slug, tender.programme.title],
        **{name: getattr(tender, name) for name in PUBLISHED_FIELDS},
        **rows,
        "owed": [*map(list, map(attrgetter(*PUBLISHED_OWED), tender.owed.all()))],
    }


def _rows_of(tenders: Iterable[Tender]) -> dict[UUID, dict[str, object]]:
    """The rows that are published of each, as JSON has them: one query for all of them."""
    said = {
        f"said_{name}": ArraySubquery(
            model._default_manager.filter(tender=OuterRef("pk"))
            .order_by(*model._meta.ordering or ())
            .values(row=JSONObject(**{field: field for field in fields}))
        )
        for name, model, fields in PUBLISHED_ROWS
    }
    found: Any = Tender.objects.filter(pk__in=[tender.pk for tender in tenders]).values("pk", **said)
    return {
        each["pk"]: {
            name: [*map(list, map(itemgetter(*fields), each[f"said_{name}"]))]
            for name, _, fields in PUBLISHED_ROWS
        }
        for each in found
    }


def has_changed(tender: Tender, move: TwoPersonMove | None) -> bool:
    """Whether the draft is another than the one that was proposed, so that nobody can confirm it."""
    return move is not None and move.digest != canonical.digest(content(tender))


def changed_moves(moves: Iterable[tuple[TwoPersonMove, Tender]]) -> set[UUID]:
    """The proposals to publish that the draft has left behind: one query, where `owed` is read already."""
    proposed = [(move, tender) for move, tender in moves if move.verb == "publish"]
    rows = _rows_of(tender for _, tender in proposed) if proposed else {}
    return {
        move.pk
        for move, tender in proposed
        if move.digest != canonical.digest(_content(tender, rows[tender.pk]))
    }
