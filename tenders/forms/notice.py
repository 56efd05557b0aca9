"""Writing a notice."""

from odifund.core.forms import LongTextField, TextField
from tenders.forms.public_words import PublicWords


class NoticeForm(PublicWords):
    """What is announced to everybody."""

    title = TextField(label="Heading", characters=160, help_text="It is the subject of the e-mail, too.")
    text = LongTextField(label="The notice", characters=8000, rows=8)

    looks_through = ("title", "text")
