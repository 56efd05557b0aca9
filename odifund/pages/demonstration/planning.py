"""Two rounds to come: one is left to the clock to publish, of the other only a part is written."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from odifund.pages.demonstration import content, placing
from odifund.pages.demonstration.parties import Parties
from odifund.pages.demonstration.placing import before
from odifund.pages.demonstration.rounds import Round
from odifund.pages.demonstration.stage import Scene, moment
from tenders.actions import criterion, section, tender
from tenders.models import Programme, Tender


def coming_round(parties: Parties, today: date) -> list[Scene]:
    """Written last week and proposed; the approver leaves its publication to the clock."""
    played = Round(parties, "coming", placing.coming_on(today))
    person = parties.person
    return [
        Scene(moment(before(today, 5), 10, 50), played.draft),
        Scene(
            moment(before(today, 3), 16, 10),
            lambda at: tender.propose_publishing(played.tender(), by=person("manager"), at=at),
        ),
        Scene(
            moment(before(today, 2), 9, 25),
            lambda at: tender.schedule(played.tender(), by=person("approver"), at=at),
        ),
    ]


def draft_round(parties: Parties, today: date) -> list[Scene]:
    """Begun the day before yesterday with an empty draft; some more was written yesterday."""
    words: dict[str, Any] = content.read("draft/round")

    def told(at: datetime) -> dict[str, Any]:
        return {"by": parties.person("manager"), "at": at}

    def found() -> Tender:
        return Tender.objects.get(reference=words["reference"])

    def begin(at: datetime) -> None:
        kept = {"reference": words["reference"], "title": words["title"]}
        made = tender.draft(Programme.objects.order_by("pk")[0], **kept, **told(at))
        about = {name: words[name].strip() for name in ("summary", "purpose")}
        tender.edit(made, "about", about, **told(at))

    def go_on(at: datetime) -> None:
        tender.edit(found(), "money", {"pot": Decimal(words["pot"])}, **told(at))
        for each in words["criteria"]:
            judged = criterion.Judged(each["title"], each["weight"], each["guidance"])
            made = criterion.add(found(), judged, **told(at))
            asked = section.Asked(each["title"], each["asks"], word_limit=each["words"], criterion=made)
            section.add(found(), asked, **told(at))

    return [Scene(moment(before(today, 2), 15, 30), begin), Scene(moment(before(today, 1), 11, 15), go_on)]
