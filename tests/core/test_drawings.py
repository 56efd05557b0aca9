"""The drawings: they are well-formed, say what they show, escape words, and keep labels apart."""

import re
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from odifund.core.drawing import svg
from odifund.core.drawing.bars import Member, cost_bars, gone, meter
from odifund.core.drawing.course import Mark, Row, course
from odifund.core.drawing.ornament import ornament
from odifund.core.drawing.pile import pile
from odifund.core.drawing.ruler import ruler
from odifund.core.drawing.spread import spread
from odifund.core.drawing.stamp import stamp
from odifund.core.drawing.timeline import Point, timeline
from odifund.core.wording import LONDON

EVIL = "<script>alert('x')</script> & \"q\""


def at(*parts):
    return datetime(*parts, tzinfo=LONDON)


ITT = [
    Point(at(2017, 8, 17), "Published", ours=True),
    Point(at(2017, 9, 1, 17), "Questions in"),
    Point(at(2017, 9, 15, 17), "Answers out", ours=True),
    Point(at(2017, 9, 22, 17), "Proposals close", timed=True),
    Point(at(2017, 9, 28), "Decision", ours=True),
    Point(at(2017, 10, 2), "Contracts; work starts", ours=True),
    Point(at(2017, 10, 10), "Kick-off workshop"),
    Point(at(2017, 10, 16), "Set-up blog"),
    Point(at(2017, 12, 11), "Halfway; half is paid"),
    Point(at(2018, 2, 15, 17), "Final work"),
]
MEMBERS = [
    Member("Exampleshire County Council", (("Staff", Decimal(8490)), ("Expenses", Decimal(640)))),
    Member("Pattern & Post", (("Staff", Decimal(13250)),)),
]

ALL = {
    "timeline": lambda words: timeline([*ITT, Point(at(2017, 11, 1), words)], at(2017, 9, 18)),
    "cost bars": lambda words: cost_bars([*MEMBERS, Member(words, ((words, Decimal(5)),))], Decimal(53333)),
    "ruler": lambda words: ruler(Decimal(160000), [(words, Decimal(45000)), ("B", Decimal(130000))]),
    "pile": lambda words: pile(["done", "now", "open", "blocked"]),
    "spread": lambda words: spread([3, 4, 4, 4], 4),
    "ornament": ornament,
    "stamp": lambda words: stamp(at(2017, 9, 22, 14, 10)),
    "meter": lambda words: meter(25, 30),
    "gone": lambda words: gone(at(2017, 8, 17), at(2017, 9, 22), at(2017, 9, 18)),
}


def parsed(drawing):
    return ElementTree.fromstring(f"<drawings>{drawing}</drawings>")


@pytest.mark.parametrize("name", ALL)
def test_a_drawing_is_well_formed_escaped_and_without_style(name):
    drawing = ALL[name](EVIL)
    pictures = parsed(drawing).iter("svg")
    assert "<script" not in drawing
    assert "style=" not in drawing
    for picture in pictures:
        if picture.get("role") == "img":
            ids = {part.get("id") for part in picture.iter()}
            assert set(picture.get("aria-labelledby").split()) <= ids
            assert picture.find("title").text
        else:
            assert picture.get("aria-hidden") == "true"


@pytest.mark.parametrize("name", ALL)
def test_no_two_parts_of_a_drawing_share_an_id(name):
    ids = [part.get("id") for part in parsed(ALL[name]("x")).iter() if part.get("id")]
    assert len(ids) == len(set(ids))


def test_a_drawing_drawn_twice_on_a_page_can_have_two_names():
    one, two = (timeline(ITT, at(2017, 9, 18), uid=uid) for uid in ("a", "b"))
    ids = [part.get("id") for part in parsed(one + two).iter() if part.get("id")]
    assert len(ids) == len(set(ids))


def placed(drawing):
    """The boxes of the labels of the wide line, by side: left, right, top."""
    boxes = []
    for text in parsed(drawing).find("svg").findall("text"):
        if text.get("font-size") == "14" and text.get("y") in {"77", "205"}:
            width = 6.5 * len(text.text)
            x = float(text.get("x"))
            left = x - width if text.get("text-anchor") == "end" else x
            boxes.append((text.get("y"), left, left + width, text.text))
    return boxes


@pytest.mark.parametrize(
    "day", ["2017-08-01", "2017-08-18", "2017-09-18", "2017-10-12", "2018-02-14", "2018-05-01"]
)
def test_labels_of_the_line_never_lie_on_each_other(day):
    boxes = placed(timeline(ITT, datetime.fromisoformat(day).replace(tzinfo=LONDON)))
    assert len(boxes) == 10
    for y in ("77", "205"):
        row = sorted(box[1:] for box in boxes if box[0] == y)
        for (_, end, one), (start, _, two) in pairwise(row):
            assert end <= start, f"{one} lies on {two}"
        assert row[0][0] >= 0
        assert row[-1][1] <= 1062


def test_today_is_marked_only_while_the_time_runs():
    assert "Today, 18 Sep" in timeline(ITT, at(2017, 9, 18))
    assert "Today" not in timeline(ITT, at(2017, 7, 1))
    assert "Today" not in timeline(ITT, at(2019, 1, 1))


def test_a_crowded_line_keeps_to_the_tall_drawing():
    many = [Point(at(2017, 9, 1) + timedelta(days=i), f"Something of some length {i}") for i in range(20)]
    drawing = timeline(many, at(2017, 9, 5))
    assert "of-timeline__wide" not in drawing
    assert "of-timeline__only" in drawing
    assert all(f"length {i}<" in drawing for i in range(20))


@given(some.lists(some.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31)), min_size=0, max_size=12))  # noqa: DTZ001
@settings(max_examples=60, derandomize=True, deadline=None)
def test_any_dates_can_be_drawn(moments):
    points = [
        Point(moment.replace(tzinfo=LONDON), "A date", ours=i % 2 == 0) for i, moment in enumerate(moments)
    ]
    parsed(timeline(points, at(2017, 9, 18)))


def test_a_slug_always_gives_the_same_band_and_another_slug_another():
    assert ornament("a-repairs-status") == ornament("a-repairs-status")
    bands = {ornament(f"pattern-{i}") for i in range(200)}
    assert len(bands) == 200
    assert max(map(len, bands)) < 3000
    for band in bands:
        assert band.count("#3a22dc") == 4, "one pair of tiles in stamp, fill and stroke"


def test_bars_share_one_scale_with_the_highest_price():
    widths = re.findall(r'width="([\d.]+)%"', cost_bars(MEMBERS, Decimal(53333)))
    assert all(float(width) <= 100 for width in widths)
    over = cost_bars(MEMBERS, Decimal(10000))
    assert all(float(width) <= 100 for width in re.findall(r'width="([\d.]+)%"', over))
    assert "Highest price £10,000" in over


def test_bars_of_no_costs_can_be_drawn():
    assert "Price £0" in cost_bars([], Decimal(53333))
    assert parsed(cost_bars([Member("A", ())], Decimal(0))) is not None


def ruled(drawing):
    """What the bar is ruled in: where its ticks are, and its names with where they begin."""
    bar = next(group for group in parsed(drawing).iter("g") if group.get("clip-path"))
    ticks = [float(x) for path in bar.iter("path") for x in re.findall(r"M([\d.]+),", path.get("d"))]
    return ticks, [(float(text.get("x")), text.text) for text in bar.iter("text")]


def spanning(*dates):
    """A line that begins and ends with these dates; all of it has passed, so that the bar is in one piece."""
    return timeline([Point(each, "A date", ours=i % 2 == 0) for i, each in enumerate(dates)], at(2100, 1, 1))


@pytest.mark.parametrize("end", [at(2018, 5, 10), at(2018, 6, 24), at(2023, 5, 24), at(2080, 1, 1)])
def test_a_stretch_too_narrow_for_its_name_has_none(end):
    """A name ends before the next tick, so that no tick strikes it through."""
    ticks, names = ruled(spanning(at(2016, 11, 19), at(2017, 6, 1), end))
    assert len(ticks) >= 2
    for x, name in names:
        assert not [tick for tick in ticks if x < tick < x + 8 * len(name)]


def test_up_to_18_months_are_ruled_in_months_and_more_in_years():
    ticks, names = ruled(spanning(at(2026, 10, 15), at(2028, 4, 15)))
    assert len(ticks) == 18
    assert "Mar" in [name for _, name in names]
    ticks, names = ruled(spanning(at(2026, 10, 15), at(2028, 4, 18)))
    assert len(ticks) == 2
    assert [name for _, name in names] == ["2026", "2027", "2028"]


def test_over_four_years_every_date_says_its_year_and_labels_keep_apart():
    years = [at(2026, 10, 5), at(2027, 1, 4), at(2028, 1, 4), at(2029, 1, 4, 17), at(2030, 9, 1)]
    points = [Point(each, f"Part {i}", timed=each.hour == 17) for i, each in enumerate(years)]
    drawing = timeline(points, at(2027, 6, 1))
    assert "Today, 1 Jun 2027" in drawing
    for said in ("4 Jan 2027<", "4 Jan 2028<", "4 Jan 2029, 5pm<"):
        assert drawing.count(said) == 2, "wide and tall"
    row = sorted(box[1:3] for box in placed(drawing))
    assert len(row) == len(points)
    assert all(end <= start for (_, end), (start, _) in pairwise(row))


def test_the_year_is_said_where_a_day_can_come_twice_and_nowhere_else():
    assert "4 Jan 2028<" in spanning(at(2027, 1, 4), at(2028, 1, 4))
    assert "4 Jan<" in spanning(at(2027, 1, 5), at(2028, 1, 4))


def test_the_tall_line_keeps_its_rows_apart_where_each_takes_two_lines():
    points = [Point(at(2026, 10, 5) + timedelta(days=i), "A date", timed=True) for i in range(8)]
    drawing = timeline([*points, Point(at(2031, 1, 1), "The end")], at(2026, 10, 8))
    tall = parsed(drawing).findall("svg")[-1]
    rows = [float(text.get("y")) for text in tall.findall("text") if text.find("tspan") is not None]
    assert all(below - above >= 19 + 16 for above, below in pairwise(rows))
    assert rows[-1] + 19 <= float(tall.get("viewBox").split()[-1])


def test_without_today_the_line_leaves_no_room_for_it():
    assert 'viewBox="0 0 1060 232"' in timeline(ITT, at(2017, 9, 18))
    assert 'viewBox="0 34 1060 180"' in timeline(ITT, at(2018, 9, 18))


def test_what_is_left_of_the_pot_is_live_only_while_somebody_chooses():
    parts = [("A", Decimal(97000))]
    assert svg.STAMP not in ruler(Decimal(160000), parts)
    assert svg.STAMP in ruler(Decimal(160000), parts, live=True)


@pytest.mark.parametrize(
    ("pot", "sums"),
    [
        (75000, ["£0", "£20,000", "£40,000", "£75,000"]),
        (90000, ["£0", "£20,000", "£40,000", "£60,000", "£90,000"]),
        (160000, ["£0", "£40,000", "£80,000", "£120,000", "£160,000"]),
    ],
)
def test_the_ruler_has_a_sum_at_the_pots_end_and_none_that_meets_it(pot, sums):
    drawn = ruler(Decimal(pot), [])
    assert re.findall(r'class="q">([^<]+)<', drawn) == sums
    assert f'text-anchor="end" class="q">£{pot:,}<' in drawn


def test_the_ruler_says_what_is_left_or_too_much():
    assert "£62,629.50 left" in ruler(Decimal(160000), [("A", Decimal("97370.50"))])
    assert "£10,000 too much" in ruler(Decimal(160000), [("A", Decimal(170000))])
    assert "£160,000 left" in ruler(Decimal(160000), [])


def test_the_pile_says_in_words_what_it_shows():
    assert "1 of 4 proposals scored; you are on number 2; 1 blocked" in pile(
        ["done", "now", "open", "blocked"]
    )
    assert "0 of 0" in pile([])


def test_the_pile_draws_in_stamp_only_what_can_still_change():
    settled = pile(["done", "settled", "open"])
    assert "2 of 3 proposals scored; you are on number 2" in settled
    assert svg.STAMP not in settled
    assert svg.STAMP in pile(["done", "now", "open"])


def test_the_key_of_the_bars_shows_only_what_costs_something():
    member = Member("A", (("Staff", Decimal(5)), ("Expenses", Decimal(0)), ("Other", Decimal(2))))
    drawing = cost_bars([member], Decimal(10))
    assert re.findall(r"</svg>([A-Z][a-z]+)</li>", drawing) == ["Staff", "Other"]
    assert "-dots" not in drawing.partition('class="of-key"')[2], "the third kind keeps the third fill"


def test_the_line_of_today_leaves_the_name_of_every_row_free():
    day = at(2017, 10, 1, 17)
    marks = tuple(Mark(day + timedelta(days=days), "Report", "open") for days in (0, 90, 90))
    rows = [Row("Exampleshire County Council", marks), Row("Sampleton", marks[:2])]
    drawn = course(rows, day + timedelta(days=40))
    names = [int(y) for y in re.findall(r'y="(\d+)" font-size="16"', drawn)]
    stretches = [
        (int(above), int(below))
        for above, below in re.findall(r'y1="(\d+)" y2="(\d+)" stroke="#3a22dc"', drawn)
    ]
    assert len(names) == 2
    assert len(stretches) == 3
    for name in names:
        assert all(below <= name - 14 or above >= name + 4 for above, below in stretches)


def test_nothing_is_drawn_of_today_before_the_first_day_and_after_the_last():
    day = at(2017, 10, 1, 17)
    marks = (Mark(day, "Blog", "done"), Mark(day + timedelta(days=90), "Report", "open"))
    for days in (-40, 200):
        assert "Today" not in course([Row("A", marks)], day + timedelta(days=days))
