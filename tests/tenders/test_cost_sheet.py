"""Costs as a spreadsheet: down with words that stay words, up with each mistake by its cell."""

import zipfile
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook

from odifund.core import clock
from odifund.core.forms.sniffing import EXCEL
from tenders.actions import cost_line
from tenders.actions.cost_line import Cost
from tenders.models import CostLine
from tests import cast
from tests.factories import proposal as made
from tests.tenders.test_tender_page import words

pytestmark = pytest.mark.django_db
LEAD = "Exampleshire County Council"
HEAD = ["Organisation", "What", "Kind", "Days", "Day rate", "Amount", "Percent", "Note"]


@pytest.fixture
def proposal():
    begun = made.draft_proposal()
    with clock.held_at(made.written_at(begun.tender)):
        yield begun


@pytest.fixture
def priya(proposal):
    client = Client()
    client.force_login(proposal.started_by)
    return client


def workbook(*rows):
    book, packed = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(packed)
    return packed.getvalue()


def repacked(data, **parts):
    """The same spreadsheet with more or other parts."""
    packed = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(data)) as before,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            if name not in parts:
                after.writestr(name, before.read(name))
        for name, body in parts.items():
            after.writestr(name, body)
    return packed.getvalue()


def send(client, proposal, data, do="add", name="costs.xlsx"):
    file = SimpleUploadedFile(name, data, EXCEL.media_type)
    return client.post(f"/proposals/{proposal.pk}/costs/upload/", {"file": file, "do": do}, follow=True)


def test_what_comes_down_goes_up_again_as_it_was(priya, proposal):
    at, lead = made.written_at(proposal.tender), proposal.consortium.lead
    costs = [
        Cost(lead, '=HYPERLINK("http://rival.example.org")', days=Decimal("2.5"), day_rate=Decimal("310.10")),
        Cost(lead, "Rooms", kind="expenses", amount=Decimal("640.55"), note="Three workshops"),
        Cost(lead, "Overhead", kind="overhead", percent=Decimal("7.5")),
        Cost(lead, "VAT on rooms", kind="vat", amount=Decimal(128)),
    ]
    cost_line.add_all(proposal, costs, by=proposal.started_by, at=at)
    told = ("what", "kind", "days", "day_rate", "percent", "amount", "note")
    before = list(CostLine.objects.order_by("order").values_list(*told))
    sheet = b"".join(priya.get(f"/proposals/{proposal.pk}/costs/costs.xlsx"))
    cells = load_workbook(BytesIO(sheet)).active
    assert [cell.data_type for cell in cells["B"]][:2] == ["s", "s"]
    assert cells["B2"].quotePrefix
    page = send(priya, proposal, sheet, "replace")
    assert "4 lines replaced by 4 lines." in words(page)
    assert list(CostLine.objects.order_by("order").values_list(*told)) == before


def test_a_partner_gets_and_replaces_its_own_lines_alone(proposal):
    at = made.written_at(proposal.tender)
    made.add_costs(proposal, Decimal(10_000))
    ines = Client()
    ines.force_login(cast.person("partner-a", at=at))
    sheet = b"".join(ines.get(f"/proposals/{proposal.pk}/costs/costs.xlsx"))
    assert [row[0].value for row in load_workbook(BytesIO(sheet)).active.iter_rows(min_row=2)] == [
        "Pattern & Post"
    ]
    send(
        ines, proposal, workbook(HEAD, ["Pattern & Post", "All of it", "Other", None, None, 5500]), "replace"
    )
    assert sorted(CostLine.objects.values_list("what", flat=True)) == ["All of it", "Repairs team"]
    refused = send(ines, proposal, workbook(HEAD, [LEAD, "Theirs", "Other", None, None, 1]))
    assert "Cell A2: “Exampleshire County Council” is not one whose lines you change" in words(refused)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ([LEAD, "Team", "Staff", -3, 450], "Cell D2: The days must be more than 0"),
        ([LEAD, "Team", "Staff", 3, "1,200.505"], "Cell E2: Enter the day rate in pounds"),
        ([LEAD, "Team", "Staff", 3, 450, 1350], "Cell F2"),
        ([LEAD, "Team", "Bribes", None, None, 1], "Cell C2: Choose the kind of cost from the list"),
        ([LEAD, "Team", "Staff", "=1+1", 450], "Cell D2 holds a formula without what it comes to"),
        ([LEAD, "Team", "Staff", 1e12, 450], "Cell D2: The days must be 9,999 or less"),
    ],
)
def test_each_mistake_is_told_by_its_cell_and_nothing_is_taken(priya, proposal, row, said):
    answer = send(priya, proposal, workbook(HEAD, row))
    assert answer.status_code == 422
    assert said in words(answer)
    assert not CostLine.objects.exists()


def test_the_value_that_was_last_shown_of_a_formula_counts(priya, proposal):
    data = workbook(HEAD, [LEAD, "Rooms", "Expenses", None, None, 77])
    with zipfile.ZipFile(BytesIO(data)) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
    formula = sheet.replace("<v>77</v>", "<f>70+[1]Other!A1</f><v>77</v>")
    assert formula != sheet
    links = '<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    hostile = repacked(
        data, **{"xl/worksheets/sheet1.xml": formula, "xl/externalLinks/externalLink1.xml": links}
    )
    assert "1 line added." in words(send(priya, proposal, hostile))
    assert CostLine.objects.get().amount == 77


def test_a_cell_that_shows_five_per_cent_is_five_per_cent(priya, proposal):
    book, packed = Workbook(), BytesIO()
    book.active.append(HEAD)
    book.active.append([LEAD, "Team", "staff", 10, 450])
    book.active.append([LEAD, "Overhead", "overhead", None, None, None, 0.075])
    book.active["G3"].number_format = "0.0%"
    book.save(packed)
    send(priya, proposal, packed.getvalue())
    line = CostLine.objects.get(kind="overhead")
    assert (line.percent, line.amount) == (Decimal("7.50"), Decimal("337.50"))


def test_a_formula_without_its_value_is_named_by_its_cell(priya, proposal):
    page = send(priya, proposal, workbook(HEAD, [LEAD, "Rooms", "expenses", None, None, "=2*320"]))
    assert "Cell F2 holds a formula without what it comes to" in words(page)
    assert not CostLine.objects.exists()


def test_a_bomb_is_refused_before_it_is_unpacked(priya, proposal):
    bomb = repacked(workbook(HEAD), **{"xl/media/zeros.bin": b"\0" * (60 * 1024**2)})
    assert len(bomb) < 1024**2
    answer = send(priya, proposal, bomb)
    assert answer.status_code == 422
    assert "unpacks to" in words(answer)


@pytest.mark.parametrize(
    ("part", "body", "said"),
    [
        ("xl/vbaProject.bin", b"macro", "macros"),
        ("xl/workbook.xml", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><workbook/>', "cannot read"),
        ("xl/workbook.xml", b"<workbook", "cannot read"),
    ],
)
def test_what_could_do_anything_is_refused(priya, proposal, part, body, said):
    answer = send(
        priya, proposal, repacked(workbook(HEAD, [LEAD, "X", "Other", None, None, 1]), **{part: body})
    )
    assert answer.status_code == 422
    assert said in words(answer)
    assert not CostLine.objects.exists()


def test_a_file_cut_off_or_of_another_type_is_told(priya, proposal):
    whole = workbook(HEAD, [LEAD, "X", "Other", None, None, 1])
    for data in (whole[: len(whole) // 2], b"%PDF-1.4 %%EOF", b""):
        answer = send(priya, proposal, data)
        assert answer.status_code == 422
    assert not CostLine.objects.exists()


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"])
def test_a_part_that_came_damaged_is_told(priya, proposal, part):
    whole = workbook(HEAD, [LEAD, "X", "Other", None, None, 1])
    begins = whole.index(part.encode()) + len(part)
    answer = send(priya, proposal, whole[:begins] + b"\xff" * 40 + whole[begins + 40 :])
    assert answer.status_code == 422
    assert "We cannot read this spreadsheet. Copy the rows into a new spreadsheet" in words(answer)


def test_ten_thousand_rows_are_refused_in_a_sentence(priya, proposal):
    answer = send(priya, proposal, workbook(HEAD, *[[LEAD, "X", "Other", None, None, 1]] * 10_000))
    assert answer.status_code == 422
    assert "more than 300 rows" in words(answer)
