"""Bringing an action's refusal back to the form it came from."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.forms import BaseForm

from odifund.core.errors import MovedOn, NotReady

KEPT = "Nothing of this page was saved. What you typed is still below, for you to copy."


@contextmanager
def told(form: BaseForm, field: str | None = None) -> Iterator[None]:
    """Inside, an action that is not ready puts its sentences on the form, or on the field they are about."""
    try:
        yield
    except NotReady as refusal:
        for sentence in refusal.sentences:
            form.add_error(field, sentence)


@contextmanager
def kept(form: BaseForm) -> Iterator[None]:
    """As `told`; and what has moved on meanwhile is said on the form too, so that no word is lost."""
    try:
        with told(form):
            yield
    except MovedOn as refusal:
        form.add_error(None, f"{refusal.message} {KEPT}")
