"""Cost lines pasted from a spreadsheet: all or none, and each mistake by its row and column."""

from decimal import Decimal

import pytest
from django.test import Client

from odifund.core import clock
from tenders.models import CostLine
from tests import cast
from tests.factories import proposal as made
from tests.tenders.test_tender_page import words

pytestmark = pytest.mark.django_db

LEAD, PARTNER = "Exampleshire County Council", "Pattern & Post"
HEAD = "Organisation\tWhat\tKind\tDays\tDay rate\tAmount"


@pytest.fixture
def proposal():
    begun = made.draft_proposal()
    with clock.held_at(made.written_at(begun.tender)):
        yield begun


@pytest.fixture
def paste(proposal):
    client = Client()
    client.force_login(proposal.started_by)
    return lambda *rows, **more: client.post(
        f"/proposals/{proposal.pk}/costs/paste/", {"rows": "\n".join(rows), **more}, follow=True
    )


def lines():
    return list(CostLine.objects.order_by("order").values_list("what", "kind", "days", "day_rate", "amount"))


def test_rows_come_in_with_or_without_the_names_of_the_columns(paste, proposal):
    rows = (f"{LEAD}\tResearcher\tStaff\t10\t£450.00\t", f"{PARTNER.upper()}\tTrains\tExpenses\t\t\t1,200.50")
    page = words(paste(HEAD, *rows))
    assert "2 lines added." in page
    assert lines() == [
        ("Researcher", "staff", Decimal(10), Decimal(450), Decimal(4500)),
        ("Trains", "expenses", None, None, Decimal("1200.50")),
    ]
    paste(f"{LEAD}\tLead\t\t2\t500")
    assert lines()[-1] == ("Lead", "staff", Decimal(2), Decimal(500), Decimal(1000))
    assert [line.order for line in proposal.cost_lines.all()] == [1, 2, 3]


def test_one_mistake_and_nothing_is_added_and_all_that_was_pasted_stays(paste):
    rows = (f"{LEAD}\tResearcher\tStaff\t10\t450\t", f"{LEAD}\tTrains\tExpenses\t\t\t12,00.5")
    answer = paste(*rows)
    assert answer.status_code == 422
    assert "Row 2, amount: Enter the amount in pounds" in words(answer)
    assert "Researcher\tStaff\t10\t450" in answer.content.decode()
    assert lines() == []


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            "Nobody Ltd\tX\tStaff\t1\t1\t",
            "Row 1, organisation: “Nobody Ltd” is not one whose lines you change, only",
        ),
        (f"{LEAD}\tX\tBribes\t\t\t5", "Row 1, kind: Choose the kind of cost from the list"),
        (f"{LEAD}\tX\tStaff\t-3\t450\t", "Row 1, days: The days must be more than 0"),
        (f"{LEAD}\tX\tStaff\t1e9\t450\t", "Row 1, days: Enter the days as a number"),
        (f"{LEAD}\tX\tStaff\t1\t450\t450", "Row 1, amount"),
        (f"{LEAD}\t\tStaff\t1\t450\t", "Row 1, what: Enter what it is for"),
        (f"{LEAD}, X, Staff, 1, 450", "Row 1 has 1 column."),
        (HEAD, "Give at least one row below the names of the columns"),
        ("", "Enter the rows"),
    ],
)
def test_each_mistake_is_said_with_its_row_and_column(paste, row, said):
    answer = paste(row)
    assert answer.status_code == 422
    assert said in words(answer)
    assert lines() == []


def test_a_percentage_may_carry_its_sign(paste):
    paste(f"{LEAD}\tTeam\tstaff\t10\t450\n{LEAD}\tOverhead\toverhead\t\t\t\t5 %")
    assert CostLine.objects.get(kind="overhead").percent == Decimal(5)


def test_ten_thousand_rows_are_refused_in_a_sentence(paste):
    answer = paste(*[f"{LEAD}\tX\t\t1\t1"] * 10_000)
    assert answer.status_code == 422
    assert "These are 10,000 rows. Add 300 at most at once" in words(answer)
    assert lines() == []


def test_no_proposal_has_more_lines_than_can_be_read(paste):
    row = f"{LEAD}\tX\t\t1\t1"
    paste(*[row] * 200)
    answer = paste(*[row] * 101)
    assert "A proposal has 300 cost lines at most. It has 200." in words(answer)
    assert CostLine.objects.count() == 200
    many = paste(*["Nobody\tX\t\t1\t1"] * 60)
    assert "And 40 more mistakes" in words(many)


def test_a_few_rows_too_many_are_counted(paste):
    answer = paste(*[f"{LEAD}\tX\t\t1\t1"] * 301)
    assert "These are 301 rows. Add 300 at most at once" in words(answer)
    assert lines() == []


def test_sent_twice_it_is_added_once(paste):
    for _ in range(2):
        paste(f"{LEAD}\tX\t\t1\t1", sent_once="one form")
    assert len(lines()) == 1


def test_a_rival_pastes_nothing(proposal):
    rival = Client()
    rival.force_login(cast.person("lead-b", at=made.written_at(proposal.tender)))
    address = f"/proposals/{proposal.pk}/costs/paste/"
    assert rival.get(address).status_code == 404
    assert rival.post(address, {"rows": f"{LEAD}\tX\t\t1\t1"}).status_code == 404


def test_script_in_a_cell_stays_words(paste, proposal):
    answer = paste("<script>alert(1)</script>\tX\t\t1\t1", f"{LEAD}\t<script>alert(2)</script>\t\t1\t1")
    assert "<script>alert" not in answer.content.decode()
