"""Writing a blog, and where else it was published."""

from odifund.core import forms


class Writing(forms.Form):
    """The draft; saving shows how it will look."""

    title = forms.TextField(label="Title", characters=160)
    summary = forms.TextField(
        label="Summary", help_text="One or two sentences, shown in the list of the blog.", characters=300
    )
    authors = forms.LongTextField(
        label="Authors",
        help_text="As they are to be named, one on a line.",
        characters=300,
        rows=3,
    )
    text = forms.MarkdownField(label="Text")


class Elsewhere(forms.Form):
    """Another place where the blog was published."""

    address = forms.WebAddressField(label="Address", what="the address")
    on = forms.DateField(label="Published there on", what="the date it was published there")
