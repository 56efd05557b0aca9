"""The demonstration is played through actions into an empty database."""

from datetime import UTC, datetime

import pytest

from odifund.core import audit, demonstration
from odifund.pages.demonstration.loader import load
from tenders.models import Tender

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)


@pytest.mark.django_db
def test_every_round_stands_where_its_page_says():
    load(AT, tell=lambda words: None)
    stand = dict(Tender.objects.values_list("reference", "status"))
    assert stand == {"SF1": "finished", "SF2": "decided", "SF3": "opened", "SF4": "published"}
    assert demonstration.is_loaded()
    assert list(audit.verify()) == []
