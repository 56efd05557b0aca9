"""What a deliverable still needs, and what was handed in for it, kept as it was."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.template.loader import render_to_string

from deliverables.models import BlogPost, Deliverable, Delivery

Kind = Deliverable.Kind


def missing_for_delivery(deliverable: Deliverable, at: datetime) -> Iterator[str]:
    """What keeps it from being handed in, in sentences."""
    match deliverable.kind:
        case Kind.BLOG if not BlogPost.objects.filter(deliverable=deliverable).exists():
            yield "Write the blog first, and save it."
        case Kind.PATTERN:
            written = deliverable.patterns.count()
            if written < deliverable.at_least:
                yield f"Add at least {deliverable.at_least} patterns, artefacts or tools. You have {written}."
        case Kind.DATA if not deliverable.released_data.exists():
            yield "Add the data you released, or say why there is none."


def deliveries(deliverable: Deliverable) -> QuerySet[Delivery]:
    """Everything that was handed in, the newest first, with its review."""
    found = deliverable.deliveries.select_related("file", "prototype", "delivered_by", "review__reviewed_by")
    return found.order_by("-number")


def newest_delivery(deliverable: Deliverable) -> Delivery | None:
    """What waits for review, or was last reviewed."""
    return deliveries(deliverable).first()


def as_handed_in(deliverable: Deliverable) -> str:
    """The drafts of a blog, patterns or data as one Markdown text: kept with the delivery."""
    template = {Kind.BLOG: "blog", Kind.PATTERN: "patterns", Kind.DATA: "data"}[Kind(deliverable.kind)]
    return render_to_string(
        f"deliverables/handed_in/{template}.txt",
        {
            "post": BlogPost.objects.filter(deliverable=deliverable).first(),
            "patterns": deliverable.patterns.select_related("file").order_by("written_at", "pk"),
            "released": deliverable.released_data.order_by("recorded_at", "pk"),
        },
    ).strip()
