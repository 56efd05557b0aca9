"""Bringing an action's refusal back to the form it came from."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.forms import BaseForm

from odifund.core.errors import NotReady


@contextmanager
def told(form: BaseForm) -> Iterator[None]:
    """Inside, an action that is not ready puts its sentences on the form, with what was typed."""
    try:
        yield
    except NotReady as refusal:
        for sentence in refusal.sentences:
            form.add_error(None, sentence)
