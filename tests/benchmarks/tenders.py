"""A fund with a long history: so many tenders, written as rows into the benchmark's own database."""

from datetime import timedelta
from decimal import Decimal

import psycopg2

SIZES = (10, 1_000, 10_000)
DRAFTS, OPEN = 5, 5
"""Of each size so many are drafts, and so many open; the rest is over, in delivery or being decided."""


def fill(count: int, owner: str) -> None:
    """Tenders up to this number, with what each owes; then the statistics that a night would bring."""
    from odifund.core import clock
    from tenders.models import OwedDeliverable, Tender

    like, at = Tender.objects.get(reference="SF4"), clock.now()
    have = Tender.objects.count()
    made = [_tender(like, number, at) for number in range(have, count)]
    Tender.objects.bulk_create(made, batch_size=1000)
    _decide([each for each in made if each.decided_at], like, at)
    owed = [
        OwedDeliverable(
            tender=each, order=1, kind="report", title="Report", due_at=each.proposals_close_at + _days(90)
        )
        for each in made
    ]
    OwedDeliverable.objects.bulk_create(owed, batch_size=1000)
    count_rows(owner)


def _days(count: int) -> timedelta:
    return timedelta(days=count)


def _tender(like, number, at):
    """One of the statuses after another, older and older; every fiftieth of them is in delivery."""
    from tenders.models import Tender

    status = "finished" if number % 50 else "decided"
    if number < DRAFTS * 2 + OPEN:
        status = "draft" if number % 2 else "published"
    published_at = at - _days(number % 4000)
    closes_at = at + _days(30 + number) if status == "published" else published_at + _days(30)
    over = status in ("decided", "finished")
    return Tender(
        programme_id=like.programme_id,
        reference=f"B{number}",
        title=f"Round {number} of benchmarking",
        summary="A round like any other.",
        status=status,
        pot=Decimal(160000),
        highest_price=Decimal(53333),
        awards_least=3,
        awards_most=5,
        questions_close_at=closes_at - _days(20),
        answers_due_at=closes_at - _days(10),
        proposals_close_at=closes_at,
        decision_on=(closes_at + _days(6)).date(),
        drafted_by_id=like.drafted_by_id,
        drafted_at=published_at - _days(10),
        published_at=None if status == "draft" else published_at,
        closed_at=closes_at if over else None,
        opened_at=closes_at if over else None,
        decided_at=closes_at + _days(6) if over else None,
        finished_at=closes_at + _days(200) if status == "finished" else None,
    )


def _decide(tenders, like, at):
    from tenders.models import Decision

    decisions = [
        Decision(
            tender=each,
            no_award_reason="Nothing fitted." if number % 9 == 0 else "",
            prepared_by_id=like.drafted_by_id,
            prepared_at=at,
        )
        for number, each in enumerate(tenders)
    ]
    Decision.objects.bulk_create(decisions, batch_size=1000)


def count_rows(owner: str) -> None:
    """The planner's statistics, as a night would bring them."""
    connection = psycopg2.connect(owner)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    connection.close()
