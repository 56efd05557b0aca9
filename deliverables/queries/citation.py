"""How what came of the fund is cited: in words, for reference managers, and as linked data."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from deliverables.models import BlogPost, Deliverable, Pattern
from deliverables.queries.library import CC_BY, licence_of
from odifund.core.wording import in_london, in_one_breath, plain_day
from tenders.completeness import opened_checks
from tenders.models import Contract, Version

PUBLISHER = "Open Data Institute"


@dataclass(frozen=True)
class Citation:
    """One work as it is cited. `kind` is its type at schema.org; `path` its public page here."""

    kind: str
    title: str
    makers: Sequence[str]
    published_at: datetime
    path: str
    licence: str
    summary: str

    @property
    def address(self) -> str:
        """Its page, in full."""
        return f"{settings.PORTAL_URL}{self.path}"

    @property
    def words(self) -> str:
        """Makers, day, title, publisher, address."""
        makers, day = in_one_breath(self.makers), plain_day(self.published_at)
        return f"{makers} ({day}), “{self.title}”, {PUBLISHER}, {self.address}"

    @property
    def linked_data(self) -> dict[str, object]:
        """The same for machines, in the words of schema.org. Makers are people or organisations."""
        return {
            "@context": "https://schema.org",
            "@type": self.kind,
            "name": self.title,
            "abstract": self.summary,
            "author": [{"name": name} for name in self.makers],
            "datePublished": in_london(self.published_at).date().isoformat(),
            "publisher": {"@type": "Organization", "name": PUBLISHER},
            "license": self.licence,
            "url": self.address,
        }


def of_pattern(pattern: Pattern) -> Citation:
    """A pattern of the library."""
    licence = licence_of(pattern).address
    return _of("CreativeWork", pattern, pattern.makers, pattern.published_at, licence, pattern.summary)


def of_blog_post(post: BlogPost) -> Citation:
    """A post of the blog."""
    return _of("BlogPosting", post, post.makers, post.published_at, CC_BY, post.summary)


def of_report(report: Deliverable, path: str) -> Citation:
    """An accepted report: by everybody in the consortium that was awarded."""
    contract = report.contract
    assert report.accepted_at is not None
    makers = [name for name, _ in sorted(_members(contract), key=lambda each: not each[1])]
    title, summary = f"{contract.title}: report", f"What {contract.lead} and others did and learned."
    return Citation("Report", title, makers, report.accepted_at, path, CC_BY, summary)


def _of(
    kind: str,
    work: Pattern | BlogPost,
    makers: Sequence[str],
    published_at: datetime | None,
    licence: str,
    summary: str,
) -> Citation:
    assert published_at is not None
    return Citation(kind, work.title, makers, published_at, work.get_absolute_url(), licence, summary)


def _members(contract: Contract) -> list[tuple[str, bool]]:
    """The names of who proposed it, as they were submitted, and which of them leads."""
    version = Version.objects.filter(proposal=contract.proposal_id, opening_check__in=opened_checks())
    members = version.values_list("members", flat=True).get()
    return [(member["name"], member["is_lead"]) for member in members]
