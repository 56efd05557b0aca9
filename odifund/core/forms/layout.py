"""Layout objects beside crispy's own: a group with a legend, fields side by side or under a choice.

crispy's own Fieldset reads its legend as a template, so a text that staff wrote would run; `Group`
only shows it.
"""

from typing import Any

from crispy_forms.layout import Div, Field, LayoutObject
from crispy_forms.utils import TEMPLATE_PACK, render_field
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString


class Group(LayoutObject):  # type: ignore[misc]
    """Fields under one legend."""

    def __init__(self, legend: str, *fields: object) -> None:
        self.legend, self.fields = legend, list(fields)

    def render(
        self, form: object, context: Context, template_pack: str = TEMPLATE_PACK, **more: Any
    ) -> SafeString:
        fields = self.get_rendered_fields(form, context, template_pack, **more)
        words = {"fieldset": {"css_class": "of-group"}, "legend": str(self.legend), "fields": fields}
        return render_to_string(f"{template_pack}/layout/fieldset.html", words)


class Side(Div):  # type: ignore[misc]
    """Short fields beside each other, such as days and day rate; below each other where there is no room."""

    css_class = "of-side"


class Question(Field):  # type: ignore[misc]
    """A field whose label has a size (s, m, l or xl), is the page’s heading or repeats it unseen."""

    def __init__(self, name: str, size: str = "m", *, heading: bool = False, unseen: bool = False) -> None:
        self.said = {"label_size": size, "label_heading": heading, "label_hidden": unseen}
        super().__init__(name)

    def render(
        self, form: object, context: Context, template_pack: str = TEMPLATE_PACK, **more: Any
    ) -> SafeString:
        rendered: SafeString = super().render(
            form, context, template_pack, extra_context=dict(self.said), **more
        )
        return rendered


class Reveal(Field):  # type: ignore[misc]
    """Radios whose choices have fields of their own: each stands under its choice, seen once that is chosen.

    Without scripts all of them are seen, and the form has to do with whatever was typed.
    """

    def __init__(self, name: str, **under: str) -> None:
        self.under = under
        super().__init__(name)

    def render(
        self, form: object, context: Context, template_pack: str = TEMPLATE_PACK, **more: Any
    ) -> SafeString:
        drawn = {
            value: render_field(name, form, context, template_pack=template_pack)
            for value, name in self.under.items()
        }
        rendered: SafeString = super().render(
            form, context, template_pack, extra_context={"revealed": drawn}, **more
        )
        return rendered
