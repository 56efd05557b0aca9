"""Beginning a tender, with an empty draft or from the stimulus fund template."""

from datetime import date

import pytest

from odifund.core.errors import NotReady, WrongPerson
from odifund.core.models import Event
from tenders.actions import programme as programmes
from tenders.actions import tender as tenders
from tenders.models import Programme, Tender
from tenders.queries import tender as queries
from tests import cast
from tests.factories.tender import PUBLISHED, draft_tender, programme

pytestmark = pytest.mark.django_db


def manager():
    return cast.person("manager", at=PUBLISHED)


def test_a_manager_begins_a_tender_from_nothing():
    tender = tenders.draft(programme(), reference=" sf9 ", title="A round", by=manager(), at=PUBLISHED)
    tender.refresh_from_db()
    assert (tender.reference, tender.status, tender.pot) == ("SF9", "draft", None)
    event = Event.objects.get(name="tender.drafted")
    assert (event.actor, event.at, event.scope) == (manager().pk, PUBLISHED, tender.pk)


@pytest.mark.parametrize("player", ["approver", "administrator", "evaluator-1", "observer", "lead-a"])
def test_nobody_else_begins_one(player):
    with pytest.raises(WrongPerson):
        tenders.draft(
            programme(),
            reference="SF9",
            title="A round",
            by=cast.person(player, at=PUBLISHED),
            at=PUBLISHED,
        )
    assert not Tender.objects.exists()


@pytest.mark.parametrize("reference", ["SF1", "sf1"])
def test_a_reference_is_given_once_however_it_is_written(reference):
    draft_tender(reference="SF1")
    with pytest.raises(NotReady, match="Another tender has the reference SF1"):
        tenders.draft(programme(), reference=reference, title="Again", by=manager(), at=PUBLISHED)
    assert Tender.objects.count() == 1


def test_a_template_that_fails_half_way_leaves_nothing():
    draft_tender(reference="SF1")
    with pytest.raises(NotReady):
        tenders.draft_from_template(
            programme(), reference="SF1", publish_on=date(2017, 8, 17), by=manager(), at=PUBLISHED
        )
    assert Tender.objects.get().criteria.count() == 5


def test_the_template_fills_every_part_so_that_only_a_second_person_is_missing():
    tender = draft_tender()
    assert {each.part for each in queries.missing(tender, PUBLISHED)} == {"people"}
    cast.person("approver", at=PUBLISHED)
    assert list(queries.missing(tender, PUBLISHED)) == []


def test_a_programme_is_added_once():
    first = programme(title="Open data in care")
    assert first.slug == "open-data-in-care"
    with pytest.raises(NotReady, match="already"):
        programmes.add(title="Open Data in Care!", purpose="Again", by=manager(), at=PUBLISHED)
    assert Programme.objects.count() == 1
    assert Event.objects.filter(name="programme.added").count() == 1


def test_a_programme_needs_a_title_that_makes_an_address():
    with pytest.raises(NotReady, match="letters or numbers"):
        programmes.add(title="!!!", purpose="Purpose", by=manager(), at=PUBLISHED)


def test_only_a_manager_adds_a_programme():
    with pytest.raises(WrongPerson):
        programmes.add(title="Ours", purpose="p", by=cast.person("approver", at=PUBLISHED), at=PUBLISHED)
