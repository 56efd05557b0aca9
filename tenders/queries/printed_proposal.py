"""A proposal for print: the draft as it reads now, or a version as it was submitted."""

from datetime import datetime

from odifund.core.printing.blocks import from_plain_text
from odifund.core.wording import figures, file_size, moment, moment_to_the_second, pounds
from tenders.models import Tender, Version
from tenders.queries.contents import Contents, File, Line

Data = dict[str, object]


def printed(said: Contents, tender: Tender, at: datetime, version: Version | None = None) -> Data:
    """All that it says. A draft tells as of when; a version its receipt, its moment and its fingerprint."""
    return {
        "reference": tender.reference,
        "tender": tender.title,
        "title": said.title,
        "as_of": moment(at),
        "receipt": str(version.receipt_number) if version else "",
        "submitted": moment_to_the_second(version.submitted_at) if version else "",
        "fingerprint": version.fingerprint if version else "",
        "delivery_model": said.delivery_model_in_words,
        "members": [
            {"name": each.name, "kind": each.kind_in_words, "is_lead": each.is_lead} for each in said.members
        ],
        "sections": [
            {
                "title": text.title,
                "text": from_plain_text(text.text),
                "files": [_file(file) for file in text.files],
                "words": text.words,
            }
            for text in said.sections
        ],
        "lines": [_line(line) for line in said.cost_lines],
        "price": pounds(said.price),
        "vat": said.vat_in_words,
        "files": [_file(file) for file in said.beside],
        "payments": ", ".join(said.payments_in_words),
        "confidential": said.confidential_in_words,
        "publishes": said.publishes_in_words,
        "summary": from_plain_text(said.publication.get("summary", "")),
        "statements": said.statements,
    }


def _line(line: Line) -> Data:
    return {
        "what": line.what,
        "organisation": line.organisation_name,
        "kind": line.kind_in_words if line.percent is None else f"{line.percent.normalize():f}% of staff",
        "note": line.note,
        "days": f"{line.days.normalize():f}" if line.days is not None else "",
        "rate": figures(line.day_rate) if line.day_rate is not None else "",
        "amount": figures(line.amount),
    }


def _file(file: File) -> Data:
    return {"name": file.name, "size": file_size(file.size), "sha256": file.sha256}
