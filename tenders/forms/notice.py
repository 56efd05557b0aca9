"""Writing a notice."""

from odifund.core.forms import Form, LongTextField, TextField


class NoticeForm(Form):
    """What is announced to everybody."""

    title = TextField(label="Heading", characters=160, help_text="It is the subject of the e-mail, too.")
    text = LongTextField(label="The notice", characters=8000, rows=8)
