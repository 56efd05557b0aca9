"""The notes on a tender's file, as their page shows them."""

from tenders.models import FileNote, Tender


def notes_of(tender: Tender) -> list[FileNote]:
    """Every note, the newest first, with what corrects it."""
    found = tender.file_notes.select_related("recorded_by", "corrects").prefetch_related("corrections")
    return list(found.order_by("-number"))
