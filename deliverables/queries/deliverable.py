"""What a deliverable still needs, and what was handed in for it, kept as it was."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan, LessThanOrEqual
from django.template.loader import render_to_string

from deliverables.models import (
    Attendance,
    BlogPost,
    Deliverable,
    Delivery,
    Pattern,
    Payment,
    ReleasedData,
)
from deliverables.queries import payment as payments
from deliverables.queries import progress
from odifund.core.models import Person
from odifund.core.wording import day, moment

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


def missing_for_attendance(workshop: Deliverable, at: datetime) -> Iterator[str]:
    """Nobody came before the day."""
    if not workshop.has_begun(at):
        yield f"The workshop is on {day(workshop.due_at)}. Record who came from that day on."


def awaited(until: datetime, *, after: datetime | None = None) -> QuerySet[Deliverable]:
    """What consortia have to hand in by a moment, returned things by their own; the soonest first."""
    moment = Coalesce("again_at", "due_at")
    with_consortium = (Deliverable.Status.DUE, Deliverable.Status.RETURNED)
    found = Deliverable.objects.filter(LessThanOrEqual(moment, until), status__in=with_consortium)
    if after:
        found = found.filter(GreaterThan(moment, after))
    return found.order_by(moment, "order")


def deliveries(deliverable: Deliverable) -> QuerySet[Delivery]:
    """Everything that was handed in, the newest first, with its review."""
    found = deliverable.deliveries.select_related("file", "prototype", "delivered_by", "review__reviewed_by")
    return found.order_by("-number")


def why_closed(deliverable: Deliverable) -> str:
    """Why its consortium cannot change it now, in a sentence."""
    if deliverable.accepted_at:
        return f"The ODI accepted this at {moment(deliverable.accepted_at)}, so it does not change any more."
    last = deliverable.deliveries.select_related("delivered_by").latest("number")
    return (
        f"{last.delivered_by} handed this in at {moment(last.delivered_at)}, so it cannot be changed now."
        " It can again if the ODI returns it."
    )


def newest_delivery(deliverable: Deliverable) -> Delivery | None:
    """What waits for review, or was last reviewed."""
    return deliveries(deliverable).first()


def was_just_delivered(deliverable: Deliverable, text: str, by: Person) -> bool:
    """Whether the person handed in the same words a moment ago: the form was sent twice."""
    last = None if deliverable.is_with_consortium else newest_delivery(deliverable)
    return last is not None and (last.text, last.delivered_by) == (text, by)


def as_handed_in(deliverable: Deliverable) -> str:
    """The drafts of a blog, patterns or data as one Markdown text: kept with the delivery."""
    template = {Kind.BLOG: "blog", Kind.PATTERN: "patterns", Kind.DATA: "data"}[Kind(deliverable.kind)]
    return render_to_string(
        f"deliverables/handed_in/{template}.txt",
        {
            "post": post_of(deliverable),
            "patterns": deliverable.patterns.select_related("file").order_by("written_at", "pk"),
            "released": deliverable.released_data.order_by("recorded_at", "pk"),
        },
    ).strip()


@dataclass(frozen=True)
class Whole:
    """All that the page of a deliverable shows; what its kind does not have is empty."""

    state: progress.State
    part: str
    history: list[Delivery]
    payments: list[Payment]
    patterns: list[Pattern]
    released: list[ReleasedData]
    post: BlogPost | None

    @property
    def newest(self) -> Delivery | None:
        """What was handed in last."""
        return self.history[0] if self.history else None

    @property
    def earlier(self) -> list[Delivery]:
        """What was handed in before that."""
        return self.history[1:]


def whole(deliverable: Deliverable, at: datetime) -> Whole:
    """Everything of one deliverable, in a fixed number of queries."""
    kind = deliverable.kind
    return Whole(
        state=progress.of_deliverable(deliverable, at),
        part=f"deliverables/kinds/{kind}.html",
        history=list(deliveries(deliverable)),
        payments=list(payments.with_the_last(deliverable.payments.all())),
        patterns=patterns(deliverable) if kind == Kind.PATTERN else [],
        released=list(deliverable.released_data.order_by("recorded_at", "pk")) if kind == Kind.DATA else [],
        post=post_of(deliverable) if kind == Kind.BLOG else None,
    )


def patterns(deliverable: Deliverable) -> list[Pattern]:
    """Its patterns, the first written first."""
    return list(deliverable.patterns.select_related("file").order_by("slug", "pk"))


def post_of(deliverable: Deliverable) -> BlogPost | None:
    """Its blog, once somebody saved one."""
    return BlogPost.objects.filter(deliverable=deliverable).select_related("written_by").first()


def coming(deliverable: Deliverable) -> list[Attendance]:
    """Who was announced for a workshop."""
    if not deliverable.is_workshop:
        return []
    return list(deliverable.attendances.order_by("-is_lead", "name", "pk"))


def lead_stayed_away(deliverable: Deliverable, people: list[Attendance]) -> bool:
    """Whether a workshop was held and nobody came for the lead."""
    held = deliverable.is_workshop and deliverable.is_accepted
    return held and not any(each.is_lead and each.attended for each in people)


def last_words(deliverable: Deliverable) -> dict[str, str]:
    """What was handed in last, to go on from after a return; a file has to be chosen again."""
    last = newest_delivery(deliverable)
    if last is None:
        return {}
    words = {"text": last.text}
    if prototype := getattr(last, "prototype", None):
        for name in ("what", "tried_by", "worked", "did_not_work", "address"):
            words[name] = getattr(prototype, name)
    return words
