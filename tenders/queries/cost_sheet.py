"""The cost lines that a person reads as an .xlsx, in the columns that the portal takes back."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from odifund.core import canonical
from tenders.models import CostLine
from tenders.queries.costs import Costs
from tenders.queries.draft import written

COLUMNS = (
    ("Organisation", 34),
    ("What", 40),
    ("Kind", 18),
    ("Days", 10),
    ("Day rate", 12),
    ("Amount", 14),
    ("Percent", 10),
    ("Note", 40),
    ("Comes to", 14),
)
"""With their widths. The last is for reading: what the days and the rate, or the percentage, come to."""
HEADS = tuple(head for head, _ in COLUMNS)
READ = "Lines as they were read"
"""The property of the file that says what the lines were that the person could change."""
MONEY, NUMBER = "#,##0.00", "0.##"
FORMATS = (None, None, None, NUMBER, MONEY, MONEY, NUMBER, None, MONEY)


def as_read(lines: Iterable[CostLine]) -> str:
    """The digest of what lines say: the spreadsheet bears it, so that what changed meanwhile is noticed."""
    return canonical.digest(written(lines))


def sheet(costs: Costs, read: str) -> bytes:
    """The spreadsheet; lines of organisations that are not shown are left out. `read`: see `as_read`."""
    book = Workbook()
    book.custom_doc_props.append(StringProperty(name=READ, value=read))  # type: ignore[attr-defined]
    page = book.active
    assert isinstance(page, Worksheet)
    page.title = "Costs"
    page.append(HEADS)
    for number, (_, width) in enumerate(COLUMNS, start=1):
        page.cell(1, number).font = Font(bold=True)
        page.column_dimensions[get_column_letter(number)].width = width
    for share in costs.shares:
        for line in share.lines if share.is_shown else ():
            _write(page, _values(share.name, line))
    page.freeze_panes = "A2"
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _values(organisation: str, line: CostLine) -> Sequence[str | Decimal | None]:
    typed = line.amount if line.days is None and line.percent is None else None
    kind = line.get_kind_display()
    return (
        organisation,
        line.what,
        kind,
        line.days,
        line.day_rate,
        typed,
        line.percent,
        line.note,
        line.amount,
    )


def _write(page: Worksheet, values: Sequence[str | Decimal | None]) -> None:
    row = page.max_row + 1
    for number, (value, shape) in enumerate(zip(values, FORMATS, strict=True), start=1):
        cell = page.cell(row, number)
        assert isinstance(cell, Cell)
        if isinstance(value, str):
            _write_words(cell, value)
        else:
            cell.value = value
            cell.number_format = shape or "General"


def _write_words(cell: Cell, words: str) -> None:
    """Words stay words, whatever they begin with: "=1+1" would else be worked out by who opens it."""
    cell.value = words
    cell.data_type = "s"
    cell.quotePrefix = True
    cell.alignment = Alignment(wrap_text=True, vertical="top")
