"""What waits for a person between opening and decision: the panel, and who runs the tender."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from odifund.core.models import Person, TwoPersonMove
from odifund.core.todo import ToDo
from odifund.core.wording import counted, from_today
from tenders import access
from tenders.completeness import fully_scored, has_declared, opened_checks, unsettled_checks
from tenders.models import Criterion, OpeningCheck, Panellist, Proposal, Score, Tender
from tenders.queries.running import Running

if TYPE_CHECKING:
    from odifund.core.drawing.pile import Mark

Part = Panellist.Part
DONE: "tuple[Mark, ...]" = ("done",)
OPEN: "tuple[Mark, ...]" = ("open",)


def to_do(person: Person, at: datetime, running: Sequence[Running]) -> Iterator[ToDo]:
    """Everything of the panels that waits for this person; only the fund's own people sit on one."""
    if access.may_sit(person):
        yield from _of_seats(person, at)
    opened = [each.tender for each in running if each.tender.status == Tender.Status.OPENED]
    if opened and access.manages(person):
        yield from _eligibility(person, at)
    if opened and access.confirms(person):
        yield from _awards(at)


def seats_of(person: Person) -> list[Panellist]:
    """The panels a person sits on that have not decided: to link them."""
    if not access.may_sit(person):
        return []
    seats = access.panels_of(person).filter(tender__decided_at=None)
    return list(seats.select_related("tender").order_by("tender__reference", "part"))


def _of_seats(person: Person, at: datetime) -> Iterator[ToDo]:
    seats = list(
        Panellist.objects.filter(
            Exists(OpeningCheck.objects.filter(opening__tender=OuterRef("tender"))),
            person=person,
            ended_at=None,
            tender__status=Tender.Status.OPENED,
        )
        .annotate(declared=has_declared())
        .select_related("tender")
        .order_by("tender__reference")
    )
    if seats:
        yield from _declare(seats, at)
        yield from _score(person, seats, at)
        yield from _moderate(person, seats, at)


def _declare(seats: Sequence[Panellist], at: datetime) -> Iterator[ToDo]:
    for tender in {seat.tender_id: seat.tender for seat in seats if not getattr(seat, "declared")}.values():  # noqa: B009
        hint = "You see no proposal of it before you have"
        yield _about(tender, f"Declare your interests for {tender.reference}", "tenders:declare", hint, at)


def _score(person: Person, seats: Sequence[Panellist], at: datetime) -> Iterator[ToDo]:
    locked = Score.objects.filter(proposal=OuterRef("pk"), evaluator=person, status=Score.Status.LOCKED)
    eligible = access.opened_proposals_for(person).filter(eligibility__eligible=True)
    eligible = eligible.annotate(is_locked=Exists(locked), is_open=Exists(_unscored(person)))
    for tender, done, to_lock, left in _piles(eligible, seats):
        if not (to_lock or left):
            continue
        hint = f"{done} of {done + to_lock + left} locked"
        if left:
            words = f"Score {counted(left, 'proposal')} to {tender.reference}"
            hint += ". A score and a reason for each criterion, then lock"
        else:
            words = f"Lock your scores of {counted(to_lock, 'proposal')} to {tender.reference}"
        marks = DONE * (done + to_lock) + OPEN * left
        yield replace(_about(tender, words, "tenders:pile", hint, at), marks=marks)


def _unscored(person: Person) -> QuerySet[Any]:
    """The criteria that the person has not scored with a reason, of a proposal."""
    given = Score.objects.filter(
        proposal=OuterRef(OuterRef("pk")), criterion=OuterRef("pk"), evaluator=person, score__isnull=False
    )
    return Criterion.objects.filter(~Exists(given.exclude(reason="")), tender=OuterRef("tender"))


def _piles(eligible: QuerySet[Any], seats: Sequence[Panellist]) -> list[tuple[Tender, int, int, int]]:
    """Each pile of the person: its tender, how many are locked, are to be locked, are to be scored."""
    mine = {seat.tender_id: seat.tender for seat in seats if seat.part == Part.EVALUATOR}
    found = eligible.filter(tender__in=mine).values_list("tender", "is_locked", "is_open") if mine else ()
    rows = Counter((key, "locked" if locked else lacks) for key, locked, lacks in found)
    return [(tender, rows[key, "locked"], rows[key, False], rows[key, True]) for key, tender in mine.items()]


def _moderate(person: Person, seats: Sequence[Panellist], at: datetime) -> Iterator[ToDo]:
    eligible = access.opened_proposals_for(person).filter(eligibility__eligible=True)
    scored = fully_scored(eligible.exclude(moderation__agreed_at__isnull=False))
    for tender, count in _by_tender(scored, seats, Part.MODERATOR):
        words = f"Agree the scores of {counted(count, 'proposal')} to {tender.reference}"
        hint = f"Everybody has locked their scores of {'it' if count == 1 else 'them'}"
        yield _about(tender, words, "tenders:moderation", hint, at)


def _eligibility(person: Person, at: datetime) -> Iterator[ToDo]:
    opened = access.opened_proposals_for(person).filter(tender__status=Tender.Status.OPENED, eligibility=None)
    for tender, count in _counted(opened):
        words = (
            f"Check whether {count} proposal{'s are' if count > 1 else ' is'} eligible for {tender.reference}"
        )
        yield _about(
            tender, words, "tenders:eligibility", "Evaluators are asked to score what is eligible", at
        )


def _awards(at: datetime) -> Iterator[ToDo]:
    opened = Proposal.objects.filter(
        tender=OuterRef("pk"),
        status=Proposal.Status.SUBMITTED,
        versions__opening_check__in=opened_checks(),
    )
    eligible = opened.filter(eligibility__eligible=True)
    unsettled = opened.filter(Q(eligibility=None) | Q(eligibility__eligible=True, moderation__agreed_at=None))
    proposed = TwoPersonMove.objects.filter(
        subject_id=OuterRef("decision__pk"), confirmed_at=None, taken_back_at=None
    )
    held = unsettled_checks().filter(opening__tender=OuterRef("pk"))
    ready = Tender.objects.filter(
        ~Exists(unsettled), ~Exists(held), ~Exists(proposed), status=Tender.Status.OPENED
    )
    for tender in ready.annotate(can_award=Exists(eligible)).order_by("reference"):
        words = f"Propose the awards of {tender.reference}"
        hint = "Every proposal has its agreed scores. Two people do it together"
        if not tender.can_award:
            words = f"Decide {tender.reference}, with nothing to award"
            hint = "No proposal is eligible. Two people do it together"
        yield _about(tender, words, "tenders:decision", hint, at)


def _by_tender(
    proposals: QuerySet[Proposal], seats: Sequence[Panellist], part: str
) -> list[tuple[Tender, int]]:
    mine = [seat.tender_id for seat in seats if seat.part == part]
    return _counted(proposals.filter(tender__in=mine)) if mine else []


def _counted(proposals: QuerySet[Proposal]) -> list[tuple[Tender, int]]:
    if not (counts := Counter(proposals.values_list("tender", flat=True))):
        return []
    return [(tender, counts[tender.pk]) for tender in Tender.objects.filter(pk__in=counts)]


def _about(tender: Tender, words: str, page: str, hint: str, at: datetime) -> ToDo:
    when = f"Decision {from_today(tender.decision_on, at)}" if tender.decision_on else ""
    return ToDo(words, reverse(page, args=[tender.reference]), hint, when=when, now=True)
