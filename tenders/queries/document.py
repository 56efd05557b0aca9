"""The documents of a tender as its pages list them: each in its newest version, with those before it."""

from dataclasses import dataclass
from uuid import UUID

from tenders.models import Document, Tender


@dataclass(frozen=True)
class Shown:
    """A document: its newest version, and the ones it replaced, the newest first."""

    newest: Document
    earlier: list[Document]


def documents_of(tender: Tender) -> list[Shown]:
    """The invitation first, then by kind in the order of kinds; a handful of rows, read at once."""
    rows = {row.pk: row for row in tender.documents.select_related("file")}
    replaced = {row.replaces_id for row in rows.values()}
    newest = [row for row in rows.values() if row.pk not in replaced]
    places = {kind: place for place, kind in enumerate(Document.Kind.values)}
    newest.sort(key=lambda row: (places[row.kind], row.title.casefold(), row.pk))
    return [Shown(row, _earlier(row, rows)) for row in newest]


def _earlier(row: Document, rows: dict[UUID, Document]) -> list[Document]:
    found = []
    while row.replaces_id:
        row = rows[row.replaces_id]
        found.append(row)
    return found


def kinds() -> list[tuple[str, str]]:
    """What a document can be, to choose from."""
    return [(value, str(label)) for value, label in Document.Kind.choices]
