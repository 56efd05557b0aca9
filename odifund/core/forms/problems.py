"""What is wrong with a form, as the error summary says it: a message, and the place where it is put right.

The link of a problem leads into the field: to the first radio or checkbox of a group, to the box of
a date that is wrong. A message that belongs to the whole form has no link.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.forms import BaseForm, BaseFormSet, BoundField

from odifund.core.forms.widgets import Boxes


@dataclass(frozen=True)
class Problem:
    """One line of the error summary."""

    message: str
    target: str = ""


def problems_of(form: "BaseForm | BaseFormSet[BaseForm]") -> list[Problem]:
    """Every problem of a form or of all forms of a set, in the order of the page."""
    if isinstance(form, BaseFormSet):
        own = [Problem(str(message)) for message in form.non_form_errors()] if form.is_bound else []
        return own + [problem for each in form.forms for problem in problems_of(each)]
    if not form.is_bound:
        return []
    return list(_of_whole(form)) + list(_of_fields(form))


def _of_whole(form: BaseForm) -> Iterator[Problem]:
    for message in form.non_field_errors():
        yield Problem(str(message))


def _of_fields(form: BaseForm) -> Iterator[Problem]:
    for field in form:
        for message in field.errors:
            yield Problem(str(message), "" if field.is_hidden else first_input(field))


def first_input(field: BoundField) -> str:
    """The id of the input that a link to this field leads into."""
    widget = field.field.widget
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return f"{field.auto_id}_0"
    if isinstance(widget, Boxes):
        wrong = wrong_boxes(field)
        return f"{field.auto_id}_{widget.names[min(wrong, default=0)]}"
    return str(field.id_for_label or field.auto_id)


def wrong_boxes(field: BoundField) -> frozenset[int]:
    """Which boxes of a date the errors are about, by position; all when an error names none."""
    widget = field.field.widget
    if not field.errors or not isinstance(widget, Boxes):
        return frozenset()
    codes = [error.code for error in field.errors.as_data()]
    named = {
        widget.names.index(part) for code in codes for part in (code or "").split() if part in widget.names
    }
    return frozenset(named or range(len(widget.names)))
