"""Cost lines by the row, pasted or in a spreadsheet: all of them or none, each mistake with its place."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError

from odifund.core import forms
from odifund.core.wording import counted, in_one_breath
from tenders.forms.cost_line import KINDS_OF_COST, CostLineForm
from tenders.queries.cost_sheet import HEADS

if TYPE_CHECKING:
    from consortia.models import Member

COLUMNS = ("organisation", "what", "kind", "days", "day_rate", "amount", "percent", "note")
LEAST = 4
"""Columns of a row that says anything: organisation, what, kind, days."""
AT_ONCE = 300
TOLD = 20
"""How many mistakes are told at once: who pasted the wrong columns has one in every row."""

Row = Sequence[str]
Place = Callable[[int, str], str]
KINDS = {str(word).casefold(): key for key, label, *_ in KINDS_OF_COST for word in (key, label)}


class CostRows:
    """Rows of cells read as lines. `costs` holds what they say, `faults` what is wrong, each once read."""

    def __init__(self, members: "Sequence[Member]", allowed: dict[str, Any], place: Place) -> None:
        self.members, self.allowed, self.place = members, allowed, place
        self.keys = {str(each.organisation).casefold(): str(each.organisation_id) for each in members}
        self.costs: list[dict[str, Any]] = []

    def read(self, rows: Sequence[tuple[int, Row]]) -> None:
        """Read numbered rows; raises ValidationError with every mistake, or the first twenty."""
        if rows and rows[0][1][0].casefold() == "organisation":
            rows = rows[1:]
        if len(rows) > AT_ONCE:
            raise ValidationError(f"These are {len(rows):,} rows. Add {AT_ONCE} at most at once")
        faults = [fault for number, row in rows for fault in self._line(number, row)]
        if len(faults) > TOLD:
            faults = [*faults[:TOLD], f"And {counted(len(faults) - TOLD, 'more mistake')}"]
        if faults or not rows:
            raise ValidationError(faults or ["Give at least one row below the names of the columns"])

    def _line(self, number: int, row: Row) -> Iterator[str]:
        if len(row) < LEAST:
            yield f"Row {number} has {counted(len(row), 'column')}. Copy all, from organisation to amount"
            return
        said = dict(zip(COLUMNS, row, strict=False))
        if said["organisation"].casefold() not in self.keys:
            names = in_one_breath([str(each.organisation) for each in self.members])
            place = self.place(number, "organisation")
            yield f"{place}: “{said['organisation'][:80]}” is not one whose lines you change, only {names}"
            return
        said["organisation"] = self.keys[said["organisation"].casefold()]
        typed = said["kind"].casefold()
        said["kind"] = KINDS.get(typed, typed) or ("staff" if said.get("days") else "")
        line = CostLineForm(said, members=self.members, **self.allowed)
        if line.is_valid():
            self.costs.append(line.cleaned_data)
        for name, errors in line.errors.items():
            yield from (f"{self.place(number, name)}: {error}" for error in errors)


def by_words(number: int, name: str) -> str:
    """Row 3, day rate."""
    column = HEADS[COLUMNS.index(name)].lower()
    return f"Row {number}, {column}"


class RowsField(forms.LongTextField):
    """Rows, counted as rows: who pasted a whole ledger is not told of characters."""

    def to_python(self, value: str | None) -> str:
        """The rows, cleaned."""
        if (count := len((value or "").splitlines())) > 2 * AT_ONCE:
            raise self.refuse(f"These are {count:,} rows. Add {AT_ONCE} at most at once", "long")
        return super().to_python(value)


class PastedCosts(forms.Form):
    """The rows as they come out of a spreadsheet, a tab between the columns."""

    says_optional = False
    rows = RowsField(
        label="Rows",
        what="the rows",
        rows=12,
        help_text="A row is organisation, what it is for, kind of cost, days, day rate, amount; then, if you"
        " like, a percentage for overhead and a note. It has days and a day rate, or an amount. A first row"
        " with the names of the columns is left out.",
    )

    def __init__(self, *args: Any, members: "Sequence[Member]", allowed: dict[str, Any], **more: Any) -> None:
        super().__init__(*args, **more)
        self.lines = CostRows(members, allowed, by_words)

    def clean_rows(self) -> str:
        """The rows, each read as the form of one line reads it."""
        text: str = self.cleaned_data["rows"]
        said = [[cell.strip() for cell in line.split("\t")] for line in text.splitlines() if line.strip()]
        if said and said[0][0].casefold() == "organisation":
            said = said[1:]
        self.lines.read(list(enumerate(said, start=1)))
        return text


def shown(cell: Any) -> str:
    """A spreadsheet's cell as somebody reads it there: one that shows 5% holds 0.05."""
    if isinstance(cell.value, (int, float)) and "%" in (cell.number_format or ""):
        return plain(cell.value * 100)
    return plain(cell.value)


def plain(value: object) -> str:
    """A cell's value as somebody would type it: numbers without an exponent, to the tenth of a penny."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, (int, float)):
        return f"{round(Decimal(str(value)), 4).normalize():f}"
    return " ".join(str(value).split())
