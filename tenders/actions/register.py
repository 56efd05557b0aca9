"""The register: at close, every standing receipt is published with the head of the trail.

So nobody can add, swap or drop a proposal afterwards without the register showing it. Beside them
stand the receipts that do not count, each with its mark, so that whoever holds one finds it.
"""

from datetime import datetime
from typing import Any

from odifund.core import audit, canonical
from tenders.models import Register, Tender, Version
from tenders.notices import proposal as notices
from tenders.queries.proposal import not_standing, standing_versions


def make(tender: Tender, *, at: datetime) -> Register:
    """Write the register and tell every bidder in time. Part of closing, in its transaction and lock."""
    standing = list(standing_versions(tender).select_related("proposal__consortium__lead", "tender"))
    number = tender.registers.count() + 1
    head = audit.publish_head(f"register {number} of {tender.reference}", at=at)
    register = Register.objects.create(
        tender=tender,
        number=number,
        made_at=at,
        content=canonical.plain(
            {
                "format": 1,
                "tender": {"reference": tender.reference, "title": tender.title},
                "register": number,
                **({"supersedes": number - 1} if number > 1 else {}),
                "made_at": at,
                "closed_at": tender.proposals_close_at,
                "in_time": len(standing),
                "receipts": [_receipt(version) for version in standing],
                "others": [_receipt(version) | {"mark": mark} for version, mark in not_standing(tender)],
                "trail": {"length": head.seq, "head": head.hash} if head else None,
            }
        ),
    )
    for version in standing:
        notices.registered(version, register, at=at)
    return register


def _receipt(version: Version) -> dict[str, Any]:
    return {
        "receipt_number": version.receipt_number,
        "fingerprint": version.fingerprint,
        "submitted_at": version.submitted_at,
        **({"admitted_late": True} if version.admitted_late else {}),
    }
