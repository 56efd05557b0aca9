"""What differs between two wordings: what went is struck out, what came is underlined, the rest stays."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from django.utils.html import escape

SHORT = 120
"""Up to so many characters a wording is read whole at a glance, and shown so."""
FEW = 2
"""So few unchanged words between two changes are read as one change with them."""
Part = tuple[str, str]
"""What became of it (same, out, in), and the words."""


def parts(before: str, after: str) -> list[Part]:
    """Both wordings as one: what stays, what went and what came, in the order of reading."""
    old, new = _words(before), _words(after)
    found: list[tuple[str, str, str]] = []
    for what, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        same, out, into = what == "equal", "".join(old[i:j]), "".join(new[k:m])
        is_between = found and k > 0 and m < len(new)
        if same and is_between and len(into.split()) <= FEW:
            same = False
        if found and not same and found[-1][0] == "changed":
            out, into = found[-1][1] + out, found[-1][2] + into
            found.pop()
        found.append(("same" if same else "changed", out, into))
    return list(_told(found))


def _told(found: list[tuple[str, str, str]]) -> Iterator[Part]:
    for what, out, into in found:
        if what == "same":
            yield "same", into
            continue
        if out:
            yield "out", out
        if into:
            yield "in", into


def _words(text: str) -> list[str]:
    return re.findall(r"\S+\s*|\s+", text)


def marked(before: str, after: str, around: int | None = None) -> str:
    """As HTML, escaped. `around` is how many unchanged words stay beside a change; else all of them."""
    tags = {"out": "<del>{}</del> ", "in": "<ins>{}</ins> "}
    found = parts(before, after)
    html = []
    for number, (what, words) in enumerate(found):
        if what != "same":
            html.append(tags[what].format(_lines(words.strip())))
        elif around is None:
            html.append(_lines(words))
        else:
            ends = {"begins": number == 0, "ends": number == len(found) - 1}
            html.append(_lines(_shortened(words, around, **ends)))
    return "".join(html).strip()


def told(before: str, after: str, around: int | None = None) -> str:
    """As HTML: short wordings whole, before and now; longer ones as one, with what differs marked."""
    if max(len(before), len(after)) > SHORT:
        return marked(before, after, around)
    return f"Before: <del>{_lines(before)}</del> Now: <ins>{_lines(after)}</ins>"


def _lines(words: str) -> str:
    return str(escape(words)).replace("\r\n", "<br>").replace("\n", "<br>")


def _shortened(words: str, around: int, *, begins: bool, ends: bool) -> str:
    each = _words(words)
    if len(each) <= 2 * around + FEW:
        return words
    head = "" if begins else "".join(each[:around])
    tail = "" if ends else "".join(each[-around:])
    return f"{head}… {tail}"
