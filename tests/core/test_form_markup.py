"""The form templates give the markup of govuk-frontend's own examples, with everything escaped."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from crispy_forms.layout import Layout
from crispy_forms.utils import render_crispy_form
from django.template.loader import render_to_string

from odifund.core import forms
from odifund.core.forms.problems import Problem, problems_of
from odifund.core.forms.widgets import TextWidget

EXAMPLES = json.loads(Path(__file__).with_name("govuk_fixtures.json").read_text())
VOID = {"input", "br", "meta", "link"}
# What says the same in another way, or what a form brings that an example leaves out.
IGNORED = {"aria-invalid", "name", "value", "rows", "spellcheck", "autocomplete", "checked", "selected"}


class Outline(HTMLParser):
    """Elements with their attributes and words; ids become the order in which they appear."""

    def __init__(self):
        super().__init__()
        self.lines, self.depth, self.ids = [], 0, {}

    def known(self, value):
        return " ".join(str(self.ids.setdefault(part, len(self.ids))) for part in value.split())

    def handle_starttag(self, tag, attrs):
        said = {}
        for name, value in attrs:
            if name in {"id", "for", "aria-describedby"}:
                said[name] = self.known(value)
            elif name == "href":
                said[name] = "#" + self.known(value.removeprefix("#"))
            elif name == "class":
                said[name] = " ".join(sorted(value.split()))
            elif name not in IGNORED:
                said[name] = value
        self.lines.append((self.depth, tag, tuple(sorted(said.items()))))
        self.depth += tag not in VOID

    def handle_endtag(self, tag):
        self.depth -= tag not in VOID

    def handle_data(self, data):
        if data.strip():
            self.lines.append((self.depth, " ".join(data.split())))


def outline(html):
    parser = Outline()
    parser.feed(html)
    return parser.lines


def rendered(field, *, data=None, files=None, layout=None):
    """A form with this one field, laid out by crispy."""

    class One(forms.Form):
        f = field

        def layout(self):
            return layout or super().layout()

    form = One(data, files) if data is not None else One()
    return render_crispy_form(form)


def refused(field, message):
    """The field, sent with nothing, and its message as in the example."""
    field.required = True
    field.error_messages["required"] = message
    return rendered(field, data={})


def picks(*labels):
    return [
        forms.choice(str(i), *(label if isinstance(label, tuple) else (label,)))
        for i, label in enumerate(labels)
    ]


def text_of(html, of):
    return " ".join(re.search(rf"<{of}[^>]*>\s*(?:<h1[^>]*>)?([^<]+)", html)[1].split())


def hints(html):
    return [" ".join(hint.split()) for hint in re.findall(r'class="govuk-hint[^"]*">([^<]+)<', html)]


PREFIXED = TextWidget()
PREFIXED.prefix = "£"
ID_HINT = (
    "It’s on your National Insurance card, benefit letter, payslip or P60. For example, ‘QQ 12 34 56 C’."
)
PRIVATE = (
    "Don't include personal or financial information, "
    "eg your National Insurance number or credit card details."
)
VERIFY = (
    "You’ll have an account if you’ve already proved your identity with either Barclays, CitizenSafe, "
    "Digidentity, Experian, Post Office, Royal Mail or SecureIdentity."
)
SIGN_IN = (
    (
        "Sign in with Government Gateway",
        "You’ll have a user ID if you’ve registered for Self Assessment or filed a tax return online before.",
    ),
    ("Sign in with GOV.UK Verify", VERIFY),
)
WASTE_HINT = "Nullam id dolor id nibh ultricies vehicula ut id elit."
BIRTH = {"label": "What is your date of birth?", "help_text": "For example, 31 3 1980"}

CASES = {
    ("input", "default"): lambda: rendered(forms.TextField(label="National Insurance number")),
    ("input", "with hint text"): lambda: rendered(
        forms.TextField(label="National insurance number", help_text=ID_HINT)
    ),
    ("input", "with error and hint"): lambda: refused(
        forms.TextField(label="National insurance number", help_text=ID_HINT),
        "Enter a National Insurance number in the correct format",
    ),
    ("input", "with prefix"): lambda: rendered(forms.TextField(label="Amount, in pounds", widget=PREFIXED)),
    ("input", "with label as page heading"): lambda: rendered(
        forms.TextField(label="National Insurance number"), layout=forms.Question("f", "l", heading=True)
    ),
    ("textarea", "default"): lambda: rendered(forms.LongTextField(label="Can you provide more detail?")),
    ("textarea", "with hint"): lambda: rendered(
        forms.LongTextField(label="Can you provide more detail?", help_text=PRIVATE)
    ),
    ("textarea", "with error message"): lambda: refused(
        forms.LongTextField(label="Why can’t you provide a National Insurance number?"),
        "You must provide an explanation",
    ),
    ("character-count", "with count type 'words'"): lambda: rendered(
        forms.LongTextField(label="Enter a job description", words=50)
    ),
    ("character-count", "with hint and error"): lambda: refused(
        forms.LongTextField(label="Can you provide more detail?", help_text=PRIVATE, characters=10),
        "Please provide more detail",
    ),
    ("radios", "default"): lambda: rendered(
        forms.ChoiceField(label="Have you changed your name?", choices=picks("Yes", "No"))
    ),
    ("radios", "with fieldset and error message"): lambda: refused(
        forms.ChoiceField(label="Have you changed your name?", choices=picks("Yes", "No")),
        "Please select an option",
    ),
    ("radios", "with hints on items"): lambda: rendered(
        forms.ChoiceField(label="How do you want to sign in?", choices=picks(*SIGN_IN)),
        layout=forms.Question("f", "l", heading=True),
    ),
    ("checkboxes", "default"): lambda: rendered(
        forms.ChoicesField(
            label="What is your nationality?", choices=picks("British", "Irish", "Citizen of another country")
        )
    ),
    ("checkboxes", "with error message"): lambda: refused(
        forms.ChoicesField(
            label="Which types of waste do you transport regularly?",
            choices=picks(
                ("Waste from animal carcasses", WASTE_HINT),
                ("Waste from mines or quarries", WASTE_HINT),
                ("Farm or agricultural waste", WASTE_HINT),
            ),
        ),
        "Please select an option",
    ),
    ("select", "with hint text and error message"): lambda: refused(
        forms.SelectField(
            label="Label text goes here",
            help_text="Hint text goes here",
            choices=picks(*(f"GOV.UK frontend option {i}" for i in (1, 2, 3))),
        ),
        "Error message goes here",
    ),
    ("date-input", "default"): lambda: rendered(forms.DateField(**BIRTH)),
    ("date-input", "with error message and hint"): lambda: refused(
        forms.DateField(**BIRTH), "Error message goes here"
    ),
}


@pytest.mark.parametrize("case", CASES, ids=" ".join)
def test_a_field_has_the_markup_of_the_example(case):
    component, name = case
    assert outline(CASES[case]()) == outline(EXAMPLES[component][name])


def test_fields_stand_under_the_choice_that_needs_them_and_are_hidden_only_where_scripts_run():
    class Asked(forms.Form):
        by = forms.ChoiceField(label="How?", choices=picks("Email", "Post"))
        street = forms.TextField(label="Street")

        def layout(self):
            return Layout(forms.Reveal("by", **{"1": "street"}))

    def conditional(form):
        html = " ".join(render_crispy_form(form).split())
        assert html.count('name="street"') == 1
        assert html.count("govuk-radios__conditional") == 1
        assert "aria-expanded" not in html
        assert "aria-controls" not in html
        return (
            html.index('id="id_by_1"') < html.index("govuk-radios__conditional") < html.index('name="street"')
        )

    assert all(conditional(form) for form in (Asked(), Asked(initial={"by": "1"}), Asked({"by": "1"})))


def test_a_file_field_has_the_markup_of_the_example_and_says_its_limit_first():
    field = forms.UploadField(label="Upload a file")
    field.help_text = (
        "Your photo may be in your Pictures, Photos, Downloads or Desktop folder. Or in an app like iPhoto."
    )
    html = refused(field, "Error message goes here")
    assert outline(html) == outline(EXAMPLES["file-upload"]["with error message and hint"])


def test_only_the_wrong_box_of_a_date_is_marked():
    html = rendered(forms.DateField(**BIRTH), data={"f_day": "31", "f_month": "2", "f_year": "2017"})
    ours = [line for line in outline(html) if line[1] == "input"]
    theirs = [
        line for line in outline(EXAMPLES["date-input"]["with error on day input"]) if line[1] == "input"
    ]
    assert ours == theirs


@pytest.mark.parametrize("name", ["default", "mixed with and without links"])
def test_the_summary_has_the_markup_of_the_example(name):
    example = EXAMPLES["error-summary"][name]
    items = re.findall(r'<li>\s*(?:<a href="#([^"]+)">)?([^<]+)', example)
    problems = [Problem(" ".join(words.split()), target) for target, words in items]
    html = render_to_string("components/error_summary.html", {"problems": problems})
    assert outline(html) == outline(example)


def test_the_button_has_the_markup_of_the_example():
    html = render_to_string("components/actions.html", {"button": "Submit"})
    button = [line[1:] for line in outline(html) if line[0] > 0]
    assert button == [line[1:] for line in outline(EXAMPLES["button"]["prevent double click"])]


EVIL = "<script>alert('x')</script>{{ settings.SECRET_KEY }}{% now 'Y' %}"


def test_words_that_staff_write_never_run():
    class Staff(forms.Form):
        line = forms.TextField(label=EVIL, help_text=EVIL)
        text = forms.LongTextField(label=EVIL, help_text=EVIL, words=5)
        one = forms.ChoiceField(label=EVIL, help_text=EVIL, choices=[forms.choice("a", EVIL, EVIL)])
        some = forms.ChoicesField(label=EVIL, help_text=EVIL, choices=[forms.choice(EVIL, EVIL, EVIL)])
        kind = forms.SelectField(label=EVIL, help_text=EVIL, choices=[("", EVIL)])
        tick = forms.TickField(label=EVIL, help_text=EVIL)
        day = forms.DateField(label=EVIL, help_text=EVIL)
        score = forms.ScoreField(label=EVIL, help_text=EVIL, levels=[(0, EVIL, EVIL)])
        file = forms.UploadField(label=EVIL, help_text=EVIL)

        def layout(self):
            return forms.Group(EVIL, *self.fields)

    sent = Staff(dict.fromkeys(("line", "one", "day_day", "day_month", "day_year"), EVIL))
    for form in (Staff(), sent):
        html = render_crispy_form(form)
        assert "<script" not in html
        assert html.count("&lt;script&gt;") >= 20
        assert html.count("{{ settings.SECRET_KEY }}") >= 20
    summary = render_to_string("components/error_summary.html", {"problems": problems_of(sent)})
    assert "<script" not in summary


def test_nothing_that_is_typed_is_cut_by_the_browser():
    html = rendered(forms.TextField(label="Title", characters=10)) + rendered(
        forms.LongTextField(label="Text", characters=10)
    )
    assert "maxlength=" not in html.replace("data-maxlength", "")


def test_what_was_typed_stays_in_the_field():
    html = rendered(forms.MoneyField(label="Day rate"), data={"f": "12,00.5"})
    assert 'value="12,00.5"' in html
    html = rendered(
        forms.MomentField(label="Due"), data={"f_day": "31", "f_month": "2", "f_year": "x", "f_time": "?"}
    )
    assert all(f'value="{typed}"' in html for typed in ("31", "2", "x", "?"))


def test_what_need_not_be_filled_says_so_unless_the_form_is_a_filter():
    assert "Place (optional)" in rendered(forms.TextField(label="Place", required=False))

    class Filter(forms.Form):
        says_optional = False
        place = forms.TextField(label="Place", required=False)

    assert "optional" not in render_crispy_form(Filter())


def test_the_links_of_the_summary_lead_to_inputs_that_are_there():
    class All(forms.Form):
        line = forms.TextField(label="Line")
        one = forms.ChoiceField(label="One", choices=picks("a", "b"))
        some = forms.ChoicesField(label="Some", choices=picks("a", "b"))
        score = forms.ScoreField(label="Score", levels=[(0, "None", ""), (1, "Some", "")])
        day = forms.DateField(label="Day")
        closes = forms.MomentField(label="Close")
        tick = forms.TickField(label="Yes")
        file = forms.UploadField(label="File")

    form = All({"closes_day": "1", "closes_month": "9", "closes_year": "2017", "closes_time": "late"})
    html = render_crispy_form(form)
    targets = [problem.target for problem in problems_of(form)]
    assert len(targets) == 8
    for target in targets:
        assert re.search(rf'<(input|select|textarea)[^>]*\sid="{target}"', html), target
    assert "id_closes_time" in targets
    assert "id_one_0" in targets
