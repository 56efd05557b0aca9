"""Where each tender stands, in words, and the lists of them: in public and on the desk."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from odifund.core.wording import counted, in_london, moment, plain_day, time_left
from tenders import access, timetable
from tenders.models import Decision, Programme, Proposal, Question, Tender
from tenders.queries.contract import has_signed, with_signed
from tenders.queries.question import waits
from tenders.queries.stage import Stage, stages
from tenders.queries.tender import as_owed, dates_of, how_many_could_confirm
from tenders.queries.unfinished import READY, how_far

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from odifund.core.models import Person

    User = Person | AnonymousUser

S = Tender.Status
IN_DELIVERY = "In delivery"
MOST = 20
"""How many rounds are listed where there are no further pages."""
SHAPES = {
    S.DRAFT: "quiet",
    S.PUBLISHED: "live",
    S.CLOSED: "sealed",
    S.OPENED: "sealed",
    S.DECIDED: "part",
    S.FINISHED: "done",
    S.CANCELLED: "quiet",
}


@dataclass(frozen=True)
class Standing:
    """A status as its tag says it, and what comes next. On the deadline it is closed, told or not."""

    words: str
    shape: str
    next: str
    is_open: bool


@dataclass(frozen=True)
class Round:
    """A tender in a list."""

    tender: Tender
    standing: Standing

    @property
    def stage(self) -> str:
        """Under which heading the list has it, once it is closed; `nearest_first` has the same order."""
        if self.tender.status == S.DECIDED and not self.tender.is_without_award:
            return IN_DELIVERY if self.tender.has_signed_contract else S.DECIDED.label
        is_over = self.tender.is_over or self.tender.status == S.DECIDED
        return "Finished" if is_over else "Being decided"

    @property
    def awards(self) -> str:
        """3 to 5."""
        return awards(self.tender)


@dataclass(frozen=True)
class Rounds:
    """The public list: the open ones whole, by their deadline; of the others what a page asks for."""

    open: list[Round]
    closed: QuerySet[Tender, UUID]
    """Their keys, the nearest to its beginning first: a long list is put in order by little."""
    at: datetime

    def page_of(self, keys: Iterable[UUID]) -> list[Round]:
        """Some of the others, in their order. A slice of `closed` is asked for in the same query."""
        return rounds(nearest_first(public_tenders().filter(pk__in=keys)), self.at)

    @cached_property
    def others(self) -> list[Round]:
        """The first of all but the open ones: the table of the front page."""
        return self.page_of(self.closed[:MOST])


def awards(tender: Tender) -> str:
    """How many contracts: 3 to 5, or one figure where both are the same."""
    least, most = tender.awards_least, tender.awards_most
    return f"{least} to {most}" if least and most and least != most else str(most or least or "")


def standing(tender: Tender, at: datetime) -> Standing:
    """Where it stands at this moment."""
    is_open = tender.accepts_proposals(at)
    shape = SHAPES[S(tender.status)]
    words = IN_DELIVERY if _is_in_delivery(tender) else S(tender.status).label
    if tender.status == S.PUBLISHED and not is_open and tender.proposals_close_at:  # a preview may lack it
        words, shape = S.CLOSED.label, SHAPES[S.CLOSED]
    if tender.waits_for_the_clock:
        words = "Scheduled"
    if tender.is_withdrawn:
        words = "Withdrawn"
    if tender.is_without_award:
        words, shape = "Nothing awarded", "quiet"
    return Standing(str(words), shape, _next(tender, at), is_open)


def _is_in_delivery(tender: Tender) -> bool:
    """Decided, and a contract was signed by both sides: being offered is not enough."""
    return tender.status == S.DECIDED and tender.has_signed_contract


def next_entry(tender: Tender, at: datetime) -> timetable.Entry | None:
    """What its timetable holds next; nothing that was done before its day."""
    if tender.is_without_award or (tender.rehearses and tender.closed_at):
        return None
    done = {"publish_on": tender.published_at, "decision_on": tender.decided_at}
    done["contracts_on"] = tender.decided_at if _is_in_delivery(tender) else None
    dates = {name: when for name, when in dates_of(tender).items() if not done.get(name)}
    entries = timetable.entries(dates, as_owed(tender.owed.all()))
    return next((entry for entry in entries if entry.at > at), None)


def _next(tender: Tender, at: datetime) -> str:
    closes, decision = tender.proposals_close_at, tender.decision_on
    if tender.waits_for_the_clock and tender.publish_at:
        return f"The clock publishes it at {moment(tender.publish_at)}"
    if tender.status == S.DRAFT:
        return f"To be published on {plain_day(tender.publish_on)}" if tender.publish_on else ""
    if closes and tender.accepts_proposals(at):
        return f"Proposals close on {plain_day(closes)}, {time_left(closes, at)}"
    if tender.rehearses and not tender.cancelled_at:
        return "A rehearsal is never opened, so nothing more comes"
    if tender.status in (S.PUBLISHED, S.CLOSED, S.OPENED):
        return _decision(decision, at) if decision else ""
    if tender.cancelled_at:
        return f"Ended without a decision on {plain_day(tender.cancelled_at)}"
    if tender.decided_at and tender.is_without_award:
        return f"Decided on {plain_day(tender.decided_at)}"
    if tender.status == S.FINISHED and tender.finished_at:
        return f"Completed on {plain_day(tender.finished_at)}"
    return _next_delivery(tender, at)


def _decision(decision_on: date, at: datetime) -> str:
    today = in_london(at).date()
    if decision_on == today:
        return "Decision expected today"
    return f"Decision {'was expected ' if decision_on < today else ''}on {plain_day(decision_on)}"


def _next_delivery(tender: Tender, at: datetime) -> str:
    """The contracts, the beginning of the work, and what every contract of it owes: which of them is next."""
    entry = next_entry(tender, at)
    if entry is None:
        return "Everything was due by now"
    due = "due on" if entry.name.startswith("owed.") else "on"
    return f"{entry.label} {due} {plain_day(entry.when)}"


def rounds(tenders: Iterable[Tender], at: datetime) -> list[Round]:
    """Each with where it stands."""
    return [Round(tender, standing(tender, at)) for tender in tenders]


def public_tenders() -> QuerySet[Tender]:
    """What everybody may list, the newest first."""
    return (
        access.public_tenders()
        .select_related("programme", "decision")
        .defer("decision__results")
        .prefetch_related("owed")
        .annotate(**with_signed())
        .order_by("-published_at", "reference")
    )


@dataclass(frozen=True)
class Coming:
    """A round that the clock publishes: nothing of it is public yet but its title and its moment."""

    title: str
    programme: str
    publish_at: datetime | None


def coming(programme: Programme | None = None) -> list[Coming]:
    """The next to be published first; of one programme, or of all."""
    found = access.coming_tenders().order_by("publish_at", "reference")
    if programme:
        found = found.filter(programme=programme)
    return [Coming(*row) for row in found.values_list("title", "programme__title", "publish_at")]


def public_rounds(at: datetime, tenders: QuerySet[Tender] | None = None) -> Rounds:
    """The public list at this moment: what is open by its deadline, the next first, then the others."""
    public = public_tenders() if tenders is None else tenders
    is_open = Q(status=S.PUBLISHED, proposals_close_at__gt=at)
    still_open = public.filter(is_open).prefetch_related(None).order_by("proposals_close_at", "reference")
    others = nearest_first(public.exclude(is_open).select_related(None))
    return Rounds(rounds(still_open, at), others.values_list("pk", flat=True), at)


def nearest_first(tenders: QuerySet[Tender]) -> QuerySet[Tender]:
    """Being decided, decided, in delivery, over; of each the newest first."""
    nothing_awarded = Decision.objects.filter(tender=OuterRef("pk")).exclude(no_award_reason="")
    how_far = Case(
        When(status__in=(S.PUBLISHED, S.CLOSED, S.OPENED), then=0),
        When(status__in=(S.FINISHED, S.CANCELLED), then=3),
        When(Exists(nothing_awarded), then=3),
        When(has_signed(), then=2),
        default=1,
    )
    return tenders.alias(how_far=how_far).order_by("how_far", "-published_at", "reference")


@dataclass(frozen=True)
class DeskRow:
    """A tender in the staff's list: counts, and what waits for somebody."""

    round: Round
    proposals: int | None
    """None of a draft, to which nobody can propose."""
    waits: list[str]


def desk_tenders(user: "User") -> QuerySet[Tender]:
    """The staff's list: drafts first, then the newest. Of proposals only how many were submitted."""
    return (
        access.tenders_for(user)
        .select_related("decision")
        .defer("decision__results")
        .prefetch_related("owed")
        .annotate(**with_signed())
        .annotate(
            questions_waiting=how_many(Question.objects.filter(waits())),
            could_confirm=how_many_could_confirm(),
            proposals_submitted=how_many(Proposal.objects.filter(status=Proposal.Status.SUBMITTED)),
        )
        .order_by("-drafted_at", "reference")
    )


def how_many(rows: QuerySet[Any], tender: str = "tender") -> Coalesce:
    """How many of these a tender has: counted for the rows of one page, not for every tender."""
    of_tender = rows.filter(**{tender: OuterRef("pk")}).order_by().values(tender)
    return Coalesce(Subquery(of_tender.annotate(count=Count("pk")).values("count")), 0)


def looked_for(
    tenders: QuerySet[Tender], at: datetime, *, q: str = "", programme: str = "", status: str = ""
) -> QuerySet[Tender]:
    """Those with all the words in title, programme or reference, that stand where the list says they do."""
    if programme:
        tenders = tenders.filter(programme__slug=programme)
    for word in q.split():
        in_programme = Q(programme__title__icontains=word)
        tenders = tenders.filter(in_programme | Q(title__icontains=word) | Q(reference__icontains=word))
    if not status:
        return tenders
    if status == "practice":
        return tenders.filter(is_practice=True)
    over = Q(status=S.PUBLISHED, proposals_close_at__lte=at)
    if status in (S.DECIDED, "delivery"):
        return tenders.filter(has_signed() if status == "delivery" else ~has_signed(), status=S.DECIDED)
    if status == S.PUBLISHED:
        return tenders.filter(Q(status=status) & ~over)
    return tenders.filter(Q(status=status) | over) if status == S.CLOSED else tenders.filter(status=status)


def desk_rows(tenders: Iterable[Tender], at: datetime) -> list[DeskRow]:
    """What each row of the staff's list says: no more queries for more rows."""
    listed = list(tenders)
    far = how_far(listed, at)
    found = stages(listed)
    return [
        DeskRow(each, _proposals(each.tender), _waits(found[each.tender.pk], far.get(each.tender.pk, "")))
        for each in rounds(listed, at)
    ]


def _proposals(tender: Tender) -> int | None:
    submitted: int = getattr(tender, "proposals_submitted")  # noqa: B009  (annotated)
    return submitted if tender.is_published else None


def _waits(stage: Stage, far: str) -> list[str]:
    questions: int = getattr(stage.tender, "questions_waiting")  # noqa: B009  (annotated)
    waits = [f"{counted(questions, 'question')} to answer"] if questions else []
    is_said = far == READY and stage.move("publish")
    return [*waits, *stage.waits, *([far] if far and not is_said else [])]
