"""What the drawings are made of: escaped elements, short numbers, and the palette of the look."""

from collections.abc import Iterable
from html import escape

__all__ = [
    "GREY",
    "INK",
    "RED",
    "STAMP",
    "WHITE",
    "Attribute",
    "dots",
    "element",
    "escape",
    "hatch",
    "ornament",
    "percent",
    "picture",
    "short",
    "words",
]

INK = "#14151a"
STAMP = "#3a22dc"
WHITE = "#fff"
GREY = "#8d8f96"
RED = "#b0101f"

Attribute = str | float | int


def short(number: float) -> str:
    """At most two decimals, and none that say nothing."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def percent(part: float, whole: float) -> str:
    """A share as a width, so that one drawing fits any page."""
    return f"{short(100 * part / whole)}%" if whole else "0%"


def _attribute(name: str, value: Attribute) -> str:
    text = value if isinstance(value, str) else short(value)
    return f' {name.strip("_").replace("_", "-")}="{escape(text)}"'


def element(tag: str, *inside: str, **attributes: Attribute) -> str:
    """One element. What is inside is SVG already: words go through `words` first. `class_` is class."""
    opened = tag + "".join(_attribute(name, value) for name, value in attributes.items())
    return f"<{opened}>{''.join(inside)}</{tag}>" if inside else f"<{opened}/>"


def words(text: str, **attributes: Attribute) -> str:
    """A text element, escaped."""
    return element("text", escape(text), **attributes)


def picture(parts: Iterable[str], *, uid: str, title: str, desc: str = "", **attributes: Attribute) -> str:
    """An image with a name, and a description when there is more to say than the name."""
    named = f"{uid}-t {uid}-d" if desc else f"{uid}-t"
    head = [element("title", escape(title), id=f"{uid}-t")]
    if desc:
        head.append(element("desc", escape(desc), id=f"{uid}-d"))
    return element("svg", *head, *parts, role="img", aria_labelledby=named, **attributes)


def ornament(parts: Iterable[str], **attributes: Attribute) -> str:
    """A picture that says nothing to a screen reader, because the words beside it say it."""
    return element("svg", *parts, aria_hidden="true", focusable="false", **attributes)


def hatch(uid: str, size: float = 6) -> str:
    """The hatch of a printed map, as a fill: `url(#uid)`."""
    ground = element("rect", width=size, height=size, fill=WHITE)
    stroke = element("rect", width=size * 0.4, height=size, fill=INK)
    return element(
        "pattern",
        ground,
        stroke,
        id=uid,
        width=size,
        height=size,
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )


def stripes(uid: str, size: int) -> str:
    """Level lines, so many units apart, as a fill: `url(#uid)`."""
    ground = element("rect", width=size, height=size, fill=WHITE)
    stroke = element("rect", width=size, height=1, fill=INK)
    return element("pattern", ground, stroke, id=uid, width=size, height=size, patternUnits="userSpaceOnUse")


def dots(uid: str) -> str:
    """Dots, as a fill: `url(#uid)`."""
    ground = element("rect", width=6, height=6, fill=WHITE)
    dot = element("circle", cx=3, cy=3, r=1.5, fill=INK)
    return element("pattern", ground, dot, id=uid, width=6, height=6, patternUnits="userSpaceOnUse")
