"""A published tender at the real dates of 2017, until the tender's own factory is there."""

from datetime import UTC, datetime
from decimal import Decimal

from tenders.models import Programme, Tender
from tests import cast

PUBLISHED = datetime(2017, 8, 17, 9, 0, tzinfo=UTC)
QUESTIONS_CLOSE = datetime(2017, 9, 1, 16, 0, tzinfo=UTC)
PROPOSALS_CLOSE = datetime(2017, 9, 22, 16, 0, tzinfo=UTC)


def open_tender(reference: str = "SF1") -> Tender:
    manager = cast.person("manager", at=PUBLISHED)
    programme, _ = Programme.objects.get_or_create(
        slug="data-enabled-services",
        defaults={
            "title": "Data-enabled services",
            "purpose": "…",
            "added_by": manager,
            "added_at": PUBLISHED,
        },
    )
    return Tender.objects.create(
        programme=programme,
        reference=reference,
        title="Stimulus fund for service redesign",
        summary="Prototype services that run on open data.",
        purpose="Grow the public sector's understanding of data-enabled services.",
        status="published",
        pot=Decimal(160000),
        highest_price=Decimal(53333),
        awards_least=3,
        awards_most=5,
        organisations_least=2,
        questions_close_at=QUESTIONS_CLOSE,
        proposals_close_at=PROPOSALS_CLOSE,
        drafted_by=manager,
        drafted_at=PUBLISHED,
        published_at=PUBLISHED,
    )
