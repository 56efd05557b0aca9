"""Putting off a date that is not the deadline: only later, checked as a whole, told to everybody."""

from datetime import datetime, timedelta

import pytest

from odifund.core import clock
from odifund.core.errors import MovedOn, NotReady, WrongPerson
from odifund.core.models import Event, OutboxMessage
from tenders import timetable
from tenders.actions import extension, postponement, question, watch
from tenders.models import Notice, Tender
from tests import cast
from tests.factories.tender import PROPOSALS_CLOSE, PUBLISHED, QUESTIONS_CLOSE, draft_tender, published_tender
from tests.factories.visit import text_of, visiting

pytestmark = pytest.mark.django_db
LATER = PUBLISHED + timedelta(days=3)
PAGE = "/staff/tenders/SF1/dates/"


def postpone(tender, at=LATER, player="manager", why="More questions came than usual.", **dates):
    with clock.held_at(at):
        postponement.postpone(tender, dates, why=why, by=cast.person(player, at=at), at=at)


def days_on(when, days):
    return timetable.days_later(when, days) if isinstance(when, datetime) else when + timedelta(days=days)


def test_everybody_reads_each_date_before_and_after_and_the_page_tells_the_new_ones():
    tender = published_tender()
    watch.start(tender, by=cast.person("newcomer", at=PUBLISHED), at=PUBLISHED)
    OutboxMessage.objects.all().delete()
    was = tender.decision_on
    later = {name: days_on(getattr(tender, name), 1) for name in ("decision_on", "contracts_on", "starts_on")}
    postpone(tender, **later)
    notice = Notice.objects.get()
    assert [change["what"] for change in notice.changes] == [
        "Decision expected; letters to everyone",
        "Contracts awarded",
        "The programme starts",
    ]
    assert OutboxMessage.objects.get().address == cast.PLAYERS["newcomer"].email
    assert "Before: " in OutboxMessage.objects.get().body
    assert Tender.objects.get().decision_on == days_on(was, 1)
    event = Event.objects.get(name="tender.postponed")
    assert event.facts["dates"]["decision_on"] == days_on(was, 1).isoformat()
    with visiting(None, at=LATER) as client:
        assert "Dates put off" in text_of(client.get("/tenders/SF1/"))


def test_a_later_cut_off_takes_the_questions_that_would_have_been_late():
    tender = published_tender()
    postpone(tender, questions_close_at=days_on(QUESTIONS_CLOSE, 3))
    tender.refresh_from_db()
    assert tender.accepts_questions(days_on(QUESTIONS_CLOSE, 2))
    assert not tender.accepts_questions(days_on(QUESTIONS_CLOSE, 3))


@pytest.mark.parametrize(
    ("name", "days", "says"),
    [
        ("decision_on", -1, "choose a later date than it is now"),
        ("decision_on", 60, "Contracts cannot be awarded before the decision"),
        ("questions_close_at", 60, "Proposals have to close after questions close"),
        ("answers_due_at", 2, "at least 6 days after all answers are published"),
        ("decision_on", 0, "No date is different"),
    ],
)
def test_what_is_not_later_or_out_of_order_is_refused(name, days, says):
    tender = published_tender()
    with pytest.raises(NotReady, match=says):
        postpone(tender, **{name: days_on(getattr(tender, name), days)})
    assert not Notice.objects.exists()


def test_on_the_cut_off_it_cannot_move_any_more_and_what_is_owed_can_until_the_decision():
    tender = published_tender()
    report = tender.owed.get(kind="report")
    with pytest.raises(NotReady, match="No date is different"):
        postpone(tender, at=QUESTIONS_CLOSE, questions_close_at=days_on(QUESTIONS_CLOSE, 3))
    postpone(tender, at=PROPOSALS_CLOSE, **{f"owed.{report.pk}": days_on(report.due_at, 7)})
    assert tender.owed.get(kind="report").due_at == days_on(report.due_at, 7)
    Tender.objects.update(status=Tender.Status.DECIDED)
    with pytest.raises(MovedOn):
        postpone(tender, at=PROPOSALS_CLOSE, **{f"owed.{report.pk}": days_on(report.due_at, 14)})


def test_who_may_not_and_what_waits_stand_in_the_way():
    tender = published_tender()
    later = {"decision_on": days_on(tender.decision_on, 1)}
    with pytest.raises(WrongPerson):
        postpone(tender, player="approver", **later)
    with pytest.raises(MovedOn):
        postpone(draft_tender(reference="SF2"), **later)
    with pytest.raises(NotReady, match="Say why"):
        postpone(tender, why=" ", **later)
    with clock.held_at(LATER):
        extension.propose(
            tender,
            to_at=days_on(PROPOSALS_CLOSE, 7),
            reason="An outage.",
            move_later=True,
            by=cast.person("manager", at=LATER),
            at=LATER,
        )
    with pytest.raises(NotReady, match="waits for a second person"):
        postpone(tender, **later)


def typed(form, **changed):
    """What a browser would send of this form, some dates changed."""
    sent = {"why": "More questions came than usual."}
    for name, field in form.fields.items():
        if name == "why":
            continue
        when = changed.get(name, form.initial[name])
        boxes = zip(field.names, field.widget.decompress(when), strict=True)
        sent |= {f"{name}_{box}": str(value) for box, value in boxes}
    return sent


def test_a_manager_reads_what_everybody_will_read_and_then_moves_it():
    tender = published_tender()
    with visiting("manager", at=LATER) as client:
        opened = client.get(PAGE).context
        saturday = days_on(tender.decision_on, (5 - tender.decision_on.weekday()) % 7 or 7)
        moved = {name: max(getattr(tender, name), saturday) for name in ("contracts_on", "starts_on")}
        sent = typed(opened["form"], decision_on=saturday, **moved) | {"seen": opened["seen"]}
        checked = client.post(PAGE, sent)
        page = text_of(checked)
        assert "This is what everybody will read" in page
        assert "a weekend" in page
        assert not Notice.objects.exists()
        confirmed = sent | {"checked": checked.context["read_first"][0].digest}
        other = client.post(PAGE, confirmed | {"why": "Another reason."})
        assert "This is what everybody will read" in text_of(other)
        assert not Notice.objects.exists()
        assert "The dates are moved" in text_of(client.post(PAGE, confirmed, follow=True))
    assert Tender.objects.get().decision_on == saturday


def test_a_reason_that_names_an_asker_is_asked_about_first():
    tender = published_tender()
    asker = cast.person("lead-a", at=PUBLISHED)
    with clock.held_at(LATER):
        question.ask(tender, text="May a school join?", by=asker, at=LATER)
    with visiting("manager", at=LATER) as client:
        opened = client.get(PAGE).context
        sent = typed(opened["form"], questions_close_at=days_on(QUESTIONS_CLOSE, 3)) | {
            "seen": opened["seen"]
        }
        sent |= {"why": f"{asker.name} asked for it."}
        page = text_of(client.post(PAGE, sent))
        assert "This names somebody who asked" in page
        assert "This is what everybody will read" not in page
        page = text_of(client.post(PAGE, sent | {"may_stay": "on"}))
        assert "This is what everybody will read" in page
        assert "These words may stay" in page


def test_what_a_colleague_moved_meanwhile_is_not_written_over():
    tender = published_tender()
    with visiting("manager", at=LATER) as client:
        opened = client.get(PAGE).context
        sent = typed(opened["form"], decision_on=days_on(tender.decision_on, 1)) | {"seen": opened["seen"]}
        digest = client.post(PAGE, sent).context["read_first"][0].digest
        Tender.objects.update(starts_on=days_on(tender.starts_on, 1))
        answer = client.post(PAGE, sent | {"checked": digest})
    page, saved = text_of(answer), answer.context["theirs"]
    assert "A colleague changed this part" in page
    assert [each.key for each in saved] == ["Decision expected; letters to everyone", "The programme starts"]
    assert Tender.objects.get().starts_on == days_on(tender.starts_on, 1)
