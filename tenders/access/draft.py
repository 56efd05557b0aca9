"""The rows of a draft, found through their tender: a key from elsewhere does not exist here."""

from uuid import UUID

from django.shortcuts import get_object_or_404

from tenders.models import Criterion, Document, OwedDeliverable, Section, Tender


def criterion_or_404(tender: Tender, key: UUID) -> Criterion:
    """A criterion of this tender."""
    return get_object_or_404(tender.criteria, pk=key)


def section_or_404(tender: Tender, key: UUID) -> Section:
    """A section of this tender."""
    return get_object_or_404(tender.sections, pk=key)


def section_of_files_or_404(tender: Tender, key: UUID) -> Section:
    """A section of this tender that is answered with files."""
    return get_object_or_404(tender.sections, pk=key, kind=Section.Kind.FILES)


def owed_or_404(tender: Tender, key: UUID) -> OwedDeliverable:
    """A deliverable of this tender."""
    return get_object_or_404(tender.owed, pk=key)


def document_or_404(tender: Tender, key: UUID) -> Document:
    """A version of a document of a tender that the person was let in to."""
    return get_object_or_404(Document.objects.select_related("file", "tender"), tender=tender, pk=key)
