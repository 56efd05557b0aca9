"""Reporting a problem."""

from odifund.core import forms


class ProblemForm(forms.Form):
    """What went wrong, and how to reach whoever says so."""

    words = forms.LongTextField(
        label="What went wrong",
        what="what went wrong",
        characters=4000,
        rows=6,
        help_text="What you were doing, and what the page said. You need not say who you are.",
    )
    reach = forms.TextField(
        label="How we can reach you",
        what="how we can reach you",
        characters=254,
        required=False,
        help_text="A telephone number or an e-mail address.",
    )
