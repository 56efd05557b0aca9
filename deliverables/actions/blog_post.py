"""A set-up blog: written, handed in with its deliverable, and noted where else it appeared."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from deliverables import access
from deliverables.actions import draft
from deliverables.models import BlogPost, Deliverable
from deliverables.queries.slugs import slug_for
from odifund.core import audit, canonical
from odifund.core.errors import WrongPerson
from odifund.core.models import Person

KIND = Deliverable.Kind.BLOG


@dataclass(frozen=True)
class Words:
    """What a blog says; the text is Markdown."""

    title: str
    summary: str
    text: str
    authors: str

    @classmethod
    def of(cls, post: BlogPost) -> "Words":
        """What it says now."""
        return cls(post.title, post.summary, post.text, post.authors)


def digest(post: BlogPost | None) -> str:
    """The digest of what somebody sees who opens it."""
    return canonical.digest(asdict(Words.of(post)) if post else None)


def write(deliverable: Deliverable, words: Words, *, by: Person, at: datetime, seen: str = "") -> BlogPost:
    """Save the draft. It stays changeable until handed in, and again after a return.

    `seen` is the digest of what the person opened: what a colleague saved since is not written over.
    """
    with draft.changing(deliverable, KIND, by=by):
        found = BlogPost.objects.filter(deliverable=deliverable).first()
        if found and seen and seen != digest(found) and words != Words.of(found):
            raise draft.saved_meanwhile(found)
        post = found or BlogPost(deliverable=deliverable)
        post.slug = slug_for(BlogPost, words.title, but=post.pk)
        post.title, post.summary = words.title, words.summary
        post.text, post.authors = words.text, words.authors
        post.written_by, post.written_at = by, at
        post.save()
        audit.record("blog_post.written", post, by=by, at=at)
    return post


def note_elsewhere(post: BlogPost, *, address: str, on: date, by: Person, at: datetime) -> None:
    """Keep where else it was published, and on which day."""
    if not access.reviews(by, post.deliverable):
        raise WrongPerson("Only managers record where a blog appeared.")
    with transaction.atomic():
        post.elsewhere, post.elsewhere_on = address, on
        post.save(update_fields=["elsewhere", "elsewhere_on"])
        details = {"address": address}
        audit.record("blog_post.noted_elsewhere", post, by=by, at=at, facts={"on": on}, details=details)
