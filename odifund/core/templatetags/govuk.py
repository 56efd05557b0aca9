"""What the form templates under templates/odifund/ need: which template draws a field, and its attributes.

The markup follows govuk-frontend's own examples (tests/core/test_form_markup.py holds it against them).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms, template
from django.forms import BoundField
from django.utils.safestring import SafeString

from odifund.core.forms.problems import wrong_boxes
from odifund.core.forms.widgets import Boxes, LongTextWidget, ScaleWidget, UploadsWidget

register = template.Library()

# The first that fits draws the field.
DRAWN_BY: tuple[tuple[type[forms.Widget], str], ...] = (
    (Boxes, "date"),
    (ScaleWidget, "scale"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Select, "select"),
    (LongTextWidget, "long_text"),
    (forms.Textarea, "textarea"),
    (UploadsWidget, "files"),
    (forms.FileInput, "file"),
)


@register.simple_tag
def template_of(field: BoundField) -> str:
    """The template that draws this field; an input when nothing else fits."""
    widget = field.field.widget
    name = next((name for kind, name in DRAWN_BY if isinstance(widget, kind)), "input")
    return f"odifund/fields/{name}.html"


@register.simple_tag
def described_by(field: BoundField, first: str = "") -> str:
    """The ids of what describes a field: `first`, its hint, its error."""
    parts = [first]
    if field.help_text:
        parts.append(f"{field.auto_id}-hint")
    if field.errors:
        parts.append(f"{field.auto_id}-error")
    return " ".join(part for part in parts if part)


@register.simple_tag
def control(field: BoundField, block: str, more: str = "", described: str = "") -> SafeString:
    """The input itself. It has no length attribute: a browser would cut what is pasted, without a word."""
    widget = field.field.widget
    classes = [block, f"{block}--error" if field.errors else "", more, widget.attrs.get("class", "")]
    attrs = {
        "id": field.auto_id,
        "class": " ".join(part for part in classes if part),
        "maxlength": False,
        "minlength": False,
        "cols": False,
        "aria-describedby": described or described_by(field) or False,
        "aria-invalid": "true" if field.errors else False,
        "disabled": field.field.disabled,
    }
    return SafeString(widget.render(field.html_name, field.value(), attrs, renderer=field.form.renderer))


@dataclass(frozen=True)
class Box:
    """One box of a date as its template draws it."""

    id: str
    name: str
    label: str
    value: str
    size: int
    numeric: bool
    wrong: bool


@register.simple_tag
def boxes(field: BoundField) -> list[Box]:
    """The boxes of a date, with what was typed."""
    widget: Boxes = field.field.widget
    value = field.value()
    values: Any = value if isinstance(value, list | tuple) else widget.decompress(value)
    wrong = wrong_boxes(field)
    return [
        Box(
            f"{field.auto_id}_{name}",
            f"{field.html_name}_{name}",
            label,
            text or "",
            size,
            name != "time",
            i in wrong,
        )
        for i, (name, label, size, text) in enumerate(
            zip(widget.names, widget.labels, widget.sizes, values, strict=True)
        )
    ]


@register.filter
def under(revealed: Mapping[str, SafeString] | str, value: object) -> SafeString | str:
    """The field that stands under a choice of radios, drawn; nothing where none does."""
    return revealed.get(str(value), "") if isinstance(revealed, Mapping) else ""


@register.filter
def says_optional(field: BoundField) -> bool:
    """Whether "(optional)" follows the label: the field may stay empty and the form says so."""
    return not field.field.required and getattr(field.form, "says_optional", True)
