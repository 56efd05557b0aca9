"""The stimulus fund template: the invitation of 2017 as data, dated from any day of publication.

Facts are those of the ODI's notice of 17 August 2017. Where that was silent the value is the
portal's own, and `ASSUMPTIONS` names it, so that pages can say so. The criteria are ours too.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from odifund.core import calendar
from odifund.core.wording import LONDON

FIVE = time(17)
DAYS_WITH_ALL_ANSWERS = 6
TITLE = "Stimulus fund for service redesign"

ABOUT = {
    "summary": (
        "Up to £160,000 for three to five consortia who prototype a public service that runs on open data,"
        " and share how they did it."
    ),
    "purpose": (
        "We want to learn, together with the public sector, how services are delivered with data. The fund"
        " pays consortia to prototype one such service each, instead of only describing it.\n\n"
        "Each prototype should lead to more open data that public services can rely on. From what the"
        " consortia learn we build design patterns and learning materials that other public bodies can"
        " reuse.\n\n"
        "The fund is one project of a wider programme of research and development, which also studies what"
        " is known already and makes a first version of the learning materials. We guide, review and help"
        " throughout."
    ),
    "who_may_bid": (
        "Consortia of public sector organisations, service design agencies and digital agencies. Local"
        " authorities above all."
    ),
}

MONEY: dict[str, object] = {
    "pot": Decimal("160000.00"),
    "highest_price": Decimal("53333.00"),
    "awards_least": 3,
    "awards_most": 5,
    "money_note": (
        "We pay the lead organisation alone: half of the agreed price at the halfway point, and half when"
        " the work is complete and all our comments have been answered. The lead pays its partners."
    ),
}

WHO = {"organisations_least": 2, "needs_uk_public_sector": True}

ASSUMPTIONS = (
    "times",
    "answers_due_at",
    "starts_on",
    "highest_price",
    "without_vat",
    "paid_to_lead",
    "organisations_least",
    "criteria",
    "owed.workshop",
    "owed.blog",
    "owed.halfway",
    "owed.report",
    "owed.pattern",
    "owed.data",
)


@dataclass(frozen=True)
class TemplateCriterion:
    """A criterion and the section that answers it."""

    title: str
    weight: int
    guidance: str
    asks: str
    words: int
    kind: str = "quality"


CRITERIA = (
    TemplateCriterion(
        "Need and users",
        25,
        "Who is affected, how you know, and what would change for them",
        "Say who uses the service today and what goes wrong for them. Tell us how you know: research,"
        " figures, what people said. Say what would be different for them afterwards.",
        750,
    ),
    TemplateCriterion(
        "Open data",
        25,
        "What you would release, under which licence, and how it stays fresh",
        "Name each set of data you would release, who publishes it, its licence and how often it is"
        " refreshed. Say how you deal with personal data, and who keeps the data going afterwards.",
        600,
    ),
    TemplateCriterion(
        "Approach and team",
        20,
        "A plan that fits the time, and people who can carry it out",
        "Say what you would do and in which order, when people first try the prototype, and who does what"
        " in each organisation. Name the biggest risk and what you would do about it.",
        900,
    ),
    TemplateCriterion(
        "Use by others",
        20,
        "How another council could take up your patterns without you",
        "Describe the patterns, artefacts or tools you would leave behind, and who could use them on the"
        " first day. Say who has agreed to try your drafts.",
        600,
    ),
    TemplateCriterion(
        "Value for money",
        10,
        "What each part costs and why that is worth it",
        "Your cost lines give the figures. Say here why the money is spent where it is, and what you would"
        " leave out first.",
        400,
        kind="value",
    ),
)

SCALE = (
    ("No answer", "Nothing in the proposal addresses this."),
    ("Poor", "Mentions it, with no evidence."),
    ("Weak", "Some evidence; large parts missing."),
    ("Adequate", "Answers it; some parts thin."),
    ("Good", "Convincing, with small gaps."),
    ("Excellent", "Convincing throughout, and others could copy it."),
)
"""What the scores 0 to 5 mean, from 0 up."""


@dataclass(frozen=True)
class TemplateOwed:
    """A deliverable each contract owes."""

    kind: str
    title: str
    guidance: str
    at_least: int = 1
    payment_percent: int = 0


OWED = (
    TemplateOwed(
        "workshop",
        "Kick-off workshop",
        "A full day in London. Each consortium’s lead comes, outlines its plan and hears the others.",
    ),
    TemplateOwed(
        "blog",
        "Set-up blog",
        "What you plan to do, in your own words, for readers who have not heard of the fund. We publish it.",
    ),
    TemplateOwed(
        "halfway",
        "Halfway review",
        "Where the prototype stands, what you learned so far, and what you changed.",
        payment_percent=50,
    ),
    TemplateOwed(
        "report",
        "Report",
        "The processes and approaches you developed, the prototype and who tried it, what worked, what did"
        " not, and the lessons.",
        payment_percent=50,
    ),
    TemplateOwed(
        "pattern",
        "At least two design patterns, artefacts or learning tools",
        "Openly licensed, and written so that another public body can use them for similar work.",
        at_least=2,
    ),
    TemplateOwed(
        "data",
        "Released data",
        "Each data set you released: where it is, its licence and how often it is refreshed. If there is"
        " none, say why.",
    ),
)


def dates(publish_on: date) -> dict[str, date | datetime]:
    """The tender's own dates, with the distances of 2017 and moved on to working days."""
    answers = _later(publish_on, 29)
    closes = max(_later(publish_on, 36), _later(answers, DAYS_WITH_ALL_ANSWERS))
    decision = calendar.working_days_after(closes, 4)
    contracts = calendar.working_days_after(decision, 2)
    return {
        "publish_on": publish_on,
        "questions_close_at": _five(_later(publish_on, 15)),
        "answers_due_at": _five(answers),
        "proposals_close_at": _five(closes),
        "decision_on": decision,
        "contracts_on": contracts,
        "starts_on": contracts,
    }


def due(starts_on: date) -> dict[str, datetime]:
    """When each deliverable is due, by kind: counted from the start of the programme."""
    days = {"workshop": 8, "blog": 14, "halfway": 70, "report": 136, "pattern": 136, "data": 136}
    return {kind: _five(_later(starts_on, count)) for kind, count in days.items()}


def _later(day: date, days: int) -> date:
    return calendar.on_or_after(day + timedelta(days=days))


def _five(day: date) -> datetime:
    return datetime.combine(day, FIVE, LONDON)
