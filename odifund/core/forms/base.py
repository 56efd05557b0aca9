"""The form that all forms are: laid out by crispy, without the browser's own checks, which say less."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms


class Form(forms.Form):
    """Fields in their order, unless `layout` says otherwise. The page brings the form tag and the buttons."""

    use_required_attribute = False
    says_optional = True  # a form of filters says it of none

    def layout(self) -> Layout:
        """Which fields, groups and rows in which order."""
        return Layout(*(name for name, field in self.fields.items() if not field.widget.is_hidden))

    @property
    def helper(self) -> FormHelper:
        """How `{% crispy form %}` draws this form."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.render_hidden_fields = True
        helper.layout = self.layout()
        return helper
