"""Files on their way to a draft."""

from uuid import UUID

from django.shortcuts import get_object_or_404

from odifund.core.models import Person
from tenders.models import Proposal, Upload


def upload_or_404(person: Person, proposal: Proposal, key: UUID) -> Upload:
    """A file on its way to a draft that the person was let into: for who began it alone."""
    found = proposal.uploads.select_related("proposal__tender", "section", "file__attachment")
    return get_object_or_404(found, pk=key, started_by=person)
