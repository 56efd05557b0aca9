"""Cost lines pasted from a spreadsheet: all of them or none, and each mistake with its row and column."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError

from odifund.core import forms
from odifund.core.wording import counted, in_one_breath
from tenders.forms.proposal import CostLineForm

if TYPE_CHECKING:
    from consortia.models import Member

COLUMNS = ("organisation", "what", "kind", "days", "day_rate", "amount")
AT_ONCE = 200
TOLD = 20
"""How many mistakes are told at once: who pasted the wrong columns has one in every row."""


class PastedCosts(forms.Form):
    """The rows as they come out of a spreadsheet, a tab between the columns."""

    says_optional = False
    rows = forms.LongTextField(
        label="Rows",
        what="the rows",
        rows=12,
        help_text="A row is organisation, what it is for, kind of cost, days, day rate, amount. It has days"
        " and a day rate, or an amount. A first row with the names of the columns is left out.",
    )

    def __init__(self, *args: Any, members: "Sequence[Member]", allowed: dict[str, Any], **more: Any) -> None:
        super().__init__(*args, **more)
        self.members, self.allowed = members, allowed
        self.costs: list[dict[str, Any]] = []

    def clean_rows(self) -> str:
        """The rows, each read as the form of one line reads it."""
        text: str = self.cleaned_data["rows"]
        rows = [[cell.strip() for cell in line.split("\t")] for line in text.splitlines() if line.strip()]
        if rows and rows[0][0].casefold() == "organisation":
            rows = rows[1:]
        if len(rows) > AT_ONCE:
            raise ValidationError(f"These are {len(rows):,} rows. Paste {AT_ONCE} at most at once")
        faults = [fault for number, row in enumerate(rows, start=1) for fault in self._read(number, row)]
        if len(faults) > TOLD:
            faults = [*faults[:TOLD], f"And {counted(len(faults) - TOLD, 'more mistake')}"]
        if faults or not rows:
            raise ValidationError(faults or ["Paste at least one row below the names of the columns"])
        return text

    def _read(self, number: int, row: list[str]) -> Iterator[str]:
        if len(row) < len(COLUMNS) - 2:
            yield f"Row {number} has {counted(len(row), 'column')}. Copy all, from organisation to amount"
            return
        said = dict(zip(COLUMNS, row, strict=False))
        keys = {str(each.organisation).casefold(): str(each.organisation_id) for each in self.members}
        if said["organisation"].casefold() not in keys:
            names = in_one_breath([str(each.organisation) for each in self.members])
            yield f"Row {number}: “{said['organisation']}” is not in the consortium, which has {names}"
            return
        said["organisation"] = keys[said["organisation"].casefold()]
        said["kind"] = said["kind"].casefold() or ("staff" if said.get("days") else "")
        line = CostLineForm(said, members=self.members, **self.allowed)
        if line.is_valid():
            self.costs.append(line.cleaned_data)
        for name, errors in line.errors.items():
            column = str(line.fields[name].label).lower()
            yield from (f"Row {number}, {column}: {error}" for error in errors)
