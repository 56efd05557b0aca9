"""Generated documents are current: `python -m tests.house.describe` writes them anew."""

import pytest

from tests.house.describe import DOCS, DOCUMENTS


@pytest.mark.parametrize("name", DOCUMENTS)
def test_it_says_what_the_code_says(name):
    assert (DOCS / name).read_text() == DOCUMENTS[name]()
