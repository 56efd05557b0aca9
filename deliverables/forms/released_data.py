"""Data that was released, or the reason why none was."""

from deliverables.queries.library import DATA_LICENCES
from odifund.core import forms


class DataSet(forms.Form):
    """One data set."""

    title = forms.TextField(label="Title", characters=200)
    publisher = forms.TextField(label="Publisher", characters=200)
    address = forms.WebAddressField(label="Address", what="the address")
    licence = forms.SelectField(label="Licence", choices=[("", "Choose a licence"), *DATA_LICENCES])
    released_on = forms.DateField(label="Released on", what="the date it was released")
    refreshed = forms.TextField(
        label="How often it is refreshed",
        what="how often it is refreshed",
        help_text="For example “every hour” or “once a year”.",
        characters=120,
    )


class NoData(forms.Form):
    """No data was released."""

    because = forms.LongTextField(
        label="Why no data was released", what="why no data was released", characters=2000, rows=5
    )
