"""Calendar files: folded, escaped, in UTC."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odifund.core import ics

AT = datetime(2017, 8, 17, 9, tzinfo=UTC)


def occasion(**more):
    first = {
        "uid": "a@b",
        "when": AT,
        "title": "T",
        "text": "",
        "url": "https://example.org/",
        "changed_at": AT,
    }
    return ics.Occasion(**first | more)


def lines(*occasions):
    return ics.calendar("Name", "-//Maker//EN", occasions).replace("\r\n ", "").split("\r\n")


def test_an_instant_is_in_utc_and_a_whole_day_is_a_date():
    summer = datetime(2017, 9, 22, 17, tzinfo=timezone(timedelta(hours=1)))
    assert "DTSTART:20170922T160000Z" in lines(occasion(when=summer))
    assert "DTSTART;VALUE=DATE:20170928" in lines(occasion(when=date(2017, 9, 28)))


def test_every_event_says_who_it_is_when_it_was_written_and_how_often_it_changed():
    written = lines(occasion(sequence=3))
    for line in ("UID:a@b", "DTSTAMP:20170817T090000Z", "LAST-MODIFIED:20170817T090000Z", "SEQUENCE:3"):
        assert line in written
    assert written[0] == "BEGIN:VCALENDAR"
    assert written[-2:] == ["END:VCALENDAR", ""]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a, b; c\\d", "a\\, b\\; c\\\\d"),
        ("one\r\ntwo\nthree\rfour", "one\\ntwo\\nthree\\nfour"),
        ("END:VEVENT\x00\x1b", "END:VEVENT"),
    ],
)
def test_a_text_is_escaped(text, value):
    assert ics.escaped(text) == value


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=400))
def test_a_line_is_folded_at_75_octets_and_reads_the_same_unfolded(text):
    folded = ics.folded(text)
    assert all(len(piece.encode()) <= ics.LONGEST for piece in folded.split("\r\n"))
    assert folded.replace("\r\n ", "") == text


def test_no_words_add_a_line_of_their_own():
    written = lines(occasion(title="A\nBEGIN:VALARM\r\nX:1", text="é" * 200))
    assert "SUMMARY:A\\nBEGIN:VALARM\\nX:1" in written
    assert "BEGIN:VALARM" not in written
