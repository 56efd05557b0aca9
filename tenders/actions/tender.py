"""The moves of a tender: draft it, edit its parts, publish it by two people, close it by the clock."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction

from odifund.core import audit, canonical, two_person
from odifund.core.errors import MovedOn, NotReady, WrongPerson
from odifund.core.models import Person
from odifund.core.wording import moment as in_words
from tenders import access, locks, stimulus_fund
from tenders.actions import register, rows, template
from tenders.lifecycle import TENDER
from tenders.models import Programme, Proposal, Tender
from tenders.notices import tender as notices
from tenders.queries import settled
from tenders.queries import tender as tenders

WHO = ("who_may_bid", "organisations_least", "needs_uk_public_sector", "one_consortium_each")
PARTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "about": ("about this tender", ("programme", "title", "summary", "purpose")),
    "money": (
        "money",
        ("pot", "highest_price", "awards_least", "awards_most", "money_note"),
    ),
    "timetable": ("timetable", ("publish_on", "publish_hour", *tenders.DATES)),
    "who": ("who may bid", WHO),
    "costs": ("the cost template", ("cost_kinds", "cost_guidance", "bidders_plan_payments")),
    "panel": ("the rule of selection", ("evaluators_least",)),
    "terms": ("the further terms of its contracts", ("further_terms",)),
}
"""What is edited together: the words for it, and the fields."""

WIDER_ASSUMPTIONS = {
    "questions_close_at": ("times",),
    "answers_due_at": ("times",),
    "proposals_close_at": ("times",),
    "highest_price": ("without_vat",),
    "pot": ("without_vat",),
    "money_note": ("without_vat", "paid_to_lead"),
}
"""What else becomes the ODI's own with a field."""


CHANGED = "The tender was changed after you opened this page. Read it again, then publish it."


def draft(
    programme: Programme,
    *,
    reference: str,
    title: str,
    by: Person,
    at: datetime,
    is_practice: bool = False,
    rehearses: bool = False,
) -> Tender:
    """A new draft, empty but for its name. A practice is the staff's own, unless bidders rehearse on it."""
    if not access.manages(by):
        raise WrongPerson("Only a manager writes tenders.")
    tender = Tender(is_practice=is_practice or rehearses, rehearses=rehearses, drafted_by=by, drafted_at=at)
    tender.programme, tender.reference = programme, reference.strip().upper()
    tender.title = f"{tender.mark}{title.strip()}"
    try:
        with transaction.atomic():
            tender.save(force_insert=True)
            audit.record("tender.drafted", tender, by=by, at=at)
    except IntegrityError:
        raise NotReady([f"Another tender has the reference {reference.upper()}. Choose another."]) from None
    return tender


def draft_from_template(
    programme: Programme,
    *,
    reference: str,
    publish_on: date,
    by: Person,
    at: datetime,
    title: str = stimulus_fund.TITLE,
    is_practice: bool = False,
    rehearses: bool = False,
) -> Tender:
    """A new draft filled from the stimulus fund template, dated from the day it will be published."""
    with transaction.atomic():
        kept = {"is_practice": is_practice, "rehearses": rehearses}
        tender = draft(programme, reference=reference, title=title, by=by, at=at, **kept)
        template.fill(tender, publish_on=publish_on)
    return tender


def edit(
    tender: Tender,
    part: str,
    values: Mapping[str, object],
    *,
    by: Person,
    at: datetime,
    seen: str = "",
    is_right: bool = False,
) -> None:
    """Save one part of a draft. What a person changed, or said is right, is no assumption any more.

    `seen` is the digest of the part as the person opened it: what a colleague saved meanwhile is not lost.
    """
    words, fields = PARTS[part]
    words = f"{words}, and said that what was assumed is right" if is_right else words
    with TENDER.take("edit", tender, by=by, at=at, facts={"part": part}, details={"what": words}):
        rows.unchanged(seen, digest_of_part(tender, part))
        for field in fields:
            if field in values and values[field] != getattr(tender, field):
                setattr(tender, field, values[field])
                settle(tender, field, *WIDER_ASSUMPTIONS.get(field, ()))
        if is_right:
            settle(tender, *(name for held in assumed_in(tender, part).values() for name in held))


def digest_of_part(tender: Tender, part: str) -> str:
    """The digest of one part as it is now."""
    return canonical.digest([tender.serializable_value(field) for field in PARTS[part][1]])


def assumed_in(tender: Tender, part: str) -> dict[str, list[str]]:
    """Which assumptions of the portal's the fields of a part hold: by field."""
    names = {field: (field, *WIDER_ASSUMPTIONS.get(field, ())) for field in PARTS[part][1]}
    return {field: [name for name in held if name in tender.assumptions] for field, held in names.items()}


def settle(tender: Tender, *names: str) -> None:
    """These are the ODI's own now, no longer the portal's assumption. Saved by the caller."""
    tender.assumptions = [name for name in tender.assumptions if name not in names]


def discard(tender: Tender, *, by: Person, at: datetime) -> None:
    """A draft that was never published goes, with all its parts; the trail keeps that it was there.

    What people reported about it is kept, as problems of the portal.
    """
    try:
        with transaction.atomic():
            with TENDER.take("discard", tender, by=by, at=at):
                two_person.take_back_void(["publish"], tender, by=by, at=at)
            tender.declarations.all().delete()
            tender.panel.all().delete()
            tender.problem_reports.update(tender=None)
            tender.delete()
    except Tender.DoesNotExist:
        raise MovedOn("Somebody discarded this draft before you.") from None


def propose_publishing(tender: Tender, *, by: Person, at: datetime) -> None:
    """The first of two people; everybody who could be the second is told."""
    with TENDER.take("propose_publishing", tender, by=by, at=at):
        notices.publishing_proposed(tender, by=by, at=at)


def publish(tender: Tender, *, by: Person, at: datetime, read: str = "") -> None:
    """The second of two people. `read` is the digest of the page they read: exactly that is published."""
    facts: dict[str, object] = {}
    with TENDER.take("publish", tender, by=by, at=at, facts=facts):
        if read and read != digest(tender):
            raise MovedOn(CHANGED)
        tender.published_at = at
        facts["rules"] = settled.of_rules(tender)
        notices.tender_published(tender, by=by, at=at)


def schedule(tender: Tender, *, by: Person, at: datetime, read: str = "") -> None:
    """The second of two people: the clock publishes exactly that on the day and hour in its timetable."""
    opens = tenders.publishes_at(tender, at)
    if opens is None:
        raise NotReady(["Its day of publication is not ahead any more. Publish it now, or change the day"])
    with TENDER.take("schedule", tender, by=by, at=at, details={"when": in_words(opens)}):
        if read and read != digest(tender):
            raise MovedOn(CHANGED)
        tender.publish_at = opens


def unschedule(tender: Tender, *, by: Person, at: datetime) -> None:
    """Take back that the clock publishes it; it is a draft again, to be proposed again."""
    with TENDER.take("unschedule", tender, by=by, at=at):
        if tender.publish_at is None:
            raise MovedOn("The clock does not publish this tender, or has just done so.")
        tender.publish_at = None


def publish_when_due(tender: Tender) -> None:
    """The clock publishes a tender whose moment has come; else raises MovedOn."""
    with transaction.atomic():
        moment = locks.alone(tender)
        facts: dict[str, object] = {}
        with TENDER.take("publish_when_due", tender, at=moment, facts=facts):
            tender.published_at = moment
            facts["rules"] = settled.of_rules(tender)
            notices.tender_published(tender, by=None, at=moment)


def digest(tender: Tender) -> str:
    """The digest of all that publishing would make public."""
    return canonical.digest(tenders.content(tender))


def take_back_publishing(tender: Tender, *, by: Person, at: datetime) -> None:
    """Whoever could confirm, the proposer too, takes a proposal to publish back."""
    if not access.confirms(by, tender):
        raise WrongPerson("Only a manager or an approver may take this back.")
    two_person.take_back("publish", tender, by=by, at=at)


def close(tender: Tender) -> None:
    """The clock closes a tender whose moment has come and makes its register; else raises MovedOn."""
    with transaction.atomic():
        moment = locks.alone(tender)
        count = Proposal.objects.filter(tender=tender, status=Proposal.Status.SUBMITTED).count()
        with TENDER.take("close", tender, at=moment, facts={"count": count}, details={"count": count}):
            tender.closed_at = moment
        register.make(tender, at=moment)
