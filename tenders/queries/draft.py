"""The draft of a proposal as it stands: read once, then shown, checked, compared and submitted.

Everything here reads through `of`, whose rows are kept on the proposal until it is refreshed. So
a move that checks the draft and then writes it down reads it once, under its lock.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects

from consortia.models import Member
from odifund.core import canonical
from tenders.models import Agreement, Attachment, CostLine, Proposal, Section, SectionText
from tenders.queries.statements import DECLARATIONS, ELIGIBILITY

NOTHING_MORE = {"publishes": "", "summary": ""}


@dataclass(frozen=True)
class Answer:
    """A section of the tender and the newest text the draft has for it."""

    section: Section
    newest: SectionText | None
    files: Sequence[Attachment] = ()

    @property
    def text(self) -> str:
        """The words themselves; empty when nobody has written yet."""
        return self.newest.text if self.newest else ""

    @property
    def revision(self) -> int:
        """What a save has to be based on."""
        return self.newest.revision if self.newest else 0

    @cached_property
    def words(self) -> int:
        """How many words it has."""
        return count_words(self.text)

    @property
    def over(self) -> int:
        """By how many words a text is over its limit, or 0."""
        return max(0, self.words - self.section.word_limit) if self.section.is_text else 0

    @property
    def is_begun(self) -> bool:
        """Whether it says anything."""
        return bool(self.files if self.section.wants_files else self.words)

    @property
    def answered(self) -> bool:
        """Whether it says anything and stays within its limit."""
        return self.is_begun and not self.over


def count_words(text: str) -> int:
    """Words as people count them: whatever stands between white space."""
    return len(text.split())


class Draft:
    """One draft, read whole."""

    def __init__(self, proposal: Proposal) -> None:
        prefetch_related_objects(
            [proposal],
            Prefetch("texts", SectionText.objects.order_by("section_id", "-revision").distinct("section_id")),
            Prefetch("cost_lines", CostLine.objects.select_related("organisation")),
            Prefetch("attachments", _kept_attachments()),
            Prefetch("consortium__members", _members_now()),
            Prefetch("agreements", _last_agreements()),
            "tender__sections",
        )
        self.proposal = proposal
        self.members: list[Member] = list(proposal.consortium.members.all())
        self.lines: list[CostLine] = list(proposal.cost_lines.all())
        self.agreements: list[Agreement] = list(proposal.agreements.all())
        self.attachments: list[Attachment] = list(proposal.attachments.all())
        texts = {text.section_id: text for text in proposal.texts.all()}
        self.answers = [
            Answer(section, texts.get(section.pk), self.files_of(section))
            for section in proposal.tender.sections.all()
        ]

    def files_of(self, section: Section | None) -> list[Attachment]:
        """The files that answer a section; given none, those beside the answers."""
        return [one for one in self.attachments if one.section_id == (section.pk if section else None)]

    @cached_property
    def price(self) -> Decimal:
        """The sum of the lines: never typed, only added up."""
        return sum((line.amount for line in self.lines), Decimal("0.00"))

    @property
    def lead(self) -> Member | None:
        """The member that leads."""
        return next((member for member in self.members if member.is_lead), None)

    @property
    def statements(self) -> list[str]:
        """What the lead has confirmed, in its words."""
        proposal = self.proposal
        eligible = ELIGIBILITY if proposal.eligible_at else ()
        return [*eligible, *(DECLARATIONS if proposal.declared_at else ())]

    def content(self) -> dict[str, Any]:
        """All that would be submitted, as it would be written down."""
        return {
            "title": self.proposal.title,
            "delivery_model": self.proposal.delivery_model,
            "price": self.price,
            "vat": self.proposal.vat,
            "payments": self.proposal.payments,
            "paid_otherwise": self._paid_otherwise(),
            "confidential": self.proposal.confidential,
            "publication": {
                "publishes": self.proposal.publishes,
                "summary": self.proposal.public_summary,
            },
            "statements": self.statements,
            "members": members(self),
            "sections": [_section(answer) for answer in self.answers],
            "cost_lines": [_line(line) for line in self.lines],
            "files": [_file(attachment) for attachment in self.attachments],
        }

    def _paid_otherwise(self) -> list[list[str]]:
        """The names in the payment plan that say no kind, each with its title: [name, title]."""
        plan = self.proposal.payments
        owed = self.proposal.tender.owed.all() if plan else ()
        return [[each.name, each.title] for each in owed if each.is_something_else and each.name in plan]

    def digests(self) -> dict[str, str]:
        """A digest of each part, for saying what has changed."""
        return digests(canonical.plain(self.content()))


def of(proposal: Proposal) -> Draft:
    """The draft of the proposal, read whole."""
    return Draft(proposal)


def members(draft: Draft) -> list[dict[str, Any]]:
    """The members as they are copied when a proposal is submitted."""
    return [
        {
            "organisation": member.organisation_id,
            "name": member.organisation.name,
            "kind": member.organisation.kind,
            "in_uk": member.organisation.in_uk,
            "is_lead": member.is_lead,
        }
        for member in draft.members
    ]


def written(lines: Iterable[CostLine]) -> list[dict[str, Any]]:
    """Cost lines as they are copied when a proposal is submitted."""
    said: list[dict[str, Any]] = canonical.plain([_line(line) for line in lines])
    return said


def digests(content: dict[str, Any]) -> dict[str, str]:
    """A short digest of each part of a written-down proposal, by the name people know it by."""
    parts: dict[str, Any] = {
        "the title": content["title"],
        "the model of delivery": content["delivery_model"],
        "the organisations": content["members"],
        "the costs": content["cost_lines"],
        "VAT": content.get("vat", ""),
        "the payment plan": content.get("payments", {}),
        "the confidential parts": content.get("confidential", []),
        "what may be published": content.get("publication", NOTHING_MORE),
        "what is declared": content.get("statements", []),
        "the attachments": [file for file in content["files"] if not file.get("section")],
    }
    for section in content["sections"]:
        files = [file for file in content["files"] if file.get("section") == section["id"]]
        parts[f"“{section['title']}”"] = [section["text"], files] if files else section["text"]
    return {name: canonical.digest(part)[:16] for name, part in parts.items()}


def changed(before: dict[str, str], now: dict[str, str]) -> list[str]:
    """The parts that differ, in the order they stand now."""
    names = list(now) + [name for name in before if name not in now]
    return [name for name in names if before.get(name) != now.get(name)]


def _members_now() -> Any:
    return (
        Member.objects.filter(left_at=None)
        .select_related("organisation")
        .order_by("-is_lead", "joined_at", "pk")
    )


def _last_agreements() -> Any:
    found = Agreement.objects.order_by("member", "-agreed_at", "-pk").distinct("member")
    return found.select_related("agreed_by")


def _kept_attachments() -> Any:
    return Attachment.objects.filter(removed_at=None).select_related("file").order_by("added_at", "pk")


def _section(answer: Answer) -> dict[str, Any]:
    section = answer.section
    text = "" if section.wants_files else answer.text
    return {"id": section.pk, "title": section.title, "kind": section.kind, "text": text}


def _line(line: CostLine) -> dict[str, Any]:
    return {
        "organisation": line.organisation_id,
        "organisation_name": line.organisation.name,
        "kind": line.kind,
        "what": line.what,
        "days": line.days,
        "day_rate": line.day_rate,
        "percent": line.percent,
        "amount": line.amount,
        "note": line.note,
    }


def _file(attachment: Attachment) -> dict[str, Any]:
    file = attachment.file
    return {
        "id": file.pk,
        "title": attachment.title,
        "name": file.name,
        "kind": file.kind,
        "size": file.size,
        "sha256": file.sha256,
        "section": attachment.section_id,
    }
