"""What people write, as blocks and runs for print: read from the clean HTML that `prose` makes of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser

from odifund.core import prose

Block = dict[str, object]
Run = dict[str, object]

VOID = {"br", "hr"}
INLINE = prose.WORDS
MARKS = {
    "strong": "strong",
    "em": "emph",
    "code": "code",
    "del": "gone",
    "ins": "new",
    "sub": "sub",
    "sup": "sup",
}


@dataclass
class _Node:
    tag: str
    told: dict[str, str] = field(default_factory=dict)
    inside: list["_Node | str"] = field(default_factory=list)


class _Reader(HTMLParser):
    """Reads what `prose` wrote: balanced, and of its few tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [_Node("root")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = _Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and len(self.open) > 1:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def from_markdown(text: str, top: int = 2) -> list[Block]:
    """Markdown as pages show it. `top` is the level of its highest heading."""
    return _of_html(prose.from_markdown(text, top), top)


def from_plain_text(text: str) -> list[Block]:
    """Paragraphs at blank lines; whatever signs are in them mean nothing."""
    return _of_html(prose.from_plain_text(text))


def _of_html(html: str, top: int = 2) -> list[Block]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return _stepwise(_blocks(reader.open[0].inside), top)


def _stepwise(blocks: list[Block], top: int) -> list[Block]:
    """No heading is more than one level below the one before: readers with ears lose their way else."""
    deepest = top
    for block in blocks:
        if block["kind"] == "heading":
            block["level"] = min(int(str(block["level"])), deepest)
            deepest = int(str(block["level"])) + 1
    return blocks


def _blocks(inside: Iterable[_Node | str]) -> list[Block]:
    found: list[Block] = []
    loose: list[_Node | str] = []
    for part in inside:
        if isinstance(part, str) or part.tag in INLINE:
            loose.append(part)
            continue
        found += [*_paragraph(loose), *_block(part)]
        loose = []
    return [*found, *_paragraph(loose)]


def _paragraph(inside: list[_Node | str]) -> list[Block]:
    runs = _runs(inside)
    return [{"kind": "paragraph", "runs": runs}] if any(str(run["text"]).strip() for run in runs) else []


def _block(node: _Node) -> list[Block]:
    """One block; of a tag that says nothing in print, what is in it."""
    if node.tag[0] == "h" and node.tag[1:].isdigit():
        return [{"kind": "heading", "level": int(node.tag[1:]), "runs": _runs(node.inside)}]
    if node.tag in ("ul", "ol"):
        return _list(node)
    if node.tag == "blockquote":
        return [{"kind": "quotation", "blocks": _blocks(node.inside)}]
    if node.tag == "pre":
        return [{"kind": "as typed", "text": _words(node).rstrip("\n")}]
    if node.tag == "hr":
        return [{"kind": "rule"}]
    return _table(node) if node.tag == "table" else _blocks(node.inside)


def _list(node: _Node) -> list[Block]:
    items = [_blocks(item.inside) for item in _nodes(node, "li")]
    start = node.told.get("start", "")
    first = int(start) if start.isdigit() and len(start) < 6 else 1
    return [{"kind": "list", "numbered": node.tag == "ol", "start": first, "items": items}] if items else []


def _table(node: _Node) -> list[Block]:
    rows = [_nodes(row, "th", "td") for row in _nodes(node, "tr")]
    width = max(map(len, rows), default=0)
    if not width:
        return []
    cells = [[_runs(cell.inside) for cell in row] + [[]] * (width - len(row)) for row in rows]
    return [{"kind": "table", "width": width, "head": cells[0], "rows": cells[1:]}]


def _nodes(node: _Node, *tags: str) -> list[_Node]:
    """Those of these tags in it, nearest ones only."""
    found: list[_Node] = []
    for part in node.inside:
        if isinstance(part, _Node):
            found += [part] if part.tag in tags else _nodes(part, *tags)
    return found


def _words(node: _Node) -> str:
    return "".join(part if isinstance(part, str) else _words(part) for part in node.inside)


def _runs(inside: Iterable[_Node | str], **marks: object) -> list[Run]:
    """Words with how they are set; a line break is a run of one."""
    found: list[Run] = []
    for part in inside:
        if isinstance(part, str):
            if words := " ".join(part.split("\n")):
                found.append({"text": words, **marks})
        elif part.tag == "br":
            found.append({"text": "\n"})
        elif part.tag == "a" and part.told.get("href", "").partition(":")[0] in ("http", "https", "mailto"):
            found += _runs(part.inside, **{**marks, "href": part.told["href"]})
        else:
            mark = MARKS.get(part.tag)
            found += _runs(part.inside, **({**marks, mark: True} if mark else marks))
    return found
