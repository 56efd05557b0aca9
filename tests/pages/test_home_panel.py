"""A manager's home says when a panel has to be named."""

from datetime import timedelta

import pytest

from tests.factories import panel
from tests.factories.tender import PROPOSALS_CLOSE, published_tender
from tests.factories.visit import text_of, visiting

pytestmark = pytest.mark.django_db


def home(player, at):
    with visiting(player, at=at) as client:
        return text_of(client.get("/home/"))


def test_naming_the_panel_waits_for_a_manager_from_two_weeks_before_the_close():
    published_tender()
    assert "Name the panel" not in home("manager", PROPOSALS_CLOSE - timedelta(days=15))
    page = home("manager", PROPOSALS_CLOSE - timedelta(days=13))
    assert 'href="/staff/tenders/SF1/panel/"' in page
    assert "So far 0 of 3 evaluators, no moderator yet" in page
    assert "Name the panel" not in home("approver", PROPOSALS_CLOSE - timedelta(days=13))


def test_a_whole_panel_waits_for_nobody():
    panel.panelled_tender()
    assert "Name the panel" not in home("manager", PROPOSALS_CLOSE + timedelta(days=1))
