"""The rehearsal: a short tender that is open for two months, for bidders to try their upload on."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from odifund.core import calendar
from odifund.pages.demonstration import content
from odifund.pages.demonstration.parties import Parties
from odifund.pages.demonstration.placing import before
from odifund.pages.demonstration.stage import Scene, moment
from tenders.actions import criterion, owed, section, tender
from tenders.models import Programme, Section, Tender
from tenders.stimulus_fund import SCALE

OPEN_FOR = timedelta(days=60)
DAYS_AFTER = {"decision_on": 7, "contracts_on": 14, "starts_on": 14}
DELIVERED = timedelta(days=28)


def rehearsal(parties: Parties, today: date) -> list[Scene]:
    """Written and proposed two working days ago, confirmed on the last one."""
    words, written = content.read("rehearsal/round"), before(today, 2)
    manager, approver = partial(parties.person, "manager"), partial(parties.person, "approver")

    def found() -> Tender:
        return Tender.objects.get(reference=words["reference"])

    return [
        Scene(moment(written, 11), lambda at: _write(words, parties, today, at)),
        Scene(moment(written, 11, 40), lambda at: tender.propose_publishing(found(), by=manager(), at=at)),
        Scene(moment(before(today, 1), 9, 50), lambda at: tender.publish(found(), by=approver(), at=at)),
    ]


def _write(words: dict[str, Any], parties: Parties, today: date, at: datetime) -> None:
    """Every part of it, as small as it may be."""
    told: dict[str, Any] = {"by": parties.person("manager"), "at": at}
    kept = {"reference": words["reference"], "title": words["title"], "rehearses": True}
    made = tender.draft(Programme.objects.order_by("pk")[0], **kept, **told)
    closes = calendar.on_or_after(today + OPEN_FOR)
    for part, values in _parts(words, today, closes).items():
        tender.edit(made, part, values, **told)
    judged = criterion.Judged(words["criterion"]["title"], 100, words["criterion"]["guidance"])
    criterion.add(made, judged, **told)
    criterion.set_scale(made, dict(enumerate(SCALE)), **told)
    text, files = words["text"], words["files"]
    asked = section.Asked(text["title"], text["guidance"], word_limit=text["words"])
    section.add(made, asked, **told)
    section.add(made, section.Asked(files["title"], files["guidance"], kind=Section.Kind.FILES), **told)
    due_at = moment(calendar.on_or_after(closes + DELIVERED), 17)
    owed.add(made, kind="report", payment_percent=100, due_at=due_at, **words["owed"], **told)


def _parts(words: dict[str, Any], today: date, closes: date) -> dict[str, dict[str, object]]:
    """What is edited together, by part."""
    asked, answered = (calendar.on_or_after(closes - timedelta(days=days)) for days in (21, 14))
    price = Decimal(words["highest_price"])
    return {
        "about": {name: words[name].strip() for name in ("summary", "purpose")},
        "money": {
            "pot": price,
            "highest_price": price,
            "awards_least": 1,
            "awards_most": 1,
            "money_note": words["money_note"],
        },
        "timetable": {
            "publish_on": before(today, 1),
            "questions_close_at": moment(asked, 17),
            "answers_due_at": moment(answered, 17),
            "proposals_close_at": moment(closes, 17),
            **{
                name: calendar.on_or_after(closes + timedelta(days=days)) for name, days in DAYS_AFTER.items()
            },
        },
        "who": {
            "who_may_bid": words["who_may_bid"],
            "organisations_least": 1,
            "needs_uk_public_sector": False,
        },
        "panel": {"evaluators_least": 1},
    }
