"""Writing the parts of a draft: words, money, dates, criteria, sections, deliverables."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from odifund.core.errors import MovedOn, NotReady, WrongPerson
from odifund.core.models import Event
from tenders.actions import criterion as criteria
from tenders.actions import owed as deliverables
from tenders.actions import section as sections
from tenders.actions import tender as tenders
from tests import cast
from tests.factories.tender import PUBLISHED, draft_tender, programme, published_tender

pytestmark = pytest.mark.django_db


def manager():
    return cast.person("manager", at=PUBLISHED)


def by_manager():
    return {"by": manager(), "at": PUBLISHED}


def test_a_part_is_saved_and_leaves_an_event():
    tender = draft_tender()
    tenders.edit(tender, "money", {"pot": Decimal("90000.50"), "awards_most": 4}, **by_manager())
    tender.refresh_from_db()
    assert (tender.pot, tender.awards_most, tender.awards_least) == (Decimal("90000.50"), 4, 3)
    event = Event.objects.get(name="tender.edited")
    assert event.facts == {"part": "money"}
    assert event.details.content["what"] == "money"


def test_a_part_saves_its_own_fields_and_no_others():
    tender = draft_tender()
    tenders.edit(
        tender, "money", {"status": "published", "title": "Other", "pot": Decimal(1)}, **by_manager()
    )
    tender.refresh_from_db()
    assert (tender.status, tender.title) == ("draft", "Stimulus fund for service redesign")


def test_what_a_person_changed_is_no_assumption_any_more():
    tender = draft_tender()
    assert {"highest_price", "without_vat", "times", "answers_due_at"} <= set(tender.assumptions)
    tenders.edit(tender, "money", {"highest_price": tender.highest_price}, **by_manager())
    assert {"highest_price", "without_vat"} <= set(tender.assumptions), "saved as it was"
    tenders.edit(tender, "money", {"highest_price": Decimal(50000), "pot": tender.pot}, **by_manager())
    assert not {"highest_price", "without_vat"} & set(tender.assumptions)
    assert "paid_to_lead" in tender.assumptions
    assert {"times", "answers_due_at", "criteria"} <= set(tender.assumptions)
    later = {"answers_due_at": tender.answers_due_at + timedelta(hours=1)}
    tenders.edit(tender, "timetable", later, **by_manager())
    assert not {"times", "answers_due_at"} & set(tender.assumptions)
    assert "starts_on" in tender.assumptions
    criteria.edit(tender.criteria.first(), criteria.Judged(title="Need", weight=25), **by_manager())
    tender.refresh_from_db()
    assert "criteria" not in tender.assumptions


@pytest.mark.parametrize("player", ["approver", "observer", "administrator", "lead-a"])
def test_only_a_manager_edits(player):
    tender, person = draft_tender(), cast.person(player, at=PUBLISHED)
    for edit in (
        lambda by: tenders.edit(tender, "about", {"title": "Mine"}, **by),
        lambda by: criteria.add(tender, criteria.Judged(title="Mine", weight=1), **by),
        lambda by: criteria.remove(tender.criteria.first(), **by),
        lambda by: sections.add(tender, sections.Asked(title="Mine", word_limit=1), **by),
        lambda by: deliverables.remove(tender.owed.first(), **by),
    ):
        with pytest.raises(WrongPerson):
            edit({"by": person, "at": PUBLISHED})
    tender.refresh_from_db()
    assert (tender.title, tender.criteria.count()) == ("Stimulus fund for service redesign", 5)


def test_a_published_tender_is_not_edited():
    tender = published_tender()
    for edit in (
        lambda by: tenders.edit(tender, "money", {"pot": Decimal(1)}, **by),
        lambda by: criteria.edit(tender.criteria.first(), criteria.Judged(title="Other", weight=1), **by),
        lambda by: criteria.set_scale(tender, {0: ("None", "Nothing")}, **by),
        lambda by: sections.remove(tender.sections.first(), **by),
        lambda by: deliverables.edit(tender.owed.first(), title="Other", due_at=PUBLISHED, **by),
    ):
        with pytest.raises(MovedOn):
            edit(by_manager())
    tender.refresh_from_db()
    assert tender.pot == Decimal(160000)
    assert tender.criteria.first().title == "Need and users"


def test_a_criterion_is_added_last_changed_moved_and_removed():
    tender = draft_tender()
    added = criteria.add(tender, criteria.Judged("Use by others?", 5, "How?"), **by_manager())
    assert (added.order, added.code) == (6, "use-by-others-2")
    criteria.edit(added, criteria.Judged(title="Ethics", weight=7), **by_manager())
    assert (added.code, added.weight, added.guidance) == ("ethics", 7, "")
    criteria.move_up(added, **by_manager())
    assert [each.code for each in tender.criteria.all()][-2:] == ["ethics", "value-for-money"]
    criteria.remove(added, **by_manager())
    assert [each.code for each in tender.criteria.all()] == [
        "need-and-users",
        "open-data",
        "approach-and-team",
        "use-by-others",
        "value-for-money",
    ]


def test_the_first_criterion_stays_first_when_moved_up():
    tender = draft_tender()
    criteria.move_up(tender.criteria.first(), **by_manager())
    assert tender.criteria.first().code == "need-and-users"


def test_a_criterion_keeps_its_code_when_its_title_stays():
    first = draft_tender().criteria.first()
    criteria.edit(first, criteria.Judged(title=first.title, weight=30), **by_manager())
    assert first.code == "need-and-users"


def test_a_title_without_letters_still_gets_a_code():
    assert criteria.add(draft_tender(), criteria.Judged("???", 1), **by_manager()).code == "criterion"


def test_a_section_stays_when_its_criterion_goes():
    tender = draft_tender()
    criteria.remove(tender.criteria.get(code="open-data"), **by_manager())
    section = tender.sections.get(title="Open data")
    assert section.criterion is None
    sections.edit(section, sections.Asked("Data", word_limit=100, required=False), **by_manager())
    section.refresh_from_db()
    assert (section.title, section.word_limit, section.required) == ("Data", 100, False)


def test_sections_are_added_moved_and_removed():
    tender = draft_tender()
    added = sections.add(tender, sections.Asked(title="In short", word_limit=80), **by_manager())
    sections.move_up(added, **by_manager())
    assert [each.title for each in tender.sections.all()][-2:] == ["In short", "Value for money"]
    sections.remove(added, **by_manager())
    assert tender.sections.count() == 5


def test_a_kind_of_deliverable_is_owed_once():
    tender = draft_tender()
    with pytest.raises(NotReady, match="on the list already"):
        deliverables.add(tender, kind="blog", title="Another blog", due_at=PUBLISHED, **by_manager())
    deliverables.remove(tender.owed.get(kind="blog"), **by_manager())
    due = datetime(2017, 10, 20, 16, 0, tzinfo=UTC)
    again = deliverables.add(tender, kind="blog", title="Another blog", due_at=due, **by_manager())
    assert (again.order, tender.owed.count()) == (7, 6)
    deliverables.edit(again, title="Blog", due_at=due, payment_percent=10, **by_manager())
    again.refresh_from_db()
    assert (again.title, again.payment_percent) == ("Blog", 10)


def test_the_scale_is_written_anew():
    tender = tenders.draft(programme(), reference="SF9", title="A round", **by_manager())
    criteria.set_scale(tender, {n: (f"Word {n}", f"Meaning {n}") for n in range(6)}, **by_manager())
    criteria.set_scale(tender, {0: ("Nothing", "Not a word")}, **by_manager())
    assert [each.name for each in tender.scale.all()] == ["Nothing", *(f"Word {n}" for n in range(1, 6))]


def test_an_edit_while_somebody_else_looks_changes_the_newest_row():
    tender = draft_tender()
    stale = type(tender).objects.get(pk=tender.pk)
    tenders.edit(tender, "about", {"title": "New title"}, **by_manager())
    tenders.edit(stale, "money", {"pot": Decimal(5)}, by=manager(), at=PUBLISHED + timedelta(minutes=1))
    stale.refresh_from_db()
    assert (stale.title, stale.pot) == ("New title", Decimal(5))


def test_two_criteria_never_have_one_title():
    tender = draft_tender()
    first, second = tender.criteria.all()[:2]
    with pytest.raises(NotReady, match="a title of its own"):
        criteria.add(tender, criteria.Judged(title=first.title.upper(), weight=5), **by_manager())
    with pytest.raises(NotReady, match="a title of its own"):
        criteria.edit(second, criteria.Judged(title=first.title, weight=5), **by_manager())
    criteria.edit(first, criteria.Judged(title=first.title, weight=5), **by_manager())
