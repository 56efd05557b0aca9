"""Watching with an address alone."""

from odifund.core.forms import EmailField, Form


class AddressForm(Form):
    """Where to write to."""

    email = EmailField(label="E-mail address", what="your e-mail address")
