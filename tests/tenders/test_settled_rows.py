"""What is settled stays: refused by the database, and named by verify when its owner's keys were used."""

from contextlib import closing

import psycopg2
import pytest
from django.db import InternalError, transaction

from odifund.core import audit
from tenders.models import AgreedScore, Award, Decision, Moderation, Score, Version
from tests import databases
from tests.factories import proposal as made
from tests.factories.panel import decided_tender, panelled_tender, proposals_of, score_all
from tests.factories.pile import opened_pile

SETTLED = (
    (Score, {"score": 0}),
    (AgreedScore, {"score": 0}),
    (Moderation, {"status": "started"}),
    (Decision, {"results": None}),
    (Award, {"price": 1}),
)


def as_owner(name, table, deed):
    """With the table's triggers off, as somebody with the server's keys would."""
    with closing(psycopg2.connect(databases.owners_address(name))) as session:
        session.autocommit = True
        with session.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(deed.format(table))


@pytest.mark.parametrize(("model", "change"), SETTLED)
def test_after_the_decision_nothing_of_it_is_changed_or_deleted(db, model, change):
    decided_tender()
    rows = model.objects.all()
    assert rows
    with pytest.raises(InternalError), transaction.atomic():
        rows.update(**change)
    with pytest.raises(InternalError), transaction.atomic():
        rows._raw_delete(rows.db)


def test_a_score_that_is_not_locked_can_still_be_changed(db):
    tender = panelled_tender(opened_pile(1))
    score_all(proposals_of(tender)[0], "evaluator-1", lock=False)
    assert Score.objects.update(score=1) == 5


@pytest.mark.parametrize(
    ("table", "deed", "said"),
    [
        ("tenders_score", "UPDATE {} SET reason = 'other'", "A score was changed after it was locked"),
        ("tenders_score", "DELETE FROM {}", "A score that was locked is gone"),
        ("tenders_agreedscore", "UPDATE {} SET score = 0", "Scores were changed after they were agreed"),
        ("tenders_decision", "UPDATE {} SET results = '[]'", "The results of a decision were changed"),
        ("tenders_version", "UPDATE {} SET price = 1", "says other than what was submitted"),
        ("tenders_version", "UPDATE {} SET manifest = manifest || ' '", "was changed"),
    ],
)
def test_verify_names_what_was_changed_behind_the_portal(committed_db, table, deed, said):
    decided_tender()
    assert list(audit.verify()) == []
    as_owner(committed_db, table, deed)
    assert any(said in fault for fault in audit.verify())


@pytest.mark.parametrize(
    "change",
    ["price = 1", "title = 'A cheap winner'", "members = '[]'", "submitted_at = now()", "number = 9"],
)
def test_a_row_that_tells_other_than_was_submitted_is_held_and_the_rest_open(committed_db, change):
    tender = made.closed_tender()
    first, second = Version.objects.order_by("receipt_number")
    as_owner(committed_db, "tenders_version", f"UPDATE {{}} SET {change} WHERE id = '{first.pk}'")
    made.open_proposals(tender)
    matches = dict(tender.opening.checks.values_list("version", "matches"))
    assert matches == {first.pk: False, second.pk: True}
