"""What people write, made safe to show: Markdown through nh3, plain text through escaping."""

import re
from html import escape
from xml.etree.ElementTree import Element

import nh3
from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

BLOCKS = {"blockquote", "dd", "dl", "dt", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "ul"}
TABLES = {"table", "tbody", "td", "th", "thead", "tr"}
WORDS = {"a", "abbr", "br", "code", "del", "em", "ins", "strong", "sub", "sup"}
ATTRIBUTES = {"a": {"href", "title"}, "abbr": {"title"}, "ol": {"start"}}
HEADING = re.compile(r"h([1-6])")


class _HeadingsBelow(Treeprocessor):
    """Moves headings so that the highest is an h2: the page has its own h1."""

    def run(self, root: Element) -> None:
        found = [(part, int(match[1])) for part in root.iter() if (match := HEADING.fullmatch(part.tag))]
        highest = min((level for _, level in found), default=2)
        for part, level in found:
            part.tag = f"h{min(level - highest + 2, 6)}"


class _Below(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the package's own name
        md.treeprocessors.register(_HeadingsBelow(md), "headings below", 0)


def from_markdown(text: str) -> str:
    """Markdown as HTML with nothing in it that runs, loads or is styled. Pictures are left out."""
    html = Markdown(extensions=[_Below(), "tables", "sane_lists"]).convert(text)
    return nh3.clean(
        html,
        tags=BLOCKS | TABLES | WORDS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener nofollow",
    )


def from_plain_text(text: str) -> str:
    """Paragraphs at blank lines, line breaks kept, everything escaped."""
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    said = (escape(block).replace("\n", "<br>") for block in blocks if block.strip())
    return "".join(f"<p>{block}</p>" for block in said)
