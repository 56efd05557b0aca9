"""What comes from a word processor: bullets, spaces and breaks that mean nothing elsewhere become plain."""

import pytest

from odifund.core.forms.saying import clean_text


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("\uf0b7\tTenants ring\r\n\uf0a7\tNobody knows", "•\tTenants ring\n•\tNobody knows"),
        ("repair\u00adsteam", "repairsteam"),
        ("10\u00a0days at\u202f£450", "10 days at £450"),
        ("one\u2028two\x0bthree\x0cfour", "one\ntwo\nthree\nfour"),
        ("a\u200bb\ufeffc", "abc"),
        ("“Quoted” – and ‘so’…", "“Quoted” – and ‘so’…"),
        ("Cafe\u0301", "Café"),
        ("👩\u200d🔧 repairs", "👩\u200d🔧 repairs"),
    ],
)
def test_what_nobody_can_see_goes_and_what_is_written_stays(pasted, kept):
    assert clean_text(pasted) == kept
