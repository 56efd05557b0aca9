"""Scenes of delivery: a contract is accepted, and what it owes is handed in and reviewed."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from deliverables.actions import blog_post, deliverable, pattern, payment, released_data, review, workshop
from deliverables.actions import contract as delivery
from deliverables.models import Deliverable
from odifund.core import clock
from odifund.core.models import Person
from odifund.pages.demonstration.bidding import Bid
from odifund.pages.demonstration.parties import Parties
from odifund.pages.demonstration.stage import Scene, moment, weekday
from tenders.actions import contract
from tenders.models import Contract

Act = Callable[[datetime], None]


class Work:
    """What one awarded consortium does."""

    def __init__(self, parties: Parties, bid: Bid) -> None:
        self.parties = parties
        self.bid = bid
        self.words = bid.words

    def person(self, key: str) -> Person:
        """Somebody of the fund."""
        return self.parties.person(key)

    def lead(self) -> Person:
        """Who writes for the consortium."""
        return self.parties.speaker(self.bid.lead)

    def contract(self) -> Contract:
        """The contract as it is now."""
        return Contract.objects.get(proposal=self.bid.proposal())

    def owed(self, kind: str) -> Deliverable:
        """One deliverable as it is now."""
        return Deliverable.objects.get(contract=self.contract(), kind=kind)

    def contract_scenes(self, decided: date, signed: date) -> list[Scene]:
        """The lead accepts, the ODI countersigns."""
        return [
            Scene(
                moment(decided, 16, 40),
                lambda at: contract.accept(self.contract(), by=self.lead(), at=at),
            ),
            Scene(
                moment(signed, 9, 30),
                lambda at: delivery.countersign(self.contract(), by=self.person("approver"), at=at),
            ),
        ]

    def workshop_scenes(self, day: date) -> list[Scene]:
        """They say who comes, and come."""
        return [
            Scene(moment(day - timedelta(days=4), 11), self.announce),
            Scene(moment(day, 17, 30), self.came),
        ]

    def announce(self, at: datetime) -> None:
        """The lead's writer and a colleague of a member."""
        others = [self.parties.speaker(key) for key in self.words["members"][:1]]
        for number, person in enumerate([self.lead(), *others]):
            workshop.announce(
                self.owed("workshop"), name=person.name, is_lead=number == 0, needs="", by=self.lead(), at=at
            )

    def came(self, at: datetime) -> None:
        """The manager ticks everybody."""
        owed = self.owed("workshop")
        came = set(owed.attendances.values_list("pk", flat=True))
        workshop.record_attendance(owed, came=came, by=self.person("manager"), at=at)

    def blog(self, at: datetime) -> None:
        """The set-up blog is written and handed in."""
        said = self.words["blog"]
        words = blog_post.Words(said["title"], said["summary"], said["text"].strip(), self.authors())
        blog_post.write(self.owed("blog"), words, by=self.lead(), at=at)
        deliverable.deliver(self.owed("blog"), by=self.lead(), at=at)

    def halfway(self, at: datetime) -> None:
        """The halfway review is handed in."""
        text = (
            "The first version is in the hands of the people it is for. We changed its words twice after"
            " watching them, and moved one week of work from building to listening."
        )
        deliverable.deliver(self.owed("halfway"), text=text, by=self.lead(), at=at)

    def report(self, at: datetime) -> None:
        """The report with what was tried."""
        said = self.words["report"]
        tried = deliverable.Tried(said["what"], said["tried_by"], said["worked"], said["did_not_work"])
        deliverable.deliver(
            self.owed("report"), text=said["text"].strip(), tried=tried, by=self.lead(), at=at
        )

    def patterns(self, at: datetime) -> None:
        """The patterns, at least two."""
        for said in self.words["patterns"]:
            words = pattern.Words(
                kind=said["kind"],
                title=said["title"],
                summary=said["summary"],
                delivery_model=said["model"],
                problem=said["problem"].strip(),
                solution=said["solution"].strip(),
                worked=said["worked"],
                did_not_work=said["did_not_work"],
                tried_by=said["tried_by"],
                authors=self.authors(),
                licence=said["licence"],
            )
            pattern.add(self.owed("pattern"), words, by=self.lead(), at=at)
        deliverable.deliver(self.owed("pattern"), by=self.lead(), at=at)

    def data(self, at: datetime) -> None:
        """The data that was released."""
        for said in self.words["data"]:
            data_set = released_data.DataSet(released_on=clock.today(at), **said)
            released_data.add(self.owed("data"), data_set, by=self.lead(), at=at)
        deliverable.deliver(self.owed("data"), by=self.lead(), at=at)

    def accepted(self, kind: str, comments: str = "") -> Act:
        """The manager accepts one deliverable."""

        def act(at: datetime) -> None:
            review.accept(self.owed(kind), comments=comments, by=self.person("manager"), at=at)

        return act

    def returned(self, kind: str, comments: str) -> Act:
        """The manager returns one deliverable."""

        def act(at: datetime) -> None:
            answer_by = clock.today(at) + timedelta(days=7)
            by = self.person("manager")
            review.send_back(self.owed(kind), comments=comments, answer_by=answer_by, by=by, at=at)

        return act

    def paid(self, at: datetime) -> None:
        """Finance pays what has fallen due."""
        for due in self.contract().payments.filter(status="due"):
            number = f"SF {due.pk.hex[:6].upper()}"
            payment.pay(due, paid_on=clock.today(at), bank_reference=number, by=self.person("finance"), at=at)

    def complete(self, at: datetime) -> None:
        """The manager completes the contract."""
        delivery.complete(self.contract(), by=self.person("manager"), at=at)

    def blog_scenes(self, due: date) -> list[Scene]:
        """The blog in time, and accepted."""
        return [
            Scene(moment(weekday(due - timedelta(days=3)), 12, 20), self.blog),
            Scene(moment(due, 10, 10), self.accepted("blog", "Thank you, it reads well.")),
        ]

    def halfway_scenes(self, due: date) -> list[Scene]:
        """The halfway review in time, accepted and paid."""
        return [
            Scene(moment(weekday(due - timedelta(days=6)), 9, 50), self.halfway),
            Scene(moment(weekday(due - timedelta(days=4)), 15, 5), self.accepted("halfway")),
            Scene(moment(weekday(due - timedelta(days=3)), 11), self.paid),
        ]

    def final_scenes(self, due: date) -> list[Scene]:
        """Report, patterns and data; the report comes back once; all accepted, paid, complete."""
        first, again, last = (weekday(due - timedelta(days=days)) for days in (9, 4, 1))
        return [
            Scene(moment(first, 10), self.patterns),
            Scene(moment(first, 10, 30), self.data),
            Scene(moment(first, 11), self.report),
            Scene(
                moment(first, 16), self.returned("report", "Say how many people tried it, and for how long.")
            ),
            Scene(moment(again, 10, 5), self.report),
            Scene(moment(again, 15), self.accepted("pattern")),
            Scene(moment(again, 15, 5), self.accepted("data")),
            Scene(moment(last, 9, 30), self.accepted("report", "Clear and honest. Thank you.")),
            Scene(moment(last, 14), self.paid),
            Scene(moment(last, 15), self.complete),
        ]

    def authors(self) -> str:
        """Who made it, as the library names them."""
        keys = [self.bid.lead, *self.words["members"]]
        return "\n".join(str(self.parties.words[key]["name"]) for key in keys)
