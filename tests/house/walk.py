"""A walk through the portal at a stage, once for all tests: every address, by everybody, looking and sending.

It notes how each was answered, which of the planted words they read, and whether sending changed anything
for somebody who is refused.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache

from django.db import connection

from odifund.core.models import OutboxMessage
from tenders.models import Proposal
from tests.house import planted
from tests.house.addresses import Address, all_addresses
from tests.house.asking import SAMPLE, ask, clients, meaning, text_of, undone
from tests.house.bidders import TITLES
from tests.house.matrix import NO, NOT_THERE, SIGN_IN
from tests.house.world import NOBODY, NOT_YET, World, at_its_moment, build

REFUSED = {NO, NOT_THERE, SIGN_IN}
WRITES = ("INSERT", "UPDATE", "DELETE")
SENT_AT = {"published", "closed", "opened", "in delivery"}
"""When who is refused tries to send as well: where what a person may do changes most."""
RIVALS_ASKED_AT = {"published", "submitted", "closed", "opened", "in delivery"}
"""When the addresses of the rival's proposal are asked too."""


@dataclass(frozen=True)
class Letter:
    """A mail of the outbox: to whom, and which planted words stand in it."""

    kind: str
    address: str
    sealed: bool
    read: frozenset[str]


@dataclass
class Walk:
    """What one walk found. Answers by address and person; words by path and person."""

    answers: dict[str, dict[str, str]] = field(default_factory=dict)
    sent: dict[str, dict[str, str]] = field(default_factory=dict)
    written: list[str] = field(default_factory=list)
    words: dict[str, frozenset[str]] = field(default_factory=dict)
    read: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    letters: list[Letter] = field(default_factory=list)
    emails: dict[str, str] = field(default_factory=dict)


@cache
def walk(stage: str, only: tuple[str, ...] = ()) -> Walk:
    """The walk at this stage, of every address or of some; the database is left as it was."""
    with undone():
        world = build(stage)
        walker = Walker(world)
        with at_its_moment(world):
            for address in all_addresses():
                if not only or address.name in only:
                    walker.visit(address)
            if not only:
                walker.look_further()
        walker.read_letters()
    return walker.found


class Walker:
    """Somebody for each person, with a browser."""

    takes_no_post: set[str] = set()

    def __init__(self, world: World) -> None:
        self.world, self.browsers = world, clients(world)
        emails = {person.email: key for key, person in world.people.items()}
        self.found = Walk(words=planted.words(world.stage), emails=emails)

    def visit(self, address: Address) -> None:
        """Everybody looks; where nothing is to be looked at, everybody sends. Who is refused sends too."""
        path, method, answers = address.of(self.world), "get", {}
        is_there = str(NOBODY) not in path and NOT_YET not in path
        for person in self.browsers:
            if not is_there and person not in SAMPLE:
                answers[person] = answers["manager"]  # what does not exist yet exists for nobody
                continue
            with writing() as written:
                answer = self.look(path, person, method)
                if answer.status_code == 405:
                    method = "post"
                    answer = self.look(path, person, method)
            answers[person] = meaning(answer)
            if written and method == "post" and answers[person] in REFUSED:
                self.found.written.append(f"{address.name} as {person}: {written[0]}")
        self.found.answers[address.name] = answers
        if is_there and method == "get" and self.world.stage in SENT_AT:
            self.found.sent[address.name] = dict(self._sent(address, path, answers))

    def _sent(self, address: Address, path: str, answers: dict[str, str]) -> Iterator[tuple[str, str]]:
        for person, looked in answers.items():
            if looked not in REFUSED or address.route in self.takes_no_post:
                continue
            with writing() as written:
                answer = ask(self.browsers[person], path, "post")
            if answer.status_code == 405:
                self.takes_no_post.add(address.route)
                return
            if written:
                self.found.written.append(f"{address.name} as {person}: {written[0]}")
            yield person, meaning(answer)

    def look(self, path: str, person: str, method: str = "get"):
        """One answer, read for planted words. What a filter was asked for stands on its page again."""
        answer = ask(self.browsers[person], path, method)
        text = text_of(answer)
        read = frozenset(word for word in self.found.words if word in text)
        self.found.read[path, person] = frozenset(word for word in read if word not in path)
        return answer

    def look_further(self) -> None:
        """What lists may be asked, and the rival's proposal at every address that ours stands in."""
        ours, theirs = (Proposal.objects.filter(title=TITLES[key]).first() for key in ("ours", "theirs"))
        further = [
            f"/staff/trail/?person={self.world.people[key].email}"
            for key in ("lead-a", "partner-a", "lead-b")
        ]
        further += [f"/staff/trail/?tender={self.world.tender.reference}", "/staff/outbox/?state=waiting"]
        if ours and self.world.stage in RIVALS_ASKED_AT:
            asked = {path for path, _ in self.found.read if str(ours.pk) in path}
            further += sorted(path.replace(str(ours.pk), str(theirs.pk)) for path in asked)
        for path in further:
            for person in self.browsers:
                self.look(path, person)

    def read_letters(self) -> None:
        """The mails that lie in the outbox."""
        for letter in OutboxMessage.objects.all():
            text = letter.subject + letter.body
            read = frozenset(word for word in self.found.words if word in text)
            self.found.letters.append(Letter(letter.kind, letter.address, letter.sealed, read))


@contextmanager
def writing() -> Iterator[list[str]]:
    """The statements inside that change rows."""
    found: list[str] = []

    def note(execute, sql, params, many, context):
        if str(sql).startswith(WRITES):
            found.append(str(sql)[:60])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found
