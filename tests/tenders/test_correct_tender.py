"""Changing the wording of an open tender: never silent, and never what proposals are judged by."""

from datetime import timedelta

import pytest

from odifund.core import clock
from odifund.core.errors import MovedOn, NotReady, WrongPerson
from odifund.core.models import OutboxMessage
from tenders.actions import correction, question, watch
from tenders.models import Notice, Tender
from tests import cast
from tests.factories.tender import PROPOSALS_CLOSE, PUBLISHED, draft_tender, published_tender
from tests.factories.visit import confirmed, text_of, visiting

pytestmark = pytest.mark.django_db
LATER = PUBLISHED + timedelta(days=3)
PAGE = "/staff/tenders/SF1/correct/"


def correct(tender, at=LATER, player="manager", why="A word was missing.", **words):
    with clock.held_at(at):
        correction.correct(tender, words, why=why, by=cast.person(player, at=at), at=at)


def test_the_notice_holds_the_words_before_and_after_and_everybody_is_told():
    tender = published_tender()
    watch.start(tender, by=cast.person("newcomer", at=PUBLISHED), at=PUBLISHED)
    asker = cast.person("lead-b", at=PUBLISHED)
    with clock.held_at(LATER):
        question.ask(tender, text="May we?", by=asker, at=LATER)
    watch.stop(tender, by=asker, at=LATER)
    OutboxMessage.objects.all().delete()
    before = tender.who_may_bid
    correct(tender, who_may_bid="Any public body of the UK.")
    notice = Notice.objects.get()
    assert notice.changes == [
        {"what": "Who may bid", "before": before, "after": "Any public body of the UK."}
    ]
    told = sorted(OutboxMessage.objects.values_list("address", flat=True))
    assert told == sorted(cast.PLAYERS[one].email for one in ("newcomer", "lead-b"))
    assert "Now: Any public body of the UK." in OutboxMessage.objects.first().body
    with visiting(None, at=LATER) as client:
        page = text_of(client.get("/tenders/SF1/"))
    assert "<ins>Any public body of the UK.</ins>" in page


def test_the_paragraphs_of_the_words_before_and_after_stay_and_nothing_in_them_is_markup():
    tender = published_tender(purpose="First.\r\n\r\nSecond <b>.")
    correct(tender, purpose="First.\n\nThird & last.\nIts line.")
    with visiting(None, at=LATER) as client:
        page = text_of(client.get("/tenders/SF1/"))
    assert "Before: <del>First.<br><br>Second &lt;b&gt;.</del>" in page
    assert "Now: <ins>First.<br><br>Third &amp; last.<br>Its line.</ins>" in page


def test_nothing_changed_no_reason_and_a_late_change_are_refused():
    tender = published_tender()
    with pytest.raises(NotReady, match="Nothing is different"):
        correct(tender, summary=tender.summary)
    with pytest.raises(NotReady, match="Say why"):
        correct(tender, why=" ", summary="Another.")
    with pytest.raises(MovedOn, match="Proposals have closed"):
        correct(tender, at=PROPOSALS_CLOSE, summary="Another.")
    with pytest.raises(WrongPerson):
        correct(tender, player="approver", summary="Another.")
    with pytest.raises(MovedOn):
        correct(draft_tender(reference="SF2"), summary="Another.")
    assert not Notice.objects.exists()


def test_what_a_colleague_changed_meanwhile_is_not_written_over():
    tender = published_tender()
    words = {field: getattr(tender, field) for field in ("summary", "purpose", "who_may_bid", "money_note")}
    with visiting("manager", at=LATER) as client:
        seen = client.get(PAGE).context["seen"]
        Tender.objects.update(summary="A colleague was here.")
        page = text_of(client.post(PAGE, {**words, "summary": "Mine.", "why": "Typo.", "seen": seen}))
    assert "A colleague changed this part" in page
    assert page.index("There is a problem") < page.index("A colleague was here.") < page.index("<textarea")
    assert "Mine.</textarea>" in page
    assert Tender.objects.get().summary == "A colleague was here."


def test_a_manager_changes_it_in_the_browser():
    tender = published_tender()
    words = {field: getattr(tender, field) for field in ("summary", "purpose", "who_may_bid", "money_note")}
    with visiting("manager", at=LATER) as client:
        seen = client.get(PAGE).context["seen"]
        assert "Enter why it changes" in text_of(
            client.post(PAGE, {**words, "summary": "New.", "seen": seen})
        )
        said = {**words, "summary": "New.", "why": "It was unclear.", "seen": seen}
        read = text_of(client.post(PAGE, said))
        assert "This is what everybody will read" in read
        assert "<ins>New.</ins>" in read
        assert not Notice.objects.exists()
        assert "The wording is changed" in text_of(confirmed(client, PAGE, said, follow=True))
