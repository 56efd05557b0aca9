"""Ending a tender before its decision."""

from odifund.core.forms import LongTextField
from tenders.forms.public_words import PublicWords


class CancellationForm(PublicWords):
    """Why it ends."""

    reason = LongTextField(
        label="Why it ends",
        what="why it ends",
        characters=4000,
        rows=6,
        help_text="Everybody reads it: on the tender’s page, in the mail, in the feed.",
    )

    looks_through = ("reason",)
