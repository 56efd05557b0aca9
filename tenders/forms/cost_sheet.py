"""Cost lines as an .xlsx that somebody sends: untrusted, so measured before anything reads it.

A spreadsheet is a zip of XML. What unpacks to too much or declares entities is refused (what has macros
is no type that may be sent). Formulas are not worked out and links not followed: the values count that
the sheet last showed.
"""

from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from django.core.exceptions import ValidationError
from openpyxl import load_workbook

from odifund.core import forms
from odifund.core.forms import sniffing
from odifund.core.wording import counted, file_size
from tenders.forms.cost_rows import AT_ONCE, COLUMNS, CostRows, shown
from tenders.queries.cost_sheet import READ

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from consortia.models import Member

LARGEST = 2 * 1024**2
UNPACKED = 8 * 1024**2
PARTS = 200
SAVE_ANEW = "Copy the rows into a new spreadsheet and send that"


class CostSheetForm(forms.Form):
    """The file, and what becomes of the lines that are there. `read`: as which lines it came down."""

    says_optional = False
    file = forms.UploadField(
        label="Spreadsheet",
        what="a spreadsheet",
        kinds=(sniffing.EXCEL,),
        limit=LARGEST,
        help_text="We read its first sheet. Formulas count with the value that you see.",
    )
    do = forms.ChoiceField(
        label="What becomes of the lines that are there",
        what="what becomes of the lines that are there",
        choices=[
            forms.choice(
                "replace", "Replace them", "Every line that you can change is replaced by the file’s."
            ),
            forms.choice("add", "Keep them", "The file’s lines are added below."),
        ],
    )

    def __init__(self, *args: Any, members: "Sequence[Member]", allowed: dict[str, Any], **more: Any) -> None:
        super().__init__(*args, **more)
        self.lines = CostRows(members, allowed, _cell)
        self.read = ""

    def clean_file(self) -> Any:
        """The file, whose rows `lines` then holds."""
        file = self.cleaned_data["file"]
        _only_what_can_be_read(file)
        try:
            self.read = _read(file)
            rows = list(_rows(file))
        except ValidationError:
            raise
        except Exception as error:  # openpyxl has no error of its own for what is no workbook
            raise ValidationError(f"We cannot read this spreadsheet. {SAVE_ANEW}") from error
        self.lines.read(rows)
        return file


def _cell(number: int, name: str) -> str:
    """D5, as spreadsheets name a cell."""
    return f"Cell {'ABCDEFGH'[COLUMNS.index(name)]}{number}"


def _only_what_can_be_read(file: Any) -> None:
    """Refuse what would fill the memory or could do anything, before it is unpacked.

    The sizes that a zip states may lie; no part is read for more bytes than it states.
    """
    file.seek(0)
    try:
        with ZipFile(file) as packed:
            parts = packed.infolist()
            size = sum(part.file_size for part in parts)
            if len(parts) > PARTS or size > UNPACKED:
                unpacked = f"{file_size(size)} in {counted(len(parts), 'part')}"
                most = f"{file_size(UNPACKED)}, {PARTS} parts"
                raise ValidationError(
                    f"This spreadsheet unpacks to {unpacked}, more than we read ({most}). {SAVE_ANEW}"
                )
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    with packed.open(part) as words:
                        if b"<!DOCTYPE" in words.read(4096):
                            raise ValidationError(f"We cannot read this spreadsheet. {SAVE_ANEW}")
    except (*sniffing.DAMAGED, *sniffing.BEYOND_US) as error:
        raise ValidationError(f"We cannot read this spreadsheet. {SAVE_ANEW}") from error
    file.seek(0)


def _read(file: Any) -> str:
    """What the lines were when this file came from us; of any other nothing."""
    book = load_workbook(file, read_only=True, keep_links=False)
    book.close()
    properties = book.custom_doc_props.props  # type: ignore[attr-defined]
    found = [each.value for each in properties if each.name == READ]
    return str(found[0]) if found else ""


def _rows(file: Any) -> "Iterator[tuple[int, list[str]]]":
    """The rows of the first sheet that say anything, with their numbers as the sheet has them."""
    said = 0
    for number, (cells, written) in enumerate(_both(file), start=1):
        row = [shown(cell) for cell in cells] + [""] * (len(COLUMNS) - len(cells))
        unknown = [
            cell for words, cell in zip(row, written, strict=False) if not words and cell.data_type == "f"
        ]
        if unknown:
            where = f"Cell {unknown[0].coordinate}"
            anew = "Open it in a spreadsheet program and save it, or type the number"
            raise ValidationError(f"{where} holds a formula without what it comes to. {anew}")
        if not any(row):
            if number > 10 * AT_ONCE:
                break
            continue
        said += 1
        if said > AT_ONCE + 1:
            raise ValidationError(f"The sheet has more than {AT_ONCE} rows. Add {AT_ONCE} at most at once")
        yield number, row


def _both(file: Any) -> "Iterator[tuple[Sequence[Any], Sequence[Any]]]":
    """Each row of the first sheet twice: with the values that it last showed, and with its formulas."""
    books = [
        load_workbook(file, read_only=True, data_only=shows, keep_links=False) for shows in (True, False)
    ]
    try:
        sheets = [book.worksheets[0] for book in books]
        for sheet in sheets:
            sheet.reset_dimensions()  # a sheet may state any size; what it holds is read
        yield from zip(*(sheet.iter_rows(max_col=len(COLUMNS)) for sheet in sheets), strict=True)
    finally:
        for book in books:
            book.close()
