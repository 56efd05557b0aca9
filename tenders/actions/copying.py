"""Beginning a tender as a copy of an earlier one, its dates counted from a new day of publication.

What belongs to that round alone stays there: documents, questions, notices, people and proposals.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from odifund.core import audit
from odifund.core.models import Person
from tenders import timetable
from tenders.actions import tender as tenders
from tenders.models import Criterion, OwedDeliverable, Programme, ScaleStep, Section, Tender
from tenders.queries import shifting
from tenders.queries.tender import DATES

COPIED = (
    "summary",
    "purpose",
    "who_may_bid",
    "pot",
    "highest_price",
    "awards_least",
    "awards_most",
    "money_note",
    "bidders_plan_payments",
    "cost_guidance",
    "cost_kinds",
    "further_terms",
    "organisations_least",
    "needs_uk_public_sector",
    "one_consortium_each",
    "evaluators_least",
    "publish_hour",
)


def draft_copy(
    programme: Programme,
    earlier: Tender,
    *,
    reference: str,
    title: str,
    publish_on: date,
    by: Person,
    at: datetime,
    is_practice: bool = False,
    rehearses: bool = False,
) -> Tender:
    """A new draft that says what an earlier tender says, and names it in the trail."""
    days = shifting.days_between(earlier, publish_on)
    with transaction.atomic():
        kept = {"is_practice": is_practice, "rehearses": rehearses}
        tender = tenders.draft(programme, reference=reference, title=title, by=by, at=at, **kept)
        for name in COPIED:
            setattr(tender, name, getattr(earlier, name))
        _date(tender, earlier, publish_on, days)
        _copy_judging(tender, earlier)
        tender.assumptions = [name for name in earlier.assumptions if _still_holds(name, tender)]
        tender.save()
        audit.record(
            "tender.copied",
            tender,
            by=by,
            at=at,
            facts={"from": earlier.pk, "days": days},
            details={"earlier": str(earlier)},
        )
    return tender


def _date(tender: Tender, earlier: Tender, publish_on: date, days: int) -> None:
    """Every date, and what winners owe."""
    old = {name: getattr(earlier, name) for name in DATES}
    tender.publish_on = publish_on
    for name, when in shifting.shifted(old, days).items():
        setattr(tender, name, when)
    owed = list(earlier.owed.all())
    due = shifting.shifted({each.name: each.due_at for each in owed}, days, tender.starts_on)
    OwedDeliverable.objects.bulk_create(
        OwedDeliverable(
            tender=tender,
            order=each.order,
            kind=each.kind,
            title=each.title,
            guidance=each.guidance,
            due_at=due[each.name],
            at_least=each.at_least,
            payment_percent=each.payment_percent,
        )
        for each in owed
    )


def _copy_judging(tender: Tender, earlier: Tender) -> None:
    """Criteria, scale and sections; a section answers the copy of its criterion."""
    new: dict[UUID | None, Criterion] = {
        each.pk: Criterion(
            tender=tender,
            order=each.order,
            code=each.code,
            title=each.title,
            guidance=each.guidance,
            kind=each.kind,
            weight=each.weight,
            least_score=each.least_score,
        )
        for each in earlier.criteria.all()
    }
    Criterion.objects.bulk_create(new.values())
    ScaleStep.objects.bulk_create(
        ScaleStep(tender=tender, score=each.score, name=each.name, meaning=each.meaning)
        for each in earlier.scale.all()
    )
    Section.objects.bulk_create(
        Section(
            tender=tender,
            order=each.order,
            title=each.title,
            guidance=each.guidance,
            kind=each.kind,
            word_limit=each.word_limit,
            options=each.options,
            unit=each.unit,
            required=each.required,
            criterion=new.get(each.criterion_id),
        )
        for each in earlier.sections.all()
    )


def _still_holds(name: str, tender: Tender) -> bool:
    """Whether what was assumed is in the copy: its field is filled, or its deliverable owed."""
    if name.startswith("owed."):
        return tender.owed.filter(kind=name.removeprefix("owed.")).exists()
    if name == "criteria":
        return tender.criteria.exists()
    if name == "times":
        return any(isinstance(getattr(tender, each), datetime) for each in timetable.CONSEQUENCES)
    if name == "paid_to_lead":
        return bool(tender.money_note)
    if name == "without_vat":
        return bool(tender.pot or tender.highest_price or tender.money_note)
    return bool(getattr(tender, name, None))
