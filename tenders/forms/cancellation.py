"""Ending a tender before its decision."""

from odifund.core.forms import Form, LongTextField


class CancellationForm(Form):
    """Why it ends."""

    reason = LongTextField(
        label="Why it ends",
        what="why it ends",
        characters=4000,
        rows=6,
        help_text="Everybody reads it: on the tender’s page, in the mail, in the feed.",
    )
