"""The four rounds, placed around today: complete, in delivery, being scored, open."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from odifund.core import clock
from odifund.pages.demonstration import content
from odifund.pages.demonstration.bidding import Bid
from odifund.pages.demonstration.delivering import Work
from odifund.pages.demonstration.panelling import Panel
from odifund.pages.demonstration.parties import Parties
from odifund.pages.demonstration.stage import Scene, moment, weekday
from tenders import stimulus_fund
from tenders.actions import contract, programme, question, tender, watch
from tenders.models import Programme, Tender
from tenders.tasks import close_tenders

PROGRAMME = "Open data in service delivery"
PURPOSE = (
    "Research and development on how public services can be delivered with open data. The programme studies"
    " what is known, pays consortia to try it, and collects what they learn as patterns that others reuse."
)


class Round:
    """One tender and all that happens in it."""

    def __init__(self, parties: Parties, name: str, publish_on: date) -> None:
        self.parties = parties
        self.words: dict[str, Any] = content.read(name)
        self.reference: str = self.words["reference"]
        self.publish_on = publish_on
        self.dates: dict[str, Any] = stimulus_fund.dates(publish_on)
        self.due = {kind: clock.today(at) for kind, at in stimulus_fund.due(self.dates["starts_on"]).items()}
        self.bids = [Bid(parties, self.reference, words) for words in self.words["proposals"]]

    def tender(self) -> Tender:
        """The tender as it is now."""
        return Tender.objects.get(reference=self.reference)

    def publishing_scenes(self) -> list[Scene]:
        """The manager writes it from the template and proposes; the approver confirms on the day."""
        manager, approver = self.parties.person, self.parties.person
        before = weekday(self.publish_on - timedelta(days=5))
        return [
            Scene(moment(before, 10), self.draft),
            Scene(
                moment(before, 16, 30),
                lambda at: tender.propose_publishing(self.tender(), by=manager("manager"), at=at),
            ),
            Scene(
                moment(self.publish_on, 9),
                lambda at: tender.publish(self.tender(), by=approver("approver"), at=at),
            ),
        ]

    def draft(self, at: datetime) -> None:
        """The template, with this round's own words and money."""
        by = self.parties.person("manager")
        found = Programme.objects.first() or programme.add(title=PROGRAMME, purpose=PURPOSE, by=by, at=at)
        made = tender.draft_from_template(
            found, reference=self.reference, publish_on=self.publish_on, by=by, at=at
        )
        about = {key: self.words[key].strip() for key in ("title", "summary", "purpose")}
        money = {key: Decimal(self.words[key]) for key in ("pot", "highest_price")}
        tender.edit(made, "about", about, by=by, at=at)
        tender.edit(made, "money", money, by=by, at=at)

    def question_scenes(self) -> list[Scene]:
        """Questions are asked in the first days and answered within the week."""
        scenes = []
        for number, words in enumerate(self.words.get("questions", [])):
            asked = weekday(self.publish_on + timedelta(days=1 + number))
            scenes.append(Scene(moment(asked, 11, 25), self._asks(words)))
            if "answer" in words:
                scenes.append(
                    Scene(moment(weekday(asked + timedelta(days=2)), 15, 10 + number), self._answers(words))
                )
        return scenes

    def _asks(self, words: dict[str, str]) -> Any:
        return lambda at: question.ask(
            self.tender(), text=words["text"], by=self.parties.person(words["asked_by"]), at=at
        )

    def _answers(self, words: dict[str, str]) -> Any:
        return lambda at: question.answer(
            self.tender().questions.get(text=words["text"]),
            public_text=words["public_text"],
            answer=words["answer"],
            by=self.parties.person("manager"),
            at=at,
        )

    def bidding_scenes(self) -> list[Scene]:
        """Every consortium writes in its own weeks; those whose round has closed submit before that."""
        closes = clock.today(self.dates["proposals_close_at"])
        scenes = [Scene(moment(self.publish_on, 12, 30), self.watched)]
        for number, bid in enumerate(self.bids):
            started = self.publish_on + timedelta(days=1 + number)
            submitted = closes - timedelta(days=1 + number % 4)
            if "state" in bid.words:
                submitted = started + timedelta(days=4)
            scenes += bid.scenes(started, None if bid.words.get("state") == "draft" else submitted)
        scenes.append(Scene(self.dates["proposals_close_at"], lambda at: close_tenders()))
        return scenes

    def watched(self, at: datetime) -> None:
        """Some people watch."""
        for key in ("lead-a", "lead-b", "newcomer"):
            watch.start(self.tender(), by=self.parties.person(key), at=at)

    def offers(self, at: datetime) -> None:
        """The manager offers the contracts."""
        contract.offer_all(self.tender(), by=self.parties.person("manager"), at=at)


def open_round(parties: Parties, today: date) -> list[Scene]:
    """Open for questions and proposals: questions close within the next eight days."""
    played = Round(parties, "open", _thursday(today - timedelta(days=7)))
    return played.publishing_scenes() + played.question_scenes() + played.bidding_scenes()


def scored_round(parties: Parties, today: date) -> list[Scene]:
    """Closed on a Friday behind us, opened, and half scored."""
    played = Round(parties, "scored", _thursday(today - timedelta(days=37)))
    panel = Panel(parties, played.reference, played.bids, played.words["conflict"])
    opened = weekday(clock.today(played.dates["proposals_close_at"]) + timedelta(days=1))
    scenes = played.publishing_scenes() + played.bidding_scenes() + panel.opening_scenes(opened)
    for number, bid in enumerate(played.bids):
        conflicted = played.words["conflict"] in bid.words["members"]
        done = (5, 3, 1)
        for turn, key in enumerate(("evaluator-1", "evaluator-2", "evaluator-3")):
            if number < done[turn] and not (conflicted and key == "evaluator-2"):
                scenes.append(Scene(moment(opened, 11 + number, 7 + 9 * turn), panel.scores_all(bid, key)))
    return scenes


def delivered_round(parties: Parties, today: date) -> list[Scene]:
    """In delivery: the halfway review is due within a week, and one blog is overdue."""
    publish_on = _thursday(today - timedelta(days=122))
    while (played := Round(parties, "delivery", publish_on)).due["halfway"] <= today:
        publish_on += timedelta(days=7)
    awarded = [bid for bid in played.bids if "progress" in bid.words]
    scenes = _until_contracts(parties, played, awarded)
    for bid in awarded:
        work = Work(parties, bid)
        scenes += work.contract_scenes(played.dates["decision_on"], played.dates["contracts_on"])
        scenes += work.workshop_scenes(played.due["workshop"])
        if bid.words["progress"] != "blog-overdue":
            scenes += work.blog_scenes(played.due["blog"])
        if bid.words["progress"] == "halfway-accepted":
            scenes += work.halfway_scenes(played.due["halfway"] - timedelta(days=9))
    return scenes


def complete_round(parties: Parties, today: date) -> list[Scene]:
    """Complete: everything accepted, published and paid."""
    played = Round(parties, "complete", _thursday(today - timedelta(days=300)))
    scenes = _until_contracts(parties, played, played.bids)
    for bid in played.bids:
        work = Work(parties, bid)
        scenes += work.contract_scenes(played.dates["decision_on"], played.dates["contracts_on"])
        scenes += work.workshop_scenes(played.due["workshop"])
        scenes += work.blog_scenes(played.due["blog"])
        scenes += work.halfway_scenes(played.due["halfway"])
        scenes += work.final_scenes(played.due["report"])
    return scenes


def _until_contracts(parties: Parties, played: Round, awarded: list[Bid]) -> list[Scene]:
    panel = Panel(parties, played.reference, played.bids)
    opened = weekday(clock.today(played.dates["proposals_close_at"]) + timedelta(days=1))
    return [
        *played.publishing_scenes(),
        *played.bidding_scenes(),
        *panel.opening_scenes(opened),
        *panel.scoring_scenes(opened),
        *panel.decision_scenes(played.dates["decision_on"], awarded),
        Scene(moment(played.dates["decision_on"], 15), played.offers),
    ]


def _thursday(day: date) -> date:
    """The last Thursday up to this day, as in 2017."""
    return day - timedelta(days=(day.weekday() - 3) % 7)
