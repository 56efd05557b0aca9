"""Declaring interests against the organisations of the opened tender. A conflict blocks at once."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from odifund.core import audit
from odifund.core.errors import MovedOn, NotReady, WrongPerson
from odifund.core.models import Person
from tenders import access, locks
from tenders.actions.moderation import telling_who_moderates
from tenders.models import Declaration, Proposal, Tender
from tenders.queries import panel as queries

Answers = Mapping[UUID, tuple[bool, str]]
"""Organisation to whether there is a conflict, and its words."""


def declare(tender: Tender, answers: Answers, *, by: Person, at: datetime) -> None:
    """Declare about every organisation in the tender, or add a conflict later. None is taken back."""
    if not access.panels_of(by).filter(tender=tender).exists():
        raise WrongPerson("Only the tender's panel declares interests.")
    if access.bids_in(by, tender):
        raise WrongPerson("You are or were named on a proposal here, so you cannot sit on its panel.")
    with transaction.atomic():
        locks.while_scored(tender)
        list(Proposal.objects.select_for_update(no_key=True).filter(tender=tender).order_by("pk"))
        before = {d.organisation_id: d for d in Declaration.objects.filter(tender=tender, person=by)}
        organisations = queries.organisations_of(tender)
        if not organisations:
            raise MovedOn("No proposal came in time, so there is nothing to declare.")
        if problems := _problems(organisations, answers, before):
            raise NotReady(problems)
        with telling_who_moderates(tender, at=at):
            _keep(tender, organisations, answers, before, by, at)
        _record(tender, organisations, answers, by, at)


def _keep(
    tender: Tender,
    organisations: Mapping[UUID, str],
    answers: Answers,
    before: Mapping[UUID, Declaration],
    by: Person,
    at: datetime,
) -> None:
    for key in organisations:
        conflict, words = answers[key]
        old = before.get(key)
        if old is None or not old.conflict:
            Declaration.objects.update_or_create(
                tender=tender,
                person=by,
                organisation_id=key,
                defaults={"conflict": conflict, "text": words.strip(), "declared_at": at},
            )


def _problems(
    organisations: Mapping[UUID, str], answers: Answers, before: Mapping[UUID, Declaration]
) -> list[str]:
    problems = []
    for key, name in organisations.items():
        if key not in answers:
            problems.append(f"Say whether you have an interest in {name}.")
            continue
        conflict, words = answers[key]
        if conflict and not words.strip():
            problems.append(f"Say what your interest in {name} is.")
        if not conflict and key in before and before[key].conflict:
            problems.append(f"You declared an interest in {name}. It stands and is not taken back here.")
    return problems


def _record(
    tender: Tender, organisations: Mapping[UUID, str], answers: Answers, by: Person, at: datetime
) -> None:
    conflicts = [key for key in organisations if answers[key][0]]
    declared = Declaration.objects.filter(tender=tender, person=by).order_by("pk")[0]
    named = ", ".join(organisations[key] for key in conflicts) or "none"
    audit.record(
        "interests.declared",
        declared,
        by=by,
        at=at,
        facts={"organisations": len(organisations), "conflicts": sorted(map(str, conflicts))},
        details={"tender": str(tender), "conflicts": named},
    )
