"""What waits for a person in the competition: as a bidder, and for who runs it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.urls import reverse

from odifund.core.models import Person, TwoPersonMove
from odifund.core.todo import ToDo
from odifund.core.wording import counted, span
from tenders import access
from tenders.completeness import unsettled_checks
from tenders.models import (
    Tender,
)
from tenders.queries import bidder_to_do
from tenders.queries.running import Running
from tenders.queries.tender import changed_moves

S = Tender.Status


def to_do(person: Person, at: datetime, running: Sequence[Running]) -> Iterator[ToDo]:
    """Everything of the competition that waits for this person. The fund's own people bid in a practice only.

    `running` is what runs, for who oversees it, and empty for anybody else.
    """
    if not access.oversees(person) or any(each.tender.is_for_staff_alone for each in running):
        yield from bidder_to_do.to_do(person, at)
    if access.manages(person):
        yield from _questions(running, at)
        yield from _panels(running, at)
    if access.confirms(person):
        yield from _two_people(person, running)


def _questions(running: Sequence[Running], at: datetime) -> Iterator[ToDo]:
    for each in running:
        if each.oldest_asked_at:
            tender = each.tender
            yield ToDo(
                f"Answer {each.waiting} question{'s' if each.waiting > 1 else ''} about {tender.reference}",
                reverse("tenders:waiting_questions", args=[tender.reference]),
                f"{tender.title}. The oldest has waited {span(at - each.oldest_asked_at)}",
                due=tender.answers_due_at,
                now=True,
            )


SOON = timedelta(days=14)


def _panels(running: Sequence[Running], at: datetime) -> Iterator[ToDo]:
    """Panels to name: before proposals close, when that is soon, and as long as nothing is decided."""
    for each in running:
        tender, closes = each.tender, each.tender.proposals_close_at
        closes_soon = tender.status == S.PUBLISHED and closes is not None and closes - at < SOON
        if each.panel_lacks and (closes_soon or tender.status in {S.CLOSED, S.OPENED}):
            yield ToDo(
                f"Name the panel of {tender.reference}",
                reverse("tenders:panel", args=[tender.reference]),
                f"{tender.title}. So far {each.panel_lacks}",
                due=closes if closes_soon else None,
                now=not closes_soon,
            )


WAITING = {
    "publish": ("Confirm that {} is published", "tenders:publish"),
    "extend": ("Confirm that {} closes later", "tenders:extend"),
    "open": ("Confirm the opening of {}", "tenders:opening"),
    "cancel": ("Confirm that {} ends without a decision", "tenders:cancel_tender"),
    "approve": ("Approve the awards of {}", "tenders:approve_decision"),
    "settle": ("Confirm what becomes of a held proposal to {}", "tenders:opening"),
}
"""The verb that waits: what a second person is asked, and on which page."""


def _two_people(person: Person, running: Sequence[Running]) -> Iterator[ToDo]:
    """What waits for a second person, and what for a first."""
    tenders = [each.tender for each in running]
    by_key = {key: tender for tender in tenders for key in (tender.pk, _decision(tender)) if key}
    held = _held(tenders)
    by_key |= {settlement: tender for settlement, tender in held if settlement}
    moves = list(
        TwoPersonMove.objects.filter(subject_id__in=by_key, confirmed_at=None, taken_back_at=None)
        .select_related("proposed_by")
        .order_by("proposed_at")
    )
    changed = changed_moves((move, by_key[move.subject_id]) for move in moves)
    moves = [move for move in moves if move.pk not in changed]
    for move in moves:
        if move.verb in WAITING and move.proposed_by_id != person.pk:
            yield _to_confirm(move, by_key[move.subject_id])
    proposed = {move.subject_id for move in moves}
    yield from _to_settle([tender for settlement, tender in held if settlement not in proposed])
    yield from _to_propose(person, [tender for tender in tenders if tender.pk not in proposed])


def _to_confirm(move: TwoPersonMove, tender: Tender) -> ToDo:
    words, page = WAITING[move.verb]
    if move.verb == "approve" and tender.decision.no_award_reason:
        words = "Approve that nothing is awarded in {}"
    return ToDo(
        words.format(tender.reference),
        reverse(page, args=[tender.reference]),
        f"{move.proposed_by} proposed it. It takes a second person, and that can be you",
        now=True,
    )


def _held(tenders: Iterable[Tender]) -> list[tuple[UUID | None, Tender]]:
    """What was held and is not settled: the key of its settlement, if one was begun, and its tender."""
    opened = {
        tender.pk: tender
        for tender in tenders
        if tender.status == S.OPENED and getattr(tender, "has_held")  # noqa: B009  (annotated)
    }
    if not opened:
        return []
    rows = unsettled_checks().filter(opening__tender__in=opened).values_list("settlement", "opening__tender")
    return [(settlement, opened[key]) for settlement, key in rows]


def _to_settle(tenders: Iterable[Tender]) -> Iterator[ToDo]:
    """One line a tender, however many were held."""
    for tender, count in Counter(tenders).items():
        page = reverse("tenders:opening", args=[tender.reference])
        words = f"Settle {counted(count, 'held proposal')} to {tender.reference}"
        yield ToDo(words, page, "Two people do it together; nothing is decided before", now=True)


def _to_propose(person: Person, tenders: Iterable[Tender]) -> Iterator[ToDo]:
    """Tenders whose next move takes two people and has no first one yet."""
    for tender in tenders:
        if tender.status == S.CLOSED and tender.rehearses:
            page = reverse("tenders:cancel_tender", args=[tender.reference])
            yield ToDo(f"End the rehearsal {tender.reference}", page, "Two people do it; it is never opened")
        elif tender.status == S.CLOSED:
            page = reverse("tenders:opening", args=[tender.reference])
            words = f"Open the proposals to {tender.reference}"
            yield ToDo(words, page, "Two people do it together", now=True)
        elif tender.status == S.DECIDED and tender.is_without_award and access.manages(person, tender):
            page = reverse("tenders:staff_tender", args=[tender.reference])
            yield ToDo(f"Finish {tender.reference}", page, "Nothing was awarded, so no contract does it")
        elif tender.status == S.DRAFT and not tender.publish_at and access.manages(person):
            page = reverse("tenders:staff_tender", args=[tender.reference])
            yield ToDo(f"Finish the draft of {tender.reference}", page, tender.title)


def _decision(tender: Tender) -> UUID | None:
    decision = getattr(tender, "decision", None)
    return decision.pk if decision else None
