"""A draft that was never published is given up: all of it goes, and the trail keeps that it was there."""

from datetime import timedelta

import pytest
from django.urls import reverse

from odifund.core import clock
from odifund.core.errors import MovedOn, WrongPerson
from odifund.core.models import Event, TwoPersonMove
from tenders.actions import tender as tenders
from tenders.models import Criterion, OwedDeliverable, Section, Tender
from tests import cast
from tests.factories.panel import name_panel
from tests.factories.tender import PUBLISHED, draft_tender, proposed_tender, published_tender
from tests.tenders.test_tender_page import words

pytestmark = pytest.mark.django_db
AT = PUBLISHED + timedelta(hours=1)


def manager():
    return cast.person("manager", at=PUBLISHED)


def test_all_of_it_goes_and_an_event_stays():
    tender = draft_tender()
    key = str(tender.pk)
    tenders.discard(tender, by=manager(), at=AT)
    for model in (Tender, Criterion, Section, OwedDeliverable):
        assert not model.objects.exists()
    event = Event.objects.get(name="tender.discarded", subject_id=key)
    assert event.details.content["subject"].startswith("SF1, ")
    assert draft_tender().reference == "SF1"


def test_what_was_proposed_is_taken_back_and_its_panel_goes():
    tender = proposed_tender()
    name_panel(tender)
    tenders.discard(tender, by=manager(), at=AT)
    assert TwoPersonMove.objects.get().taken_back_at == AT
    assert not Tender.objects.exists()


def test_a_published_tender_and_others_than_managers_are_refused():
    tender = published_tender()
    with pytest.raises(MovedOn):
        tenders.discard(tender, by=manager(), at=AT)
    draft = draft_tender(reference="SF2")
    with pytest.raises(WrongPerson):
        tenders.discard(draft, by=cast.person("approver", at=PUBLISHED), at=AT)
    assert Tender.objects.count() == 2


def test_a_page_asks_first(client):
    draft_tender()
    client.force_login(manager())
    address = reverse("tenders:discard_tender", args=["SF1"])
    with clock.held_at(AT):
        assert address in client.get(reverse("tenders:write_tender", args=["SF1"])).content.decode()
        assert "cannot be brought back" in words(client.get(address))
        assert Tender.objects.exists()
        done = client.post(address, follow=True)
        assert "was discarded" in words(done)
        assert client.get(address).status_code == 404
        assert client.get("/").status_code == client.get("/staff/trail/").status_code == 200
    assert not Tender.objects.exists()
