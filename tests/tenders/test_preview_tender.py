"""A draft's preview is the public page: the same view and template, and the same words from top to end."""

import re
from datetime import timedelta

import pytest

from odifund.core import clock
from tenders.actions import tender as tenders
from tests import cast
from tests.factories.tender import PUBLISHED, proposed_tender

pytestmark = pytest.mark.django_db
BODY = re.compile(r'<section class="of-section" aria-labelledby="timetable">.*id="owed".*?</section>', re.S)
DEADLINE = re.compile(r'<div class="of-deadline">.*?</div>', re.S)


def page(client, at):
    with clock.held_at(at):
        return client.get("/tenders/SF1/")


def test_the_preview_and_the_published_page_are_one_template_with_one_text(client):
    tender = proposed_tender()
    approver = cast.person("approver", at=PUBLISHED)
    client.force_login(approver)
    preview = page(client, PUBLISHED)
    tenders.publish(tender, by=approver, at=PUBLISHED)
    client.logout()
    public = page(client, PUBLISHED)
    assert next(each.name for each in preview.templates) == next(each.name for each in public.templates)
    for part in (BODY, DEADLINE):
        seen, read = (part.search(each.content.decode())[0] for each in (preview, public))
        assert seen == read
    assert "Only the fund’s staff see it" in preview.content.decode()


def test_without_a_deadline_the_preview_still_shows_what_there_is(client):
    tender = proposed_tender()
    manager = cast.person("manager", at=PUBLISHED)
    tenders.edit(tender, "timetable", {"proposals_close_at": None}, by=manager, at=PUBLISHED)
    client.force_login(manager)
    assert page(client, PUBLISHED - timedelta(hours=1)).status_code == 200
