"""A file that came damaged is told as such, wherever in it the damage is: reading it never breaks a page."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as some

from odifund.core.forms import sniffing
from tests.core.damaged import ODT, WORD, encrypted, with_a_hurt_mimetype, with_a_name_that_is_no_text

KINDS = {sniffing.WORD, sniffing.ODT, sniffing.ARCHIVE, sniffing.BROKEN, sniffing.UNKNOWN, sniffing.MACROS}


@pytest.mark.parametrize(
    ("contents", "kind"),
    [
        (with_a_name_that_is_no_text(WORD), sniffing.BROKEN),
        (with_a_hurt_mimetype(ODT[zipfile.ZIP_DEFLATED]), sniffing.BROKEN),
        (with_a_hurt_mimetype(ODT[zipfile.ZIP_LZMA]), sniffing.BROKEN),
        (encrypted(ODT[zipfile.ZIP_DEFLATED]), sniffing.UNKNOWN),
        (WORD[:-1], sniffing.BROKEN),
    ],
    ids=["name", "mimetype", "other packing", "encrypted", "cut off"],
)
def test_a_damaged_archive_is_said_to_be_one(contents, kind):
    file = io.BytesIO(contents)
    assert sniffing.kind_of(file) is kind
    assert file.tell() == 0


@given(
    some.sampled_from([WORD, *ODT.values()]),
    some.lists(
        some.tuples(some.integers(0, 400), some.binary(min_size=1, max_size=8)), min_size=1, max_size=4
    ),
)
def test_whatever_is_hurt_the_file_has_a_kind(whole, wounds):
    hurt = bytearray(whole)
    for place, words in wounds:
        hurt[place % len(whole) : place % len(whole) + len(words)] = words
    hurt[:4] = whole[:4]
    assert sniffing.kind_of(io.BytesIO(bytes(hurt))) in KINDS
