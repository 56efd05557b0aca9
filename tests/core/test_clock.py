"""Two readings of the clock, and one seam that holds both."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from odifund.core import clock
from tests.core.ground import AT


def test_both_readings_are_instants_close_together(db):
    ours, databases = clock.now(), clock.under_lock()
    assert ours.tzinfo is not None
    assert databases.tzinfo is not None
    assert abs(databases - ours) < timedelta(seconds=30)


def test_the_database_reads_its_clock_anew_inside_a_transaction(db):
    with transaction.atomic():
        first = clock.under_lock()
        assert clock.under_lock() > first


def test_a_held_clock_stands_for_both_readings_and_goes_on_afterwards(db):
    with clock.held_at(AT):
        assert clock.now() == clock.under_lock() == AT
        with clock.held_at(AT + timedelta(days=1)):
            assert clock.now() == AT + timedelta(days=1)
        assert clock.now() == AT
    assert clock.now() > AT


def test_the_clock_is_let_go_also_after_an_error():
    def break_off():
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), clock.held_at(AT):
        break_off()
    assert clock.now() > AT


def test_the_clock_is_never_held_in_production(settings):
    settings.CLOCK_MAY_BE_HELD = False
    with pytest.raises(RuntimeError), clock.held_at(AT):
        pytest.fail("the clock was held")


def test_today_is_londons_day():
    assert clock.today(datetime(2017, 8, 17, 22, 59, tzinfo=UTC)).day == 17
    assert clock.today(datetime(2017, 8, 17, 23, 0, tzinfo=UTC)).day == 18
    assert clock.today(datetime(2017, 12, 17, 23, 59, tzinfo=UTC)).day == 17
