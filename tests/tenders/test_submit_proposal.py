"""Submitting: the receipt, the deadline, the same key, and what happens when it is too late."""

import hashlib
import json
import re
import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test.utils import CaptureQueriesContext
from django.db import connection

from odifund.core import clock
from odifund.core.errors import MovedOn, NotReady, TooLate, WrongPerson
from odifund.core.models import Event, OutboxMessage
from tenders.actions import cost_line, section_text, submission
from tenders.actions import proposal as proposals
from tenders.models import LateAttempt, Proposal, Version
from tenders.queries import contents
from tests import cast
from tests.factories import proposal as made
from tests.factories.tender import published_tender

MICROSECOND = timedelta(microseconds=1)
pytestmark = pytest.mark.django_db


def test_a_complete_proposal_gets_a_receipt():
    proposal = made.complete_proposal()
    version = made.submit(proposal)
    proposal.refresh_from_db()
    assert proposal.status == Proposal.Status.SUBMITTED
    assert re.fullmatch(r"SF1-\d{4}", version.receipt_number)
    assert version.price == Decimal("45370.50")
    assert [member["name"] for member in version.members] == ["Exampleshire County Council", "Pattern & Post"]


def test_queries():
    proposal = made.complete_proposal()
    with CaptureQueriesContext(connection, ) as caught:
        made.submit(proposal)
    for q in caught: print(q["sql"][:150])
    print(len(caught))


def test_open():
    made.opened_tender()
