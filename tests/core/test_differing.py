"""What differs between two wordings, as words and as marked text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odifund.core import differing

LONG = "One consortium may lead two proposals in this round. " * 3


@pytest.mark.parametrize(
    ("before", "after", "html"),
    [
        ("One may bid.", "One may bid.", "One may bid."),
        (
            "One organisation may lead two proposals in this round",
            "One organisation may lead three proposals in this round",
            "One organisation may lead <del>two</del> <ins>three</ins> proposals in this round",
        ),
        ("A b c d e f", "A b c d e f g", "A b c d e <del>f</del> <ins>f g</ins>"),
        ("<b>", "&", "<del>&lt;b&gt;</del> <ins>&amp;</ins>"),
        ("", "New\nlines", "<ins>New<br>lines</ins>"),
    ],
)
def test_what_went_and_what_came_is_marked(before, after, html):
    assert differing.marked(before, after) == html


def test_far_from_a_change_the_words_are_left_out():
    html = differing.marked(LONG + "Ask us.", LONG + "Ring us.", around=3)
    assert html == "… in this round. <del>Ask</del> <ins>Ring</ins> us."


def test_a_word_that_stays_between_two_changes_does_not_cut_them_apart():
    assert differing.parts("a a a the b b b", "c c c the d d d") == [
        ("out", "a a a the b b b"),
        ("in", "c c c the d d d"),
    ]


@given(st.text("ab \n", max_size=40), st.text("ab \n", max_size=40))
def test_both_wordings_can_be_read_from_what_differs(before, after):
    told = differing.parts(before, after)
    new = "".join(words for what, words in told if what != "out")
    assert new == after
