"""The same value is always written the same way."""

import uuid
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from odifund.core import canonical
from odifund.core.models import Role

plain = some.recursive(
    some.none() | some.booleans() | some.integers(-(2**53) + 1, 2**53 - 1) | some.text(),
    lambda parts: some.lists(parts, max_size=4) | some.dictionaries(some.text(), parts, max_size=4),
    max_leaves=12,
)


@given(some.dictionaries(some.text(), plain, max_size=6))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_the_order_of_keys_does_not_matter(value):
    turned = dict(reversed(value.items()))
    assert canonical.digest(value) == canonical.digest(turned)


def test_it_is_rfc_8785():
    assert canonical.text({"b": [1, True, None], "a": "€\n", "\ufb33": 1, "😀": 2}) == (
        '{"a":"€\\n","b":[1,true,null],"😀":2,"\ufb33":1}'
    )


def test_values_are_text_with_one_spelling():
    key = uuid.UUID("12345678123456781234567812345678")
    assert canonical.text([Decimal("10.50"), date(2017, 8, 17), key, Role.Name.MANAGER]) == (
        '["10.50","2017-08-17","12345678-1234-5678-1234-567812345678","manager"]'
    )


def test_an_instant_is_one_whatever_its_zone():
    london = timezone(timedelta(hours=1))
    moments = [datetime(2017, 9, 22, 16, 0, tzinfo=UTC), datetime(2017, 9, 22, 17, 0, tzinfo=london)]
    assert {canonical.text(moment) for moment in moments} == {'"2017-09-22T16:00:00.000000Z"'}


def test_a_moment_without_a_zone_is_no_instant():
    with pytest.raises(ValueError, match="zone"):
        canonical.text(datetime(2017, 9, 22, 16, 0))  # noqa: DTZ001


def test_the_digest_is_sha_256():
    assert canonical.digest({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
