"""The opened version of a proposal, its files, and its costs as they are drawn."""

from decimal import Decimal
from uuid import UUID

from odifund.core.drawing.bars import Member
from odifund.core.models import StoredFile
from tenders.models import Proposal, Version
from tenders.queries import contents as written
from tenders.queries.contents import Contents
from tenders.queries.panel import opened_versions


def version_of(proposal: Proposal) -> Version:
    """The version that was opened."""
    return opened_versions(proposal.tender).get(proposal=proposal)


def file_of(version: Version, key: UUID) -> StoredFile | None:
    """A stored file, if it is listed in what was submitted."""
    listed = {str(file.id) for file in written.of(version).files}
    return StoredFile.objects.filter(pk=key).first() if str(key) in listed else None


def cost_bars(contents: Contents) -> list[Member]:
    """Each member's costs by kind."""
    amounts: dict[str, dict[str, Decimal]] = {}
    for line in contents.cost_lines:
        kinds = amounts.setdefault(line.organisation_name, {})
        kinds[line.kind_in_words] = kinds.get(line.kind_in_words, Decimal(0)) + line.amount
    return [Member(name, tuple(kinds.items())) for name, kinds in amounts.items()]


def first_code(proposal: Proposal) -> str:
    """The code of the first criterion, where scoring begins."""
    return proposal.tender.criteria.all()[0].code
