"""The access matrix: what each address answers each person at each stage, and the table it is held against.

`permissions.txt` is the table. A line under an address says, for a run of stages, who gets in and who
is told no (403). Whoever is not named finds nothing there (404), and who is not signed in is asked to,
where the line says so. `python -m tests.house.observe` prints what the portal answers now, in the same
form, to compare and to extend the table from.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.house.world import PEOPLE, STAGES

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


def read() -> dict[str, list[Line]]:
    """The table."""
    table: dict[str, list[Line]] = {}
    name = ""
    for line in TABLE.read_text().splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if not line.startswith(" "):
            name = line.strip()
            assert name not in table, f"{name} stands twice in {TABLE.name}"
            table[name] = []
            continue
        stages, *rest = (part.strip() for part in line.split("|"))
        told = dict(part.split(": ", 1) if ": " in part else (part, "") for part in rest)
        table[name].append(
            Line(
                stages_in(stages),
                people_in(told["in"]),
                people_in(told.get("told no", "nobody")),
                "others asked to sign in" in told,
            )
        )
    return table


def line_of(table: Mapping[str, list[Line]], name: str, stage: str) -> Line | None:
    """What the table says of an address at a stage."""
    return next((line for line in table.get(name, ()) if stage in line.stages), None)


def written(observed: Mapping[str, Mapping[str, Mapping[str, str]]]) -> str:
    """Answers as the table has them: address to stage to person to answer."""
    text = []
    for name in sorted(observed):
        text.append(name)
        runs: list[tuple[list[str], Mapping[str, str]]] = []
        for stage in STAGES:
            answers = observed[name][stage]
            if runs and runs[-1][1] == answers:
                runs[-1][0].append(stage)
            else:
                runs.append(([stage], answers))
        for stages, answers in runs:
            parts = [span(tuple(stages)), f"in: {said(p for p in answers if answers[p] == IN)}"]
            if told_no := [p for p in answers if answers[p] == NO]:
                parts.append(f"told no: {said(told_no)}")
            if answers["anonymous"] == SIGN_IN:
                parts.append("others asked to sign in")
            text.append("    " + " | ".join(parts))
    return "\n".join(text) + "\n"
