"""What somebody else saved while a form was filled in: the fields that differ, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms

from odifund.core.forms.numbers import Number
from odifund.core.wording import moment, plain_day, pounds

NOTHING = "Nothing"


@dataclass(frozen=True)
class Saved:
    """A field as it is saved now."""

    key: str
    text: str


def differing(form: forms.Form, saved: Mapping[str, Any]) -> list[Saved]:
    """The fields of a form that was understood whose saved value reads otherwise than what was typed."""
    typed = form.cleaned_data
    found = [(field, said(field, saved[name]), typed.get(name)) for name, field in _of(form, saved)]
    return [Saved(str(field.label), text) for field, text, mine in found if text != said(field, mine)]


def said(field: forms.Field, value: Any) -> str:
    """A value as a person reads it."""
    choices = {str(key): str(label) for key, label in getattr(field, "choices", ())}
    match value:
        case bool():
            return "Ticked" if value else "Not ticked"
        case datetime():
            return moment(value)
        case date():
            return plain_day(value)
        case Decimal():
            return field.said(value) if isinstance(field, Number) else pounds(value)
        case list() | tuple() if choices:
            return ", ".join(choices.get(str(each), str(each)) for each in value) or NOTHING
        case list() | tuple():
            return "\n".join(map(str, value)) or NOTHING
    text = "" if value is None else str(value)
    return choices.get(text, text) or NOTHING


def _of(form: forms.Form, saved: Mapping[str, Any]) -> list[tuple[str, forms.Field]]:
    return [(name, field) for name, field in form.fields.items() if name in saved]
