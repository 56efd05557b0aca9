"""The four rounds that count, complete, in delivery, being scored, open: each as scenes before today."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from deliverables.queries.reminders import AFTER, BEFORE
from odifund.core import clock, reminders
from odifund.pages.demonstration import content, placing
from odifund.pages.demonstration.bidding import Bid
from odifund.pages.demonstration.delivering import Work
from odifund.pages.demonstration.minding import Desk
from odifund.pages.demonstration.panelling import Panel
from odifund.pages.demonstration.parties import Parties
from odifund.pages.demonstration.placing import Days, after, before
from odifund.pages.demonstration.stage import Act, Scene, moment
from tenders.actions import answer as answers
from tenders.actions import (
    contract,
    document,
    owed,
    programme,
    question,
    tender,
    watch,
)
from tenders.models import Programme, Tender
from tenders.queries.watch import REMIND_BEFORE
from tenders.reminders import THREE_HOURS, TWO_DAYS
from tenders.tasks import close_tenders

PROGRAMME = "Open data in service delivery"
PURPOSE = (
    "Research and development on how public services can be delivered with open data. The programme studies"
    " what is known, pays consortia to try it, and collects what they learn as patterns that others reuse."
)


class Round:
    """One tender and all that happens in it until proposals close."""

    def __init__(self, parties: Parties, name: str, days: Days) -> None:
        self.parties = parties
        self.words: dict[str, Any] = content.read(f"{name}/round")
        self.reference: str = self.words["reference"]
        self.days = days
        self.bids = {
            key: Bid(parties, self.reference, content.read(f"{name}/{key}"))
            for key in self.words["proposals"]
        }

    @cached_property
    def panel(self) -> Panel:
        """Who opens, scores and decides it."""
        return Panel(self.parties, self.words, list(self.bids.values()))

    @cached_property
    def desk(self) -> Desk:
        """Who minds it while it is open."""
        return Desk(self.parties, self.words)

    def tender(self) -> Tender:
        """The tender as it is now."""
        return Tender.objects.get(reference=self.reference)

    def work(self, key: str) -> Work:
        """What the consortium of a proposal does when it is awarded."""
        return Work(self.parties, self.bids[key])

    def publishing_scenes(self) -> list[Scene]:
        """The manager writes it from the template and proposes; the approver confirms on the day."""
        person, day = self.parties.person, before(self.days.publish_on, 4)
        return [
            Scene(moment(day, 10), self.draft),
            Scene(
                moment(day, 16, 30),
                lambda at: tender.propose_publishing(self.tender(), by=person("manager"), at=at),
            ),
            Scene(
                moment(self.days.publish_on, 9),
                lambda at: tender.publish(self.tender(), by=person("approver"), at=at),
            ),
            Scene(moment(self.days.publish_on, 12, 30), self.watched),
        ]

    def draft(self, at: datetime) -> None:
        """The template, with this round's own words, money and dates."""
        by, words = self.parties.person("manager"), self.words
        found = Programme.objects.first() or programme.add(title=PROGRAMME, purpose=PURPOSE, by=by, at=at)
        made = tender.draft_from_template(
            found, reference=self.reference, publish_on=self.days.publish_on, by=by, at=at
        )
        about = {key: words[key].strip() for key in ("title", "summary", "purpose")}
        money = {key: Decimal(words[key]) for key in ("pot", "highest_price")}
        tender.edit(made, "about", about, by=by, at=at)
        tender.edit(made, "money", money, by=by, at=at)
        if least := words.get("evaluators_least"):
            tender.edit(made, "panel", {"evaluators_least": least}, by=by, at=at)
        if "scoring_days" in words:
            names = ("decision_on", "contracts_on", "starts_on")
            own = {name: self.days.moments[name] for name in names}
            tender.edit(made, "timetable", own, by=by, at=at)
        for each in words.get("documents", ()):
            facts = document.Facts(each["kind"], each["title"], is_accessible=True)
            document.add(made, content.upload(each["file"]), facts, by=by, at=at)
        for each in made.owed.filter(kind__in=self.days.programme):
            kept = {
                name: getattr(each, name) for name in ("title", "guidance", "at_least", "payment_percent")
            }
            owed.edit(each, due_at=self.days.due[each.kind], **kept, by=by, at=at)

    def watched(self, at: datetime) -> None:
        """Some people watch."""
        for key in self.words["watched_by"]:
            watch.start(self.tender(), by=self.parties.person(key), at=at)

    def question_scenes(self) -> list[Scene]:
        """Questions are asked in the first days, and answered two working days later."""
        scenes = []
        for number, words in enumerate(self.words["questions"]):
            asked = after(self.days.publish_on, 1 + number)
            scenes.append(Scene(moment(asked, 11, 25), self._asks(words)))
            if "answer" in words:
                scenes.append(Scene(moment(after(asked, 2), 15, 10 + number), self._answers(words)))
        return scenes

    def _asks(self, words: dict[str, str]) -> Act:
        asked: dict[str, Any] = {"text": words["text"], "is_private": bool(words.get("private"))}
        return lambda at: question.ask(
            self.tender(), **asked, by=self.parties.person(words["asked_by"]), at=at
        )

    def _answers(self, words: dict[str, str]) -> Act:
        return lambda at: answers.answer(
            self.tender().questions.get(text=words["text"]),
            public_text=words["public_text"],
            answer=words["answer"],
            by=self.parties.person("manager"),
            at=at,
        )

    def writing_scenes(self) -> list[Scene]:
        """Every consortium writes in its own days, one starting after the other."""
        return [
            scene
            for number, bid in enumerate(self.bids.values(), 1)
            for scene in bid.writing_scenes(after(self.days.publish_on, number))
        ]

    def closing_scenes(self) -> list[Scene]:
        """All submit in the last three days, the first one twice; then the clock closes the round.

        Whoever waited for the later deadline submits on its day.
        """
        day, closes = self.days.on("proposals_close_at"), self.days.closes_at
        waited = self.words.get("extension", {}).get("waited", [])
        submitted = [
            bid.submit_scene(clock.today(closes) if key in waited else before(day, 1 + number % 3))
            for number, (key, bid) in enumerate(self.bids.items())
        ]
        again = next(iter(self.bids.values())).submit_again_scene(before(day, 1))
        return [*submitted, again, Scene(closes, lambda at: close_tenders())]

    def reminder_scenes(self, today: date) -> list[Scene]:
        """The clock reminds at each moment at which somebody may have to be reminded, until today."""
        spans = {"questions_close_at": [-REMIND_BEFORE], "proposals_close_at": [-TWO_DAYS, -THREE_HOURS]}
        moments = {
            when + span
            for name, around in spans.items()
            for span in around
            if isinstance(when := self.days.moments[name], datetime)
        }
        moments |= {self.days.closes_at - span for span in (TWO_DAYS, THREE_HOURS)}
        around_due: list[timedelta] = [*(-span for span in BEFORE), *AFTER]
        moments |= {due + span for due in self.days.due.values() for span in around_due}
        return [Scene(at, reminders.sweep) for at in moments if at < moment(today, 0)]

    def offers(self, at: datetime) -> None:
        """The manager offers the contracts."""
        contract.offer_all(self.tender(), by=self.parties.person("manager"), at=at)


def open_round(parties: Parties, today: date) -> list[Scene]:
    """Open: one draft, one submitted, a question waiting, a later deadline for somebody to confirm."""
    played = Round(parties, "open", placing.open_on(today))
    published = played.days.publish_on
    scenes = played.publishing_scenes() + played.question_scenes() + played.writing_scenes()
    scenes += played.desk.open_scenes(published)
    scenes.append(Scene(moment(before(today, 1), 16, 20), played.desk.propose_extending))
    scenes.append(Scene(moment(after(published, 3), 9, 40), parties.newcomer_registers))
    scenes.append(played.bids["food"].submit_scene(after(published, placing.STORY)))
    return scenes + played.reminder_scenes(today)


def scored_round(parties: Parties, today: date) -> list[Scene]:
    """Extended, closed and opened; half of it is scored, one is agreed and one waits for the moderator."""
    words = content.read("scored/round")
    days = placing.scored_on(today, words["scoring_days"], words["extension"]["working_days"])
    played = Round(parties, "scored", days)
    first, second = days.opens_on, after(days.opens_on, 1)
    return [
        *_until_opened(played, today),
        *played.desk.last_hours_scenes(days.on("proposals_close_at")),
        *played.panel.scoring_scenes([first, second]),
        *played.panel.agreeing_scenes(second, 16),
    ]


def delivered_round(parties: Parties, today: date) -> list[Scene]:
    """In delivery: something due this week, overdue, to be reviewed and to be paid; one was signed late."""
    own = content.read("delivery/round")["programme"]
    played = Round(parties, "delivery", placing.delivered_on(today, own))
    days, breaks, medicine = played.days, played.work("short-breaks"), played.work("medicine-round")
    hours, table = played.work("home-care-hours"), played.work("place-at-the-table")
    scenes = _until_contracts(played, today)
    for work in (breaks, medicine, hours):
        scenes += work.setting_up_scenes(
            days.on("decision_on"), days.on("contracts_on"), days.due_on("workshop")
        )
    scenes += table.setting_up_late_scenes(days.due_on("workshop"))
    for work in (breaks, hours, table):
        scenes += work.blog_scenes(days.due_on("blog"))
    scenes.append(Scene(moment(before(days.due_on("blog"), 1), 16, 50), medicine.drafts_blog))
    scenes += breaks.halfway_scenes(before(today, 4), before(today, 1))
    scenes.append(Scene(moment(before(today, 2), 11, 15), breaks.hands_in("data")))
    return scenes


def complete_round(parties: Parties, today: date) -> list[Scene]:
    """Complete: everything accepted, published and paid."""
    played = Round(parties, "complete", placing.complete_on(today))
    days, halfway = played.days, played.days.due_on("halfway")
    scenes = _until_contracts(played, today)
    for work in (played.work(key) for key, bid in played.bids.items() if "report" in bid.words):
        scenes += work.setting_up_scenes(
            days.on("decision_on"), days.on("contracts_on"), days.due_on("workshop")
        )
        scenes += work.blog_scenes(days.due_on("blog"))
        scenes += work.halfway_scenes(before(halfway, 4), before(halfway, 2))
        scenes.append(Scene(moment(before(halfway, 1), 11), work.paid))
        scenes += work.final_scenes(days.due_on("report"))
    return scenes


def _until_opened(played: Round, today: date) -> list[Scene]:
    return [
        *played.publishing_scenes(),
        *played.question_scenes(),
        *played.writing_scenes(),
        *played.closing_scenes(),
        *played.reminder_scenes(today),
        *played.panel.opening_scenes(played.days.opens_on),
    ]


def _until_contracts(played: Round, today: date) -> list[Scene]:
    opened, decided = played.days.opens_on, played.days.on("decision_on")
    return [
        *_until_opened(played, today),
        *played.panel.scoring_scenes([opened, after(opened, 1)]),
        *played.panel.agreeing_scenes(after(opened, 2), 9),
        *played.panel.decision_scenes(decided),
        Scene(moment(decided, 15), played.offers),
    ]
