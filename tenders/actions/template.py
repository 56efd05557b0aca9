"""Filling a new draft from the stimulus fund template."""

from datetime import date

from django.utils.text import slugify

from tenders import stimulus_fund
from tenders.models import Criterion, OwedDeliverable, ScaleStep, Section, Tender


def fill(tender: Tender, *, publish_on: date) -> None:
    """Write every part of the template into a draft that was just begun."""
    dates = stimulus_fund.dates(publish_on)
    values = {**stimulus_fund.ABOUT, **stimulus_fund.MONEY, **stimulus_fund.WHO, **dates}
    for name, value in values.items():
        setattr(tender, name, value)
    tender.assumptions = list(stimulus_fund.ASSUMPTIONS)
    tender.save()
    _judging(tender)
    _owed(tender)


def _judging(tender: Tender) -> None:
    for order, each in enumerate(stimulus_fund.CRITERIA, 1):
        criterion = Criterion.objects.create(
            tender=tender,
            order=order,
            code=slugify(each.title),
            title=each.title,
            guidance=each.guidance,
            kind=each.kind,
            weight=each.weight,
        )
        Section.objects.create(
            tender=tender,
            order=order,
            title=each.title,
            guidance=each.asks,
            word_limit=each.words,
            criterion=criterion,
        )
    for score, (name, meaning) in enumerate(stimulus_fund.SCALE):
        ScaleStep.objects.create(tender=tender, score=score, name=name, meaning=meaning)


def _owed(tender: Tender) -> None:
    assert tender.starts_on is not None
    due = stimulus_fund.due(tender.starts_on)
    for order, each in enumerate(stimulus_fund.OWED, 1):
        OwedDeliverable.objects.create(
            tender=tender,
            order=order,
            kind=each.kind,
            title=each.title,
            guidance=each.guidance,
            due_at=due[each.kind],
            at_least=each.at_least,
            payment_percent=each.payment_percent,
        )
