"""Staff's answer to a delivery: accepted, which publishes and lets payments fall due; or returned."""

from datetime import date, datetime

from deliverables import locks
from deliverables.actions import blog_post, pattern, payment
from deliverables.lifecycle import BLOG_POST, DELIVERABLE, PATTERN
from deliverables.models import BlogPost, Deliverable, Review
from deliverables.notices import deliverable as notices
from odifund.core import clock
from odifund.core.errors import NotReady
from odifund.core.models import Person
from odifund.core.wording import LONDON, day, in_london


def accept(deliverable: Deliverable, *, comments: str = "", by: Person, at: datetime) -> Review:
    """Accept what was handed in. Blogs and patterns appear; payments that wait for nothing more are due."""
    contract = deliverable.contract
    with locks.alone(contract):
        with DELIVERABLE.take("accept", deliverable, by=by, at=at, details={"contract": str(contract)}):
            deliverable.accepted_by, deliverable.accepted_at = by, at
            review = _review(deliverable, comments, by, at, accepted=True)
            notices.accepted(review, at=at)
        _publish(deliverable, by, at)
        payment.let_fall_due(contract, by=by, at=at)
    return review


def send_back(
    deliverable: Deliverable, *, comments: str, answer_by: date, by: Person, at: datetime
) -> Review:
    """Return it with comments to answer by a day. What was handed in stays as it was."""
    if not comments.strip():
        raise NotReady(["Say what has to change before you return it."])
    if answer_by <= clock.today(at):
        raise NotReady(["The day to answer by must be later than today."])
    contract, facts = deliverable.contract, {"answer_by": answer_by}
    details = {"contract": str(contract), "answer_by": day(answer_by)}
    with (
        locks.alone(contract),
        DELIVERABLE.take("return", deliverable, by=by, at=at, facts=facts, details=details),
    ):
        deliverable.again_at = _on(answer_by, deliverable.due_at)
        review = _review(deliverable, comments, by, at, accepted=False)
        notices.returned(review, at=at)
    return review


def _on(answer_by: date, due_at: datetime) -> datetime:
    """That day, at the time of day at which the deliverable was due."""
    return datetime.combine(answer_by, in_london(due_at).time(), LONDON)


def _review(deliverable: Deliverable, comments: str, by: Person, at: datetime, *, accepted: bool) -> Review:
    newest = deliverable.deliveries.latest("number")
    return Review.objects.create(
        delivery=newest, accepted=accepted, comments=comments.strip(), reviewed_by=by, reviewed_at=at
    )


def _publish(deliverable: Deliverable, by: Person, at: datetime) -> None:
    """What was reviewed, and nothing else that hangs on the row."""
    if deliverable.kind == blog_post.KIND:
        post = BlogPost.objects.get(deliverable=deliverable)
        with BLOG_POST.take("publish", post, by=by, at=at):
            post.published_by, post.published_at = by, at
    if deliverable.kind == pattern.KIND:
        for each in deliverable.patterns.order_by("written_at", "pk"):
            with PATTERN.take("publish", each, by=by, at=at, facts={"licence": each.licence}):
                each.published_by, each.published_at = by, at
