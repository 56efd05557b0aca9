"""Naming who scores and who moderates, and ending it."""

from datetime import datetime

from django.db import transaction

from odifund.core import audit
from odifund.core.access import holds
from odifund.core.errors import MovedOn, NotReady, WrongPerson
from odifund.core.models import Person
from tenders import access, locks
from tenders.actions.moderation import telling_who_moderates
from tenders.models import Panellist, Tender
from tenders.notices import panel as notices

Part, Status = Panellist.Part, Tender.Status


def name(
    tender: Tender, person: Person, *, part: str, is_deputy: bool = False, by: Person, at: datetime
) -> Panellist:
    """Put somebody who holds the role on the tender's panel; they are told by mail."""
    if not access.manages(by, tender):
        raise WrongPerson("Only a manager names the panel.")
    with transaction.atomic():
        locks.alone(tender)
        if problems := _problems(tender, person, part, is_deputy):
            raise NotReady(problems)
        panellist = Panellist.objects.create(
            tender=tender, person=person, part=part, is_deputy=is_deputy, named_by=by, named_at=at
        )
        details = {"person": str(person), "part": str(Part(part).label).lower(), "tender": str(tender)}
        facts = {"person": person.pk, "part": part, "deputy": is_deputy}
        audit.record("panellist.named", panellist, by=by, at=at, facts=facts, details=details)
        notices.panellist_named(panellist, at=at)
    return panellist


def end(panellist: Panellist, *, by: Person, at: datetime) -> None:
    """Take somebody off the panel. What they locked counts; what they had not locked is not awaited."""
    if not access.manages(by, panellist.tender):
        raise WrongPerson("Only a manager changes the panel.")
    with transaction.atomic():
        locks.alone(panellist.tender)
        panellist.refresh_from_db()
        _refuse_after_the_decision(panellist.tender)
        if panellist.ended_at:
            raise MovedOn("This person had already left the panel.")
        panellist.ended_by, panellist.ended_at = by, at
        with telling_who_moderates(panellist.tender, at=at):
            panellist.save()
        details = {"person": str(panellist.person), "part": panellist.get_part_display().lower()}
        facts = {"person": panellist.person_id, "part": panellist.part}
        audit.record("panellist.ended", panellist, by=by, at=at, facts=facts, details=details)


def _problems(tender: Tender, person: Person, part: str, is_deputy: bool) -> list[str]:
    _refuse_after_the_decision(tender)
    if part not in Part.values:
        return ["Choose evaluator or moderator."]
    label = Part(part).label.lower()
    problems = []
    if not holds(person, part):
        problems.append(f"{person} does not hold the role of {label}. An administrator gives it first.")
    sitting = Panellist.objects.filter(tender=tender, part=part, ended_at=None)
    if sitting.filter(person=person).exists():
        problems.append(f"{person} is already on this panel as {label}.")
    if part == Part.MODERATOR and not is_deputy and sitting.filter(is_deputy=False).exists():
        problems.append("The panel has a moderator. Name a deputy, or end the first one.")
    return problems


def _refuse_after_the_decision(tender: Tender) -> None:
    if tender.status in {Status.DECIDED, Status.FINISHED, Status.CANCELLED}:
        raise MovedOn("The tender is decided, so its panel does not change any more.")
