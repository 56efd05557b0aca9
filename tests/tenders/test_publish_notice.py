"""A notice: on the page for everybody, in the mail of everybody who is told, once."""

from datetime import timedelta

import pytest

from odifund.core.errors import MovedOn, NotReady, WrongPerson
from odifund.core.models import Event, OutboxMessage
from tenders.actions import notice, watch
from tenders.models import Notice, Tender
from tenders.queries.notice import Shown, with_changes
from tests import cast
from tests.factories.consortium import consortium_of
from tests.factories.tender import PUBLISHED, published_tender

pytestmark = pytest.mark.django_db


@pytest.fixture
def tender():
    published = published_tender()
    OutboxMessage.objects.all().delete()
    return published


@pytest.fixture
def manager():
    return cast.person("manager", at=PUBLISHED)


def publish(tender, by, title="Webinar moved", text="It is on Monday now.", at=PUBLISHED):
    return notice.publish(tender, title=title, text=text, by=by, at=at)


def test_everybody_who_watches_or_is_named_is_told_once(tender, manager):
    consortium_of("lead-a", "partner-a", tender=tender)
    for player in ("lead-a", "newcomer"):
        watch.start(tender, by=cast.person(player, at=PUBLISHED), at=PUBLISHED)
    OutboxMessage.objects.all().delete()
    publish(tender, manager)
    mails = OutboxMessage.objects.all()
    wanted = {cast.person(player, at=PUBLISHED).email for player in ("lead-a", "partner-a", "newcomer")}
    assert {mail.address for mail in mails} == wanted
    assert len(mails) == 3
    for mail in mails:
        assert mail.sealed
        assert "Webinar moved" in mail.subject
        assert "It is on Monday now." in mail.body
        assert "/tenders/SF1/watch/" in mail.body
    assert not Event.objects.get(name="notice.published").sealed


def test_somebody_who_stopped_watching_is_not_told(tender, manager):
    nia = cast.person("newcomer", at=PUBLISHED)
    watch.start(tender, by=nia, at=PUBLISHED)
    watch.stop(tender, by=nia, at=PUBLISHED)
    publish(tender, manager)
    assert not OutboxMessage.objects.exists()


@pytest.mark.parametrize("player", ["lead-a", "approver", "observer", "administrator", "evaluator-1"])
def test_only_a_manager_publishes_one(tender, player):
    with pytest.raises(WrongPerson):
        publish(tender, cast.person(player, at=PUBLISHED))


def test_a_draft_has_no_notices_and_an_empty_one_is_refused(tender, manager):
    with pytest.raises(NotReady):
        publish(tender, manager, title=" ")
    tender.status = Tender.Status.DRAFT
    with pytest.raises(MovedOn):
        publish(tender, manager)
    assert not Notice.objects.exists()


def test_words_with_markup_are_mailed_as_they_are(tender, manager):
    watch.start(tender, by=cast.person("newcomer", at=PUBLISHED), at=PUBLISHED)
    publish(tender, manager, title="Q & A", text="<script>alert(1)</script> & more")
    mail = OutboxMessage.objects.get()
    assert "Q & A" in mail.subject
    assert "<script>alert(1)</script> & more" in mail.body


def test_the_page_has_the_newest_three_and_leads_to_all(tender, manager, client):
    for number in range(1, 6):
        publish(tender, manager, title=f"Notice {number}", at=PUBLISHED + timedelta(hours=number))
    page = client.get("/tenders/SF1/").content.decode()
    assert [number for number in range(1, 6) if f"<b>Notice {number}</b>" in page] == [3, 4, 5]
    assert "All 5 notices and changes" in page
    whole = client.get("/tenders/SF1/notices/").content.decode()
    assert all(f"<b>Notice {number}</b>" in whole for number in range(1, 6))


def test_what_changed_is_told_with_one_full_stop():
    change = {"what": "The summary", "before": "One.", "after": "Two."}
    said = with_changes(Shown(PUBLISHED, "Changed", "Look again.", [change]))
    assert said == "The summary. Before: One. Now: Two.\n\nLook again."
