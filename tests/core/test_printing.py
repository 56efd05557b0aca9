"""Print: what people write comes out as they wrote it, tagged, and in its turn."""

import time
from datetime import UTC, datetime
from threading import Thread

import pytest

from odifund.core import printing
from odifund.core.errors import Busy
from odifund.core.printing import blocks

AT = datetime(2017, 9, 18, 10, 2, tzinfo=UTC)


def text(runs):
    return "".join(run["text"] for run in runs)


def test_markdown_becomes_blocks_and_runs():
    found = blocks.from_markdown(
        "# A\n\nIt is **so**, *truly*: [here](https://x.example.org).\n\n1. one\n2. two\n\n- a\n"
    )
    kinds = [block["kind"] for block in found]
    assert kinds == ["heading", "paragraph", "list", "list"]
    assert found[1]["runs"] == [
        {"text": "It is "},
        {"text": "so", "strong": True},
        {"text": ", "},
        {"text": "truly", "emph": True},
        {"text": ": "},
        {"text": "here", "href": "https://x.example.org"},
        {"text": "."},
    ]
    assert [found[2]["numbered"], found[3]["numbered"]] == [True, False]
    assert [text(item[0]["runs"]) for item in found[2]["items"]] == ["one", "two"]


def test_a_list_in_a_list_a_quotation_code_and_a_table_keep_their_shape():
    found = blocks.from_markdown("- a\n    - b\n\n> q\n\n    code\n\n| h | i |\n|---|---|\n| 1 | 2 |\n")
    assert [block["kind"] for block in found] == ["list", "quotation", "as typed", "table"]
    outer = found[0]["items"][0]
    assert [block["kind"] for block in outer] == ["paragraph", "list"]
    assert found[2]["text"] == "code"
    assert text(found[3]["head"][0]) == "h"
    assert [[text(cell) for cell in row] for row in found[3]["rows"]] == [["1", "2"]]


def test_no_heading_skips_a_level():
    found = blocks.from_markdown("## A\n\n##### B\n\n## C\n", top=3)
    assert [block["level"] for block in found] == [3, 4, 3]


@pytest.mark.parametrize("text", ["[x](javascript:alert(1))", "<script>x</script>"])
def test_no_address_but_of_the_web_and_of_mail_is_a_link(text):
    assert "href" not in str(blocks.from_markdown(text))


def test_plain_text_means_nothing_by_its_signs_and_keeps_its_lines():
    found = blocks.from_plain_text("# not a heading\n*as it is* <b>\n\nsecond")
    assert [text(block["runs"]) for block in found] == ["# not a heading\n*as it is* <b>", "second"]


def test_what_cannot_be_printed_is_left_out_and_a_very_long_word_may_break():
    told = printing.legible({"a": ["x\x01y", "w" * 30, 3], "href": "h" * 30})
    assert told == {"a": ["xy", "\u200b".join("w" * 30), 3], "href": "h" * 30}


def test_whoever_waits_too_long_for_a_turn_is_told_to_come_again(monkeypatch):
    monkeypatch.setattr(printing, "PATIENCE", 0.01)
    started = Thread(target=lambda: _hold(0.5))
    started.start()
    time.sleep(0.1)
    with pytest.raises(Busy) as told:
        printing.as_pdf("itt.typ", {}, AT)
    started.join()
    assert told.value.status == 503


def _hold(seconds):
    with printing._turn:
        time.sleep(seconds)


def test_a_fault_in_our_own_file_is_no_refusal_and_gives_the_turn_back():
    for _ in range(printing.AT_A_TIME + 1):
        with pytest.raises(RuntimeError):
            printing.as_pdf("itt.typ", {}, AT)
