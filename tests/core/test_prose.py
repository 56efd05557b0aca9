"""What people write is shown clean."""

import re
import string
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from odifund.core.prose import as_typed, from_markdown, from_plain_text


@pytest.mark.parametrize(
    "evil",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[click](javascript:alert(1))",
        "[click](data:text/html;base64,PHNjcmlwdD4=)",
        "![picture](https://example.org/spy.png)",
        '<a href="https://example.org" style="position:fixed" onclick="x()">a</a>',
        "<iframe src='https://example.org'></iframe>",
        "<style>*{display:none}</style>",
        "<form action='/x'><input></form>",
        "<svg onload=alert(1)>",
    ],
)
def test_nothing_in_markdown_runs_loads_or_is_styled(evil):
    html = from_markdown(f"before\n\n{evil}\n\nafter")
    seen = Tags()
    seen.feed(html)
    assert seen.tags <= {"p", "a"}
    assert seen.attributes <= {"href", "title", "rel"}
    assert not [link for link in seen.links if not link.startswith("https://")]
    assert "before" in html
    assert "after" in html


@pytest.mark.parametrize("typed", ["We go <script>alert(11)</script> if a < b", "<p>raw</p>", "<b>"])
def test_tags_that_somebody_types_are_words_and_stay(typed):
    assert unescape(from_markdown(typed)) == f"<p>{typed}</p>"


class Tags(HTMLParser):
    """What a browser would find: tags, attributes and where links lead."""

    def __init__(self):
        super().__init__()
        self.tags, self.attributes, self.links = set(), set(), []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value for name, value in attrs if name == "href"]


def test_headings_start_below_the_pages_own_whatever_level_was_written():
    assert from_markdown("# A\n\n## B") == "<h2>A</h2>\n<h3>B</h3>"
    assert from_markdown("### A\n\n#### B") == "<h2>A</h2>\n<h3>B</h3>"
    assert from_markdown("# A\n\n###### F").endswith("<h6>F</h6>")
    assert "<h1" not in from_markdown("<h1>raw</h1>")


def test_lists_tables_and_links_are_kept():
    html = from_markdown("* one\n* two\n\n[here](https://example.org)\n\n| a | b |\n|---|---|\n| 1 | 2 |")
    assert "<li>one</li>" in html
    assert '<a href="https://example.org" rel="noopener nofollow">here</a>' in html
    assert "<td>1</td>" in html


def test_plain_text_keeps_its_paragraphs_and_lines():
    assert from_plain_text("a\r\nb\r\n\r\n\r\n<c> & d\n") == "<p>a<br>b</p><p>&lt;c&gt; &amp; d</p>"
    assert from_plain_text("  ") == ""


def test_the_highest_heading_can_stand_lower():
    assert from_markdown("# A\n\n## B", top=4) == "<h4>A</h4>\n<h5>B</h5>"


TYPED = (
    "<script>alert(1)</script>",
    "a & b &lt; c",
    "*not* _slanted_ `nor` code",
    "[no](https://example.org) link",
    "back\\slash | bar",
    "# no heading",
    "- no list",
    "1. nor this",
    "> said nobody",
    "+1",
    "    no code",
    "===",
    "---",
    "![no](picture.png)",
)


@pytest.mark.parametrize("words", TYPED)
@pytest.mark.parametrize("where", ["# {}", "{}", "- {}, and more", "before\n{}"])
def test_plain_words_in_markdown_show_as_they_were_typed(words, where):
    html = from_markdown(where.format(as_typed(words)))
    shown = unescape(re.sub("<[^>]+>", "", html))
    assert words.strip() in shown
    expected = from_markdown(where.format("plain"))
    assert re.findall("<[^>]+>", html) == re.findall("<[^>]+>", expected)


@given(some.text(alphabet=string.printable, max_size=40))
@settings(max_examples=200, derandomize=True)
def test_any_line_shows_as_it_was_typed(words):
    line = " ".join(words.split())
    html = from_markdown(f"# {as_typed(line)}" if line else "")
    assert unescape(re.sub("<[^>]+>", "", html)).strip() == line
