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
INDENTED = re.compile(r"(?m)^[ \t]+")
INLINE = re.compile(r"[\\`*_#\[\]|]")
OPENING = re.compile(r"(?m)^(\d*)([+>.-])")  # of lists and quotations
UNDERLINE = re.compile(r"(?m)^=")


class _HeadingsBelow(Treeprocessor):
    """Moves headings so that the highest is of level `top`: the page has its own above it."""

    def __init__(self, md: Markdown, top: int) -> None:
        super().__init__(md)
        self.top = top

    def run(self, root: Element) -> None:
        found = [(part, int(match[1])) for part in root.iter() if (match := HEADING.fullmatch(part.tag))]
        highest = min((level for _, level in found), default=2)
        for part, level in found:
            part.tag = f"h{min(level - highest + self.top, 6)}"


class _Below(Extension):
    def __init__(self, top: int) -> None:
        super().__init__()
        self.top = top

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the package's own name
        md.preprocessors.deregister("html_block")  # tags that somebody types are words, and stay
        md.inlinePatterns.deregister("html")
        md.treeprocessors.register(_HeadingsBelow(md, self.top), "headings below", 0)


def from_markdown(text: str, top: int = 2) -> str:
    """Markdown as HTML with nothing in it that runs, loads or is styled. Pictures are left out.

    `top` is the level of its highest heading: one below the heading it stands under.
    """
    html = Markdown(extensions=[_Below(top), "tables", "sane_lists"]).convert(text)
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


def as_typed(text: str) -> str:
    """Plain words to put into Markdown: whatever signs are in them are shown and mean nothing."""
    said = INDENTED.sub("", text).replace("&", "&amp;").replace("<", "&lt;")
    said = INLINE.sub(r"\\\g<0>", said)
    return UNDERLINE.sub("&#61;", OPENING.sub(r"\1\\\2", said))
