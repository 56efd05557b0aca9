"""Scenes of delivery: a contract is signed, and what it owes is handed in, answered and paid."""

from datetime import date, datetime, timedelta
from typing import Any

from deliverables.actions import blog_post, deliverable, pattern, payment, released_data, review, workshop
from deliverables.actions import contract as delivery
from deliverables.models import Deliverable
from odifund.core import clock
from odifund.core.models import Person
from odifund.pages.demonstration import content
from odifund.pages.demonstration.bidding import Bid
from odifund.pages.demonstration.parties import Parties
from odifund.pages.demonstration.placing import after, before
from odifund.pages.demonstration.stage import Act, Scene, moment
from tenders.actions import contract
from tenders.models import Contract


class Work:
    """What one awarded consortium does, by the words of its proposal."""

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

    # Signing, and the workshop

    def accepts_scene(self, day: date) -> Scene:
        """The lead accepts the contract."""
        return Scene(moment(day, 16, 40), lambda at: contract.accept(self.contract(), by=self.lead(), at=at))

    def countersigned_scene(self, day: date) -> Scene:
        """The ODI signs."""
        return Scene(
            moment(day, 9, 30),
            lambda at: delivery.countersign(self.contract(), by=self.person("approver"), at=at),
        )

    def workshop_scenes(self, signed: date, day: date) -> list[Scene]:
        """They say who comes, and come."""
        return [
            Scene(moment(after(signed, 1), 11), self.announce),
            Scene(moment(day, 17, 30), self.came),
        ]

    def announce(self, at: datetime) -> None:
        """Who comes, the lead's first, each with what they need."""
        for number, coming in enumerate(self.words["coming"]):
            workshop.announce(
                self.owed("workshop"),
                name=coming["name"],
                is_lead=number == 0,
                needs=coming.get("needs", ""),
                by=self.lead(),
                at=at,
            )

    def came(self, at: datetime) -> None:
        """The manager ticks everybody."""
        owed = self.owed("workshop")
        came = set(owed.attendances.values_list("pk", flat=True))
        workshop.record_attendance(owed, came=came, by=self.person("manager"), at=at)

    # Handing in, and the answer

    def said(self, kind: str) -> list[dict[str, Any]]:
        """What is handed in for a deliverable, the first time and after each return."""
        found = self.words[kind]
        return found if isinstance(found, list) else [found]

    def hands_in(self, kind: str, number: int = 0) -> Act:
        """The consortium hands in one deliverable: for the first time, or once more."""

        def act(at: datetime) -> None:
            said, more = self.said(kind)[number], {}
            match kind:
                case "blog":
                    self.drafts_blog(at)
                case "pattern":
                    self._patterns(said, at)
                case "data":
                    self._data(said, at)
                case _:
                    more = _words(said)
            deliverable.deliver(self.owed(kind), by=self.lead(), at=at, **more)

        return act

    def answered(self, kind: str, number: int = 0) -> Act:
        """The manager answers: returned where the consortium hands in once more, else accepted."""

        def act(at: datetime) -> None:
            said, owed = self.said(kind), self.owed(kind)
            words = {"comments": said[number]["comment"], "by": self.person("manager"), "at": at}
            if number == len(said) - 1:
                review.accept(owed, **words)
            else:
                review.send_back(owed, answer_by=clock.today(at) + timedelta(days=7), **words)

        return act

    def drafts_blog(self, at: datetime) -> None:
        """The set-up blog is written and saved."""
        said = self.words["blog"]
        words = blog_post.Words(said["title"], said["summary"], said["text"].strip(), self.authors())
        blog_post.write(self.owed("blog"), words, by=self.lead(), at=at)

    def _patterns(self, said: dict[str, Any], at: datetime) -> None:
        for made in said["made"]:
            words = pattern.Words(
                kind=made["kind"],
                title=made["title"],
                summary=made["summary"],
                delivery_model=made["model"],
                problem=made["problem"].strip(),
                solution=made["solution"].strip(),
                worked=made["worked"],
                did_not_work=made["did_not_work"],
                tried_by=made["tried_by"],
                authors=self.authors(),
                licence=made["licence"],
            )
            upload = content.upload(made["file"]) if "file" in made else None
            pattern.add(self.owed("pattern"), words, by=self.lead(), at=at, upload=upload)

    def _data(self, said: dict[str, Any], at: datetime) -> None:
        owed, by = self.owed("data"), self.lead()
        for each in said.get("sets", []):
            released_data.add(owed, released_data.DataSet(released_on=clock.today(at), **each), by=by, at=at)
        if "none_because" in said:
            released_data.say_none(owed, because=said["none_because"], by=by, at=at)

    def authors(self) -> str:
        """Who made it, as the library names them."""
        keys = [self.bid.lead, *self.bid.members]
        return "\n".join(str(self.parties.words[key]["name"]) for key in keys)

    # Payments, and the end

    def paid(self, at: datetime) -> None:
        """Finance pays what has fallen due."""
        for due in self.contract().payments.filter(status="due"):
            number = f"ODI {due.pk.hex[:6].upper()}"
            payment.pay(due, paid_on=clock.today(at), bank_reference=number, by=self.person("finance"), at=at)

    def complete(self, at: datetime) -> None:
        """The manager completes the contract."""
        delivery.complete(self.contract(), by=self.person("manager"), at=at)

    # Stretches of the work

    def setting_up_scenes(self, decided: date, signed: date, workshop: date) -> list[Scene]:
        """Signed by both in time, and at the workshop."""
        return [
            self.accepts_scene(decided),
            self.countersigned_scene(signed),
            *self.workshop_scenes(signed, workshop),
        ]

    def setting_up_late_scenes(self, workshop: date) -> list[Scene]:
        """Signed by both in the last days before the workshop, and there."""
        return self.setting_up_scenes(before(workshop, 3), before(workshop, 2), workshop)

    def blog_scenes(self, due: date) -> list[Scene]:
        """The blog in time, and accepted."""
        return [
            Scene(moment(before(due, 3), 12, 20), self.hands_in("blog")),
            Scene(moment(before(due, 1), 10, 10), self.answered("blog")),
        ]

    def halfway_scenes(self, handed_in: date, accepted: date) -> list[Scene]:
        """The halfway review in time, and accepted: half of the price falls due."""
        return [
            Scene(moment(handed_in, 9, 50), self.hands_in("halfway")),
            Scene(moment(accepted, 15, 5), self.answered("halfway")),
        ]

    def final_scenes(self, due: date) -> list[Scene]:
        """Report, patterns and data; what is returned comes once more; all accepted, paid, complete."""
        first, answered, again, last = (before(due, count) for count in (7, 5, 3, 1))
        scenes = [Scene(moment(last, 14), self.paid), Scene(moment(last, 15), self.complete)]
        for hour, kind in enumerate(("pattern", "data", "report"), 10):
            days = [(first, answered), (again, last)]
            for number, _ in enumerate(self.said(kind)):
                handed_in, read = days[number]
                scenes.append(Scene(moment(handed_in, hour, 20), self.hands_in(kind, number)))
                scenes.append(Scene(moment(read, hour - 1, 35), self.answered(kind, number)))
        return scenes


def _words(said: dict[str, Any]) -> dict[str, Any]:
    """The text of a review or report; a report tells a prototype too."""
    text = {"text": said["text"].strip()}
    if "what" not in said:
        return text
    tried = deliverable.Tried(said["what"], said["tried_by"], said["worked"], said["did_not_work"])
    return {**text, "tried": tried}
