"""The portal's addresses and one more: every part of the look on one page, for the browser's tests."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace as Thing

from django.http import HttpResponse
from django.template import engines
from django.urls import include, path

from odifund.core import forms
from odifund.core.drawing.bars import Member
from odifund.core.drawing.timeline import Point
from odifund.core.forms import sniffing
from odifund.core.models import StoredFile
from odifund.core.wording import LONDON

LEVELS = [
    (0, "No answer", "Nothing in the proposal addresses this."),
    (1, "Poor", "Mentions it, with no evidence."),
    (2, "Weak", "Some evidence; large parts missing."),
    (3, "Adequate", "Answers it; some parts thin."),
    (4, "Good", "Convincing, with small gaps."),
    (5, "Excellent", "Convincing throughout, and others could copy it."),
]
MODELS = [
    forms.choice("inform", "More information for citizens"),
    forms.choice("others", "Others deliver part of the service", "A charity or a company, on your data"),
]


class EveryField(forms.Form):
    """One of each."""

    title = forms.TextField(label="Title", characters=80, help_text="People will find the proposal by it.")
    email = forms.EmailField(label="E-mail address")
    page = forms.WebAddressField(label="Where the data are", required=False)
    rate = forms.MoneyField(label="Day rate", maximum=5000)
    days = forms.DaysField(label="Days")
    places = forms.WholeNumberField(label="Awards", minimum=1, suffix="contracts")
    due = forms.DateField(label="Due date", help_text="For example, 22 9 2017")
    closes = forms.MomentField(label="When proposals close", help_text="For example, 22 9 2017, 5pm")
    model = forms.ChoiceField(label="Model of delivery", choices=MODELS)
    yes = forms.ChoiceField(label="Step-free access", inline=True, choices=[("y", "Yes"), ("n", "No")])
    services = forms.ChoicesField(label="Services", choices=[("h", "Housing"), ("w", "Waste and streets")])
    kind = forms.SelectField(
        label="Kind of cost", choices=[("", "Choose a kind"), ("s", "Staff"), ("e", "Expenses")]
    )
    agreed = forms.TickField(label="We have read the terms", what="Tick that you have read the terms")
    score = forms.ScoreField(label="My score", levels=LEVELS)
    answer = forms.LongTextField(
        label="Need and users", words=50, help_text="Who is affected, and how you know."
    )
    body = forms.MarkdownField(label="Text", rows=4)
    file = forms.UploadField(label="Attachment", kinds=(sniffing.PDF, sniffing.WORD))

    def layout(self):
        names = list(self.fields)
        names[names.index("rate") : names.index("days") + 1] = [forms.Side("rate", "days")]
        names[0] = forms.Question("title", "m")
        return forms.Group("A group of fields", *names)


class Boxes(forms.Form):
    """The two texts that staff write about a proposal."""

    reason = forms.LongTextField(
        label="Reason: the bidder will read this", rows=5, help_text="Say what led to the score."
    )
    note = forms.LongTextField(label="Note: only the panel and the auditor", rows=2, required=False)


def at(year, month, day, hour=0, minute=0, second=0):
    return datetime(year, month, day, hour, minute, second, tzinfo=LONDON)


POINTS = [
    Point(at(2017, 8, 17), "Published", ours=True),
    Point(at(2017, 9, 1, 17), "Questions in"),
    Point(at(2017, 9, 15, 17), "Answers out", ours=True),
    Point(at(2017, 9, 22, 17), "Proposals close", timed=True),
    Point(at(2017, 9, 28), "Decision", ours=True),
    Point(at(2017, 10, 2), "Contracts; work starts", ours=True),
    Point(at(2017, 10, 10), "Kick-off workshop"),
    Point(at(2017, 10, 16), "Set-up blog"),
    Point(at(2017, 12, 11), "Halfway; half is paid"),
    Point(at(2018, 2, 15, 17), "Final work"),
]
MEMBERS = [
    Member("Exampleshire County Council", (("Staff", Decimal(8490)), ("Expenses", Decimal(640)))),
    Member("Pattern & Post", (("Staff", Decimal(13250)), ("Expenses", Decimal(720)))),
    Member("Cogwheel Digital Co-operative", (("Staff", Decimal(16920)), ("Subcontract", Decimal(2400)))),
]
AWARDS = [("Repairs people can see", Decimal("45370.50")), ("Let the charity answer", Decimal(52000))]
RUTH = Thing(pk=1)


def parts():
    """What the page shows, as views would bring it."""
    return {
        "at": at(2017, 9, 18, 11, 2),
        "since": at(2017, 8, 17),
        "closes": at(2017, 9, 22, 17),
        "points": POINTS,
        "members": MEMBERS,
        "ceiling": Decimal(53333),
        "pot": Decimal(160000),
        "awards": AWARDS,
        "marks": ["done"] * 11 + ["now"] + ["open"] * 7 + ["blocked"] + ["open"] * 18,
        "scores": [3, 4, 4],
        "person": RUTH,
        "move": Thing(proposed_by="Tomasz Reid", proposed_by_id=2, proposed_at=at(2017, 9, 18, 10, 40)),
        "boxes": Boxes(),
        "crumbs": [("Tenders", "#tenders"), ("SF1", "#sf1")],
        "facts": [
            Thing(
                figure="4 days", words="left. Proposals close at 5pm on Friday 22 September 2017", now=True
            ),
            Thing(figure="£160,000", words="shared by 3 to 5 consortia"),
            Thing(figure="£53,333", words="highest price of one proposal, without VAT"),
        ],
        "tasks": [
            Thing(title="Eligibility", url="#e", status="Completed"),
            Thing(title="Costs", url="#c", status="Your turn", kind="live", hint="£45,370.50"),
            Thing(title="Approach and team", url="#a", status="In progress", kind="part"),
            Thing(title="Check and submit", status="Cannot start yet", kind="quiet", hint="Opens later"),
        ],
        "items": [
            Thing(title="Confirm the opening", url="#o", hint="SF1", due=at(2017, 9, 18, 17), now=True),
            Thing(title="Halfway review", url="#h", hint="Pattern & Post", due=at(2017, 9, 15, 17)),
            Thing(title="Read the new answer", url="#r", when="New today"),
        ],
        "rows": [
            Thing(key="Tender", value="SF1, Stimulus fund for service redesign", url="#t"),
            Thing(key="Price", value="£45,370.50 without VAT"),
        ],
        "next": ["This receipt is in the mail to all seven named people.", "You can change the proposal."],
        "notices": [
            Thing(
                at=at(2017, 9, 6),
                where="What winners owe",
                before="two patterns",
                after="two patterns or tools",
            ),
            Thing(at=at(2017, 8, 22), title="Notice", text="The workshop has step-free access."),
        ],
        "file": StoredFile(name="data-protection-note.pdf", size=98304, scan=StoredFile.Scan.CLEAN),
        "prose": "# What we did\n\nWe *asked* [tenants](https://example.org).\n\n## Then\n\n* one\n* two",
    }


def style(request):
    """GET shows everything; POST shows every field with its refusal."""
    form = EveryField(request.POST, request.FILES) if request.method == "POST" else EveryField()
    template = engines["django"].from_string(Path(__file__).with_name("style.html").read_text())
    return HttpResponse(template.render({**parts(), "form": form}, request))


urlpatterns = [path("style/", style), path("", include("odifund.urls"))]
