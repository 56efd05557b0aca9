"""What a submitted version says, read from what was written down and never from the draft.

Staff and the panel get it through `actions.reading.contents`, which logs the reading.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from types import MappingProxyType
from typing import Any
from uuid import UUID

from consortia.models import Organisation
from odifund.core import canonical, files
from odifund.core.models import StoredFile
from odifund.core.wording import plain_day
from tenders.models import CostLine, OwedDeliverable, Proposal, Section, Version
from tenders.queries.draft import Draft, count_words


@dataclass(frozen=True)
class Organised:
    """A member as it was when the proposal was submitted."""

    organisation: UUID
    name: str
    kind: str
    is_lead: bool
    in_uk: bool = True
    """Not said where it was written down before this was asked to be."""

    @property
    def kind_in_words(self) -> str:
        """What kind of organisation, for people."""
        return str(dict(Organisation.Kind.choices).get(self.kind, self.kind))


@dataclass(frozen=True)
class Text:
    """One section's answer. One that was written down before there were kinds is a text."""

    id: UUID
    title: str
    text: str
    kind: str = Section.Kind.TEXT
    files: "Sequence[File]" = ()

    @property
    def words(self) -> int:
        """How many words it has."""
        return count_words(self.text) if self.kind == Section.Kind.TEXT else 0


@dataclass(frozen=True)
class Line:
    """One cost line."""

    organisation: UUID
    organisation_name: str
    kind: str
    what: str
    days: Decimal | None
    day_rate: Decimal | None
    amount: Decimal
    percent: Decimal | None = None
    note: str = ""

    @property
    def kind_in_words(self) -> str:
        """What the money is for, for people; nothing of lines that are told as one."""
        return str(dict(CostLine.Kind.choices).get(self.kind, self.kind))


@dataclass(frozen=True)
class File:
    """One file: `id` is the stored file's key."""

    id: UUID
    title: str
    name: str
    kind: str
    size: int
    sha256: str
    section: UUID | None = None
    stored: StoredFile | None = None
    """The row as it is now, where a page shows how it stands with the virus scanner."""


@dataclass(frozen=True)
class Contents:
    """A submitted version, whole."""

    title: str
    delivery_model: str
    price: Decimal
    members: list[Organised]
    sections: list[Text]
    cost_lines: list[Line]
    files: list[File]
    vat: str = ""
    payments: dict[str, int] = field(default_factory=dict)
    paid_otherwise: list[list[str]] = field(default_factory=list)
    """What is paid for and says no kind: [its name in `payments`, its title]."""
    confidential: list[dict[str, str]] = field(default_factory=list)
    publication: dict[str, str] = field(default_factory=dict)
    statements: list[str] = field(default_factory=list)

    @property
    def lead(self) -> Organised:
        """The organisation that leads."""
        return next(member for member in self.members if member.is_lead)

    @property
    def delivery_model_in_words(self) -> str:
        """The model of delivery, for people."""
        return str(dict(Proposal.DeliveryModel.choices).get(self.delivery_model, ""))

    @property
    def vat_in_words(self) -> str:
        """What VAT the lead adds, for people."""
        return str(dict(Proposal.Vat.choices).get(self.vat, ""))

    @property
    def payments_in_words(self) -> list[str]:
        """How the price is divided, where the bidder proposed it: 30% with the halfway review."""
        kinds = [(kind, label) for kind, label in OwedDeliverable.Kind.choices if kind in self.payments]
        words = [f"{self.payments[kind]}% with the {str(label).lower()}" for kind, label in kinds]
        return words + [f"{self.payments[name]}% with “{title}”" for name, title in self.paid_otherwise]

    @property
    def confidential_in_words(self) -> list[dict[str, str]]:
        """Each confidential part with its last day as people say it."""
        return confidential_parts(self.confidential)

    @property
    def publishes_in_words(self) -> str:
        """What more may be published if it wins, for people."""
        return str(dict(Proposal.Publishes.choices).get(self.publication.get("publishes", ""), ""))

    @property
    def beside(self) -> list[File]:
        """The files that answer no section."""
        return [file for file in self.files if file.section is None]

    def text_of(self, section: UUID) -> Text | None:
        """The text of one section."""
        return next((text for text in self.sections if text.id == section), None)


def written_down(version: Version) -> dict[str, Any]:
    """The version's own words, as they were hashed."""
    found: dict[str, Any] = json.loads(version.manifest)
    return found


def of(version: Version) -> Contents:
    """The contents of the version."""
    return said(written_down(version)["proposal"])


def shown(version: Version) -> Contents:
    """The contents of the version, its files with how they stand now."""
    written = written_down(version)["proposal"]
    keys = [UUID(row["id"]) for row in written["files"]]
    return said(written, StoredFile.objects.in_bulk(keys) if keys else {})


def preview(draft: Draft) -> Contents:
    """The draft, as it would read if it were submitted now."""
    stored = {attachment.file_id: attachment.file for attachment in draft.attachments}
    return said(canonical.plain(draft.content()), stored)


def said(said: dict[str, Any], stored: Mapping[UUID, StoredFile] = MappingProxyType({})) -> Contents:
    """The contents of a proposal that was written down."""
    files = [_file(row, stored) for row in said["files"]]
    return Contents(
        title=said["title"],
        delivery_model=said["delivery_model"],
        price=Decimal(said["price"]),
        members=[Organised(**row | {"organisation": UUID(row["organisation"])}) for row in said["members"]],
        sections=[_text(row, files) for row in said["sections"]],
        cost_lines=[_line(row) for row in said["cost_lines"]],
        files=files,
        vat=said.get("vat", ""),
        payments=said.get("payments", {}),
        paid_otherwise=said.get("paid_otherwise", []),
        confidential=said.get("confidential", []),
        publication=said.get("publication", {}),
        statements=said.get("statements", []),
    )


def for_member(whole: Contents, sees: Callable[[UUID], bool]) -> Contents:
    """As a member reads it: of whose lines are not theirs to see, one line with the total."""
    lines: list[Line] = []
    for key, group in groupby(sorted(whole.cost_lines, key=_by_member(whole)), attrgetter("organisation")):
        theirs = list(group)
        lines += theirs if sees(key) else [_as_one(theirs)]
    return replace(whole, cost_lines=lines)


def _by_member(whole: Contents) -> Callable[[Line], int]:
    places = {member.organisation: place for place, member in enumerate(whole.members)}
    return lambda line: places.get(line.organisation, len(places))


def _as_one(lines: list[Line]) -> Line:
    first = lines[0]
    total = sum((line.amount for line in lines), Decimal("0.00"))
    return Line(first.organisation, first.organisation_name, "", "All its costs", None, None, total)


def stored_file(version: Version, key: UUID) -> StoredFile | None:
    """A file of the version, found by what was written down."""
    if all(file.id != key for file in of(version).files):
        return None
    return StoredFile.objects.filter(pk=key).first()


def fingerprint(manifest: str) -> str:
    """SHA-256 of what was written down: what `sha256sum` says of the downloaded file."""
    return hashlib.sha256(manifest.encode()).hexdigest()


def is_as_written(version: Version) -> bool:
    """Whether the words still have the fingerprint that the receipt carries."""
    return fingerprint(version.manifest) == version.fingerprint


def tells_what_was_written(version: Version) -> bool:
    """Whether the row, which lists and sums are read from, says the same as the words."""
    written = written_down(version)
    said = written["proposal"]
    row = {
        "receipt_number": version.receipt_number,
        "version": version.number,
        "submitted_at": version.submitted_at,
        "title": version.title,
        "price": version.price,
        "members": version.members,
    }
    told = {name: written[name] for name in ("receipt_number", "version", "submitted_at")}
    told |= {name: said[name] for name in ("title", "price", "members")}
    return bool(canonical.plain(row) == told)


def faults(version: Version, registered: dict[str, str]) -> Iterator[str]:
    """Why a version is not what was submitted; nothing when it is.

    `registered` maps receipt numbers to fingerprints as the register published them.
    """
    if not is_as_written(version):
        yield "Its words are not those that were submitted: the fingerprint differs."
        return
    if not tells_what_was_written(version):
        yield "Its title, price, members or moment are not those that were submitted."
    if registered.get(version.receipt_number) != version.fingerprint:
        yield "Its fingerprint is not the one in the register."
    listed = {file.id: file for file in of(version).files}
    stored = StoredFile.objects.in_bulk(list(listed))
    for key, file in listed.items():
        found = files.digest_of(stored[key]) if key in stored else None
        if found is None:
            yield f"The file “{file.name}” is missing."
        elif found != file.sha256:
            yield f"The file “{file.name}” is not the one that was submitted."


def _text(row: dict[str, Any], files: list[File]) -> Text:
    key = UUID(row["id"])
    own = [file for file in files if file.section == key]
    return Text(key, row["title"], row["text"], row.get("kind", Section.Kind.TEXT), own)


def _file(row: dict[str, Any], stored: Mapping[UUID, StoredFile]) -> File:
    section, key = row.get("section"), UUID(row["id"])
    keys = {"id": key, "section": UUID(section) if section else None}
    return File(**row | keys, stored=stored.get(key))


def _line(row: dict[str, Any]) -> Line:
    numbers = ("days", "day_rate", "percent")
    money = {name: Decimal(row[name]) if row.get(name) is not None else None for name in numbers}
    return Line(**row | money | {"organisation": UUID(row["organisation"]), "amount": Decimal(row["amount"])})


def confidential_parts(said: Iterable[dict[str, Any]]) -> list[dict[str, str]]:
    """Each with its last day in words."""
    return [part | {"until_in_words": _until(part["until"])} for part in said]


def _until(day: str) -> str:
    return f"Until {plain_day(date.fromisoformat(day))}" if day else "With no last day"
