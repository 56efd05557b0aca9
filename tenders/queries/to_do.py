"""What waits for a person in the competition: as a bidder, and for who runs it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from django.urls import reverse

from odifund.core.models import Person, TwoPersonMove
from odifund.core.todo import ToDo
from odifund.core.wording import counted, span
from tenders import access
from tenders.models import Tender
from tenders.queries import bidder_to_do
from tenders.queries.running import Running
from tenders.queries.stage import moves_of
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
    tenders = {each.tender.pk: each.tender for each in running}
    found = [(move, tenders[key]) for key, moves in moves_of(tenders).items() for move in moves]
    changed = changed_moves(found)
    moves = [(move, tender) for move, tender in found if move.pk not in changed]
    for move, tender in sorted(moves, key=lambda each: each[0].proposed_at):
        if move.verb in WAITING and move.proposed_by_id != person.pk:
            yield _to_confirm(move, tender)
    settling = Counter(tender.pk for move, tender in moves if move.verb == "settle")
    yield from _to_settle({each.tender: each.held - settling[each.tender.pk] for each in running})
    proposed = {move.subject_id for move, _ in moves}
    yield from _to_propose(person, [tender for tender in tenders.values() if tender.pk not in proposed])


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


def _to_settle(held: Mapping[Tender, int]) -> Iterator[ToDo]:
    """One line a tender, however many were held and nobody has proposed to settle."""
    for tender, count in held.items():
        if not count:
            continue
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
