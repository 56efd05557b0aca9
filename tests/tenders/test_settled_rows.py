"""What is settled stays: refused by the database, and named by verify when its owner's keys were used."""

from contextlib import closing
from datetime import timedelta

import psycopg2
import pytest
from django.db import InternalError, transaction

from odifund.core import audit, clock
from tenders.actions import correction
from tenders.models import (
    AgreedScore,
    Award,
    Criterion,
    Decision,
    Moderation,
    ScaleStep,
    Score,
    Section,
    Tender,
    Version,
)
from tenders.queries import settled
from tests import cast, databases
from tests.factories import proposal as made
from tests.factories.panel import decided_tender, panelled_tender, proposals_of, score_all
from tests.factories.pile import opened_pile
from tests.factories.tender import published_tender

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


RULES = (
    (Criterion, {"weight": 5}),
    (Criterion, {"guidance": "Whatever we like."}),
    (ScaleStep, {"meaning": "As good as any."}),
    (Section, {"word_limit": 9_000}),
    (Tender, {"pot": 1}),
    (Tender, {"awards_most": 9}),
)


@pytest.mark.parametrize(("model", "change"), RULES)
def test_what_proposals_are_judged_by_is_frozen_at_publication(db, model, change):
    tender = published_tender()
    rows = model.objects.filter(pk=tender.pk) if model is Tender else model.objects.filter(tender=tender)
    with pytest.raises(InternalError), transaction.atomic():
        rows.filter(pk=rows.first().pk).update(**change)
    if model is not Tender:
        with pytest.raises(InternalError), transaction.atomic():
            rows.filter(pk=rows.first().pk)._raw_delete(rows.db)
    late = Section(tender=tender, order=99, title="One more", word_limit=10)
    with pytest.raises(InternalError), transaction.atomic():
        late.save(force_insert=True)
    Tender.objects.update(title="Said otherwise")


@pytest.mark.parametrize(("model", "change"), RULES)
def test_what_proposals_are_judged_by_is_in_the_chain_from_publication(committed_db, model, change):
    published_tender()
    assert list(settled.faults()) == []
    ((name, value),) = change.items()
    as_owner(committed_db, model._meta.db_table, f"UPDATE {{}} SET {name} = '{value}'")
    (fault,) = settled.faults()
    assert "What proposals are judged by was changed after publication" in fault


def test_wording_that_is_corrected_in_the_open_is_no_fault(db):
    tender = published_tender()
    words = {"purpose": "To prototype, said in other words."}
    with clock.held_at(tender.published_at + timedelta(days=1)):
        by = cast.person("manager", at=clock.now())
        correction.correct(tender, words, why="It was unclear.", by=by, at=clock.now())
    assert list(settled.faults()) == []
