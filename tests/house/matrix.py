"""The access matrix: what each address answers each person at each stage, and the table it is held against.

`permissions.txt` is the table. A line under an address says, for a run of stages, who gets in and who
is told no (403). Whoever is not named finds nothing there (404), and who is not signed in is asked to,
where the line says so. A line that begins with “apart” is about the people of `world.LIKE`, who are
answered like somebody else: it says, for a run of stages, who of them is answered otherwise, and what.
`pytest tests/house/observe.py` writes what the portal answers now, in the same form, to compare and to
extend the table from.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.house.world import LIKE, PEOPLE, STAGES

TABLE = Path(__file__).with_name("permissions.txt")
IN, NO, NOT_THERE, SIGN_IN = "in", "no", "not there", "sign in"

STAFF = ("administrator", "manager", "approver", "moderator", "evaluator-1", "finance", "observer")
GROUPS: dict[str, frozenset[str]] = {
    "everybody": frozenset(PEOPLE),
    "everybody signed in": frozenset(PEOPLE) - {"anonymous"},
    "staff": frozenset(STAFF),
    "panel": frozenset({"moderator", "evaluator-1"}),
    "named": frozenset({"lead-a", "partner-a"}),
    "bidders": frozenset({"lead-a", "partner-a", "lead-b"}),
}


@dataclass(frozen=True)
class Line:
    """One run of stages of one address."""

    stages: tuple[str, ...]
    let_in: frozenset[str]
    told_no: frozenset[str]
    asks_to_sign_in: bool

    def expected(self, person: str) -> str:
        """What this person is answered."""
        if person in self.let_in:
            return IN
        if person in self.told_no:
            return NO
        return SIGN_IN if person == "anonymous" and self.asks_to_sign_in else NOT_THERE


@dataclass(frozen=True)
class Apart:
    """One run of stages of one address: who is answered otherwise than the person they are like."""

    stages: tuple[str, ...]
    answers: Mapping[str, str]


@dataclass
class Promise:
    """All that the table says of an address."""

    lines: list[Line] = field(default_factory=list)
    apart: list[Apart] = field(default_factory=list)

    def line_at(self, stage: str) -> Line | None:
        """The line about a stage."""
        return next((line for line in self.lines if stage in line.stages), None)

    def expected(self, person: str, stage: str) -> str:
        """What this person is answered at this stage."""
        for apart in self.apart:
            if stage in apart.stages and person in apart.answers:
                return apart.answers[person]
        line = self.line_at(stage)
        return line.expected(LIKE.get(person, person)) if line else "nothing is said"


def said(people: Iterable[str]) -> str:
    """The people in words, the largest groups first."""
    left, words = set(people), []
    for name, group in sorted(GROUPS.items(), key=lambda item: -len(item[1])):
        if group <= left and len(group) > 1:
            words.append(name)
            left -= group
    words += [person for person in PEOPLE if person in left]
    return ", ".join(words) or "nobody"


def people_in(words: str) -> frozenset[str]:
    """The people that words name."""
    found: set[str] = set()
    for word in (part.strip() for part in words.split(",")):
        if word != "nobody":
            found |= GROUPS[word] if word in GROUPS else {PEOPLE[PEOPLE.index(word)]}
    return frozenset(found)


def span(stages: tuple[str, ...]) -> str:
    """A run of stages in words."""
    if stages == STAGES:
        return "always"
    return stages[0] if len(stages) == 1 else f"{stages[0]} to {stages[-1]}"


def stages_in(words: str) -> tuple[str, ...]:
    """The stages that words name."""
    if words == "always":
        return STAGES
    first, _, last = words.partition(" to ")
    return STAGES[STAGES.index(first) : STAGES.index(last or first) + 1]


def read() -> dict[str, Promise]:
    """The table."""
    table: dict[str, Promise] = {}
    name = ""
    for line in TABLE.read_text().splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if not line.startswith(" "):
            name = line.strip()
            assert name not in table, f"{name} stands twice in {TABLE.name}"
            table[name] = Promise()
            continue
        first, *rest = (part.strip() for part in line.split("|"))
        if first == "apart":
            table[name].apart.append(_apart(*rest))
        else:
            table[name].lines.append(_line(first, rest))
    return table


def _line(stages: str, rest: Iterable[str]) -> Line:
    told = dict(part.split(": ", 1) if ": " in part else (part, "") for part in rest)
    let_in, told_no = people_in(told["in"]), people_in(told.get("told no", "nobody"))
    return Line(stages_in(stages), let_in, told_no, "others asked to sign in" in told)


def _apart(stages: str, *answers: str) -> Apart:
    return Apart(stages_in(stages), dict(part.split(": ", 1) for part in answers))


def written(observed: Mapping[str, Mapping[str, Mapping[str, str]]]) -> str:
    """Answers as the table has them: address to stage to person to answer."""
    text = []
    for name in sorted(observed):
        text.append(name)
        for stages, answers in _runs(observed[name], _of_the_table):
            parts = [span(stages), f"in: {said(p for p in answers if answers[p] == IN)}"]
            if told_no := [p for p in answers if answers[p] == NO]:
                parts.append(f"told no: {said(told_no)}")
            if answers["anonymous"] == SIGN_IN:
                parts.append("others asked to sign in")
            text.append("    " + " | ".join(parts))
        for stages, answers in _runs(observed[name], _of_those_apart):
            if answers:
                parts = ["apart", span(stages), *(f"{person}: {answers[person]}" for person in answers)]
                text.append("    " + " | ".join(parts))
    return "\n".join(text) + "\n"


def _of_the_table(answers: Mapping[str, str]) -> dict[str, str]:
    return {person: answers[person] for person in PEOPLE}


def _of_those_apart(answers: Mapping[str, str]) -> dict[str, str]:
    apart = [person for person in LIKE if person in answers]
    return {person: answers[person] for person in apart if answers[person] != answers[LIKE[person]]}


def _runs(
    observed: Mapping[str, Mapping[str, str]], of: Callable[[Mapping[str, str]], Mapping[str, str]]
) -> list[tuple[tuple[str, ...], Mapping[str, str]]]:
    """Runs of stages with the same answers."""
    runs: list[tuple[tuple[str, ...], Mapping[str, str]]] = []
    for stage in STAGES:
        answers = of(observed[stage])
        if runs and runs[-1][1] == answers:
            runs[-1] = ((*runs[-1][0], stage), answers)
        else:
            runs.append(((stage,), answers))
    return runs
