"""The forms of a draft's files: those a page sends in one, and one that begins to arrive in pieces."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import Layout
from django import forms as django_forms

from odifund.core import forms

BEFORE = "You can choose several at once."


class AttachmentsForm(forms.Form):
    """Files; what may be sent is said before."""

    file = forms.UploadsField(label="Add files", what="a file", help_text=BEFORE)

    def layout(self) -> Layout:
        """Under the heading of the page, which says what the label says."""
        return Layout(forms.Question("file", unseen=True))

    @property
    def taken(self) -> Sequence[Any]:
        """Those that may be sent, also where others may not."""
        field = self.fields["file"]
        assert isinstance(field, forms.UploadsField)
        return field.taken


class ArrivedForm(forms.Form):
    """One file that arrived in pieces, looked at as one that came in one."""

    file = forms.UploadField(label="File")


class BeginForm(django_forms.Form):
    """What a browser says of a file before it sends it."""

    name = django_forms.CharField(max_length=1000)
    size = django_forms.IntegerField(min_value=0)
    sha256 = django_forms.RegexField("^[0-9a-f]{64}$", required=False)
    section = django_forms.UUIDField(required=False)

    def clean(self) -> dict[str, Any]:
        """Whether a file of that size may be sent at all."""
        said: dict[str, Any] = super().clean() or {}
        if {"name", "size"} <= set(said):
            forms.UploadField(label="File").must_fit(said["name"], said["size"])
        return said
