"""Mails about one deliverable: to managers when it is handed in, to the consortium when it is reviewed."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from consortia.queries import people_named_in
from deliverables.models import Deliverable, Delivery, Review
from odifund.core import access, mail
from odifund.core.models import Person
from tenders.access import acting_for_the_odi


def delivered(delivery: Delivery, *, at: datetime) -> None:
    """Ask the managers to review it."""
    deliverable = delivery.deliverable
    managers = acting_for_the_odi(deliverable.contract, access.MANAGER)
    _queue("deliverable_delivered", deliverable, delivery, managers, at, delivery=delivery)


def returned(review: Review, *, at: datetime) -> None:
    """Tell the consortium what has to change."""
    _to_consortium("deliverable_returned", review, at)


def accepted(review: Review, *, at: datetime) -> None:
    """Tell the consortium that nothing more is owed here."""
    _to_consortium("deliverable_accepted", review, at)


def attended(deliverable: Deliverable, *, at: datetime) -> None:
    """Tell the consortium that the workshop counts as attended."""
    people = people_named_in(deliverable.contract.proposal.consortium)
    _queue("workshop_attended", deliverable, deliverable, people, at)


def _to_consortium(kind: str, review: Review, at: datetime) -> None:
    deliverable = review.delivery.deliverable
    people = people_named_in(deliverable.contract.proposal.consortium)
    _queue(kind, deliverable, review, people, at, review=review)


def _queue(
    kind: str,
    deliverable: Deliverable,
    once: Deliverable | Delivery | Review,
    to: Iterable[Person],
    at: datetime,
    **context: Any,
) -> None:
    mail.queue(
        f"deliverables/{kind}",
        key=f"deliverables/{kind}:{once.pk}",
        to=to,
        at=at,
        context={"deliverable": deliverable, "contract": deliverable.contract, **context},
        about=deliverable,
    )
