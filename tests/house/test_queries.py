"""No page asks the database more when there is more to show, and none asks much or weighs much.

Every address is asked in a world with one more of everything (crowd.py) and in one with several, by
everybody who is let in, so a page that is new is held to it from its first day.
"""

from dataclasses import dataclass

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.house import matrix, subjects, world
from tests.house.addresses import Address, all_addresses
from tests.house.asking import ask, clients, undone

FEW, MANY = 1, 3
QUERIES, BYTES = 12, 40_000
TABLE = matrix.read()
ALIKE = ("anonymous", "manager", "lead-a")
"""What everybody reads is asked by these three."""

WORKING_TOOLS = {
    "tenders:costs": (12, 60_000),
}
"""Where one looks long and does much: what they may ask and weigh."""

LISTS = {
    "submitted": {
        "account",
        "pages:front",
        "pages:outbox",
        "pages:people",
        "pages:trail",
        "tenders:attachments",
        "tenders:consortium",
        "tenders:costs",
        "tenders:file_notes",
        "tenders:incidents",
        "tenders:list",
        "tenders:problems",
        "tenders:programme",
        "tenders:questions",
        "tenders:staff_tenders",
        "tenders:take_part",
        "tenders:waiting_questions",
        "consortia:organisation",
    },
    "scored": {
        "tenders:eligibility",
        "tenders:moderation",
        "tenders:my_scores",
        "tenders:opening",
        "tenders:panel",
        "tenders:pile",
        "tenders:ranking",
        "tenders:register",
    },
    "finished": {
        "deliverables:blog",
        "deliverables:delivery",
        "deliverables:patterns",
        "deliverables:payments",
        "deliverables:reports",
        "tenders:tender_outcome",
    },
}
"""The lists that a stage has rows for: they must have been asked, or the test would show nothing."""


@dataclass(frozen=True)
class Cost:
    """What one page cost."""

    queries: int
    size: int


@pytest.mark.parametrize("stage", LISTS)
def test_no_page_asks_more_with_more_rows_and_none_asks_or_weighs_much(db, stage):
    with undone():
        few = costs(stage, FEW)
    many = costs(stage, MANY)
    assert LISTS[stage] <= {name for name, _ in many}
    grown = {page: (few[page], cost) for page, cost in many.items() if page in few}
    grown = {page: both for page, both in grown.items() if both[1].queries > both[0].queries}
    assert grown == {}
    assert {page: cost for page, cost in many.items() if is_too_much(page[0], cost)} == {}


def is_too_much(name: str, cost: Cost) -> bool:
    queries, size = WORKING_TOOLS.get(name, (QUERIES, BYTES))
    return cost.queries > queries or cost.size > size


def costs(stage: str, more: int) -> dict[tuple[str, str], Cost]:
    """What every page costs, by address and person."""
    built = world.build(stage, more=more)
    browsers, found = clients(built), {}
    with world.at_its_moment(built):
        for address in all_addresses():
            path = address.of(built)
            if str(subjects.NOBODY) in path or subjects.NOT_YET in path:
                continue
            for person in readers(address, stage):
                if cost := cost_of(browsers[person], path):
                    found[address.name, person] = cost
    return found


def readers(address: Address, stage: str) -> list[str]:
    """Whoever is let in; but what is for everybody, the home page apart, is asked by a few."""
    line = matrix.line_of(TABLE, address.name, stage)
    let_in = [person for person in world.PEOPLE if line and person in line.let_in]
    if address.name != "pages:home" and len(let_in) >= len(world.PEOPLE) - 1:
        return [person for person in let_in if person in ALIKE]
    return let_in


def cost_of(client, path: str) -> Cost | None:
    """Of a page that shows something; the brackets of transactions are not counted."""
    with CaptureQueriesContext(connection) as caught:
        answer = ask(client, path, "get")
    if answer.status_code != 200 or answer.streaming:
        return None
    asked = [query for query in caught if "SAVEPOINT" not in query["sql"]]
    return Cost(len(asked), len(answer.content))
