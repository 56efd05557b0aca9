"""What every app's forms are made of: a base form, fields that know how people write, and a layout.

A form here cleans and lays out, and never saves. Each field says in a sentence how to put right
what is wrong, and what was typed stays on the page.
"""

from odifund.core.forms.base import Form
from odifund.core.forms.choices import ChoiceField, ChoicesField, ScoreField, SelectField, TickField, choice
from odifund.core.forms.dates import DateField, MomentField
from odifund.core.forms.layout import Group, Question, Reveal, Side
from odifund.core.forms.numbers import DaysField, MoneyField, PercentField, WholeNumberField
from odifund.core.forms.texts import EmailField, LongTextField, MarkdownField, TextField, WebAddressField
from odifund.core.forms.uploads import UploadField, UploadsField

__all__ = [
    "ChoiceField",
    "ChoicesField",
    "DateField",
    "DaysField",
    "EmailField",
    "Form",
    "Group",
    "LongTextField",
    "MarkdownField",
    "MomentField",
    "MoneyField",
    "PercentField",
    "Question",
    "Reveal",
    "ScoreField",
    "SelectField",
    "Side",
    "TextField",
    "TickField",
    "UploadField",
    "UploadsField",
    "WebAddressField",
    "WholeNumberField",
    "choice",
]
