"""A payment that the bank has made."""

from odifund.core import forms


class Paid(forms.Form):
    """When, and under which reference."""

    paid_on = forms.DateField(label="Paid on", what="the date it was paid")
    bank_reference = forms.TextField(
        label="The bank’s reference", what="the bank’s reference", characters=60, width=20
    )
