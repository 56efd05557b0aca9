"""Documents that are generated and checked: `python -m tests.house.describe` writes them."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "odifund.settings")
    django.setup()

from tests.house import matrix

MOVES = """# Every legal move

Made from `consortia/lifecycle.py`, `tenders/lifecycle.py` and `deliverables/lifecycle.py` by
`python -m tests.house.describe`; a test holds it against them. A move is made by a person, or by the clock
when its moment has come. A move that two people make is proposed in one row and confirmed, by somebody else
and unchanged, in another."""

ACCESS = """# Who gets in where

Made from `tests/house/permissions.txt` by `python -m tests.house.describe`. A test asks every address as
every person at every stage of a tender and holds the answer against it.

The stages: {stages}.
What an address is about belongs to the consortium of `lead-a` and `partner-a` (“named”). `lead-b` leads the
rival consortium, which the same agency is in. `colleague` belongs to the lead’s organisation and is not
named. `invited` has been invited and has not answered.

Whoever is in neither column finds nothing there (404). “Told no” is 403."""

DOCS = Path(__file__).resolve().parents[2] / "docs"


def lifecycles() -> str:
    """docs/lifecycle.md: every legal move, from the tables themselves."""
    from consortia import lifecycle as consortia
    from deliverables import lifecycle as deliverables
    from odifund.core.lifecycle import Lifecycle
    from tenders import lifecycle as tenders

    text = [MOVES]
    for app in (tenders, deliverables, consortia):
        for table in vars(app).values():
            if isinstance(table, Lifecycle):
                text += ["", *_table(table)]
    return "\n".join(text) + "\n"


def _table(table) -> Iterator[str]:
    name = table.model._meta.verbose_name.capitalize()
    statuses = dict(table.model.Status.choices)
    yield f"## {name}"
    yield ""
    yield "```mermaid"
    yield "stateDiagram-v2"
    for row in table.rows.values():
        for status in row.from_:
            yield f"    {status} --> {row.to or status}: {row.verb.replace('_', ' ')}"
    yield "```"
    yield ""
    yield "| move | from | to | by | event |"
    yield "|---|---|---|---|---|"
    for row in table.rows.values():
        came = ", ".join(str(statuses[status]) for status in row.from_)
        goes = str(statuses[row.to]) if row.to else "the same"
        yield f"| {row.verb.replace('_', ' ')} | {came} | {goes} | {_by(row)} | `{row.event}` |"


def _by(row) -> str:
    if hasattr(row, "due"):
        return f"the clock, at `{row.due}`"
    rule = _rule(row.who)
    part = {True: "; proposes, and another confirms", False: ""}[bool(row.proposes)]
    return f"who {rule}{part}{'; the second person' if row.second else ''}"


def _rule(who) -> str:
    """What a rule of access.py says of itself; for a lambda, what the rule that it asks says."""
    access = who.__globals__.get("access")
    asked = [getattr(access, name, None) for name in who.__code__.co_names if who.__name__ == "<lambda>"]
    for rule in [*asked, who]:
        if callable(rule) and rule.__doc__:
            said = rule.__doc__.strip().partition("\n")[0].rstrip(".")
            return said.removeprefix("Whether the person ").partition(":")[0]
    return "holds its key"


def permissions() -> str:
    """docs/permissions.md: the access matrix in words."""
    text = [ACCESS.format(stages=", ".join(matrix.STAGES))]
    apps: dict[str, list[str]] = {}
    for name in matrix.read():
        app, _, rest = name.rpartition(":")
        apps.setdefault(app or "sign-in", []).append(rest)
    for app, names in apps.items():
        text += [
            "",
            f"## {app}",
            "",
            "| address | stage | gets in | told no | not signed in |",
            "|---|---|---|---|---|",
        ]
        for rest in names:
            text += _rows(f"{app}:{rest}" if app != "sign-in" else rest, rest)
    return "\n".join(text) + "\n"


def _rows(name: str, shown: str) -> Iterator[str]:
    for line in matrix.read()[name].lines:
        asked = "asked to sign in" if line.asks_to_sign_in else ""
        told_no = matrix.said(line.told_no) if line.told_no else ""
        yield f"| `{shown}` | {matrix.span(line.stages)} | {matrix.said(line.let_in)} | {told_no} | {asked} |"
        shown = ""


DOCUMENTS = {"lifecycle.md": lifecycles, "permissions.md": permissions}


def main() -> None:
    """Write each document, or with `--check` say which is not current."""
    stale = [name for name, text in DOCUMENTS.items() if (DOCS / name).read_text() != text()]
    if "--check" in sys.argv:
        sys.exit(f"Not current: {stale}; `python -m tests.house.describe` writes them." if stale else 0)
    for name in stale:
        (DOCS / name).write_text(DOCUMENTS[name]())


if __name__ == "__main__":
    main()
