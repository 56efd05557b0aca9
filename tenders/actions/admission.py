"""Admitting a late attempt, by two people who record that the portal was at fault.

The draft has been closed since the deadline, so what is admitted is what stood when the attempt was made;
an attempt before a deadline that was extended afterwards is none of these.
A next register takes the place of the one before it.
"""

from datetime import datetime

from django.db import transaction

from odifund.core import two_person
from odifund.core.errors import MovedOn, NotReady, WrongPerson
from odifund.core.models import Person
from tenders import access, locks
from tenders.actions import register, submission
from tenders.lifecycle import ADMISSION, PROPOSAL
from tenders.models import Admission, Incident, LateAttempt, Proposal
from tenders.notices import admission as notices


def propose(
    attempt: LateAttempt, *, incident: Incident | None, reason: str, by: Person, at: datetime
) -> Admission:
    """Propose to admit an attempt for an incident, with the reason."""
    tender = attempt.tender
    if not access.confirms(by, tender):
        raise WrongPerson("Managers and approvers who do not bid here decide about late attempts.")
    if incident is None or not reason.strip():
        raise NotReady(["Choose the incident, and say why the portal was at fault."])
    with transaction.atomic():
        locks.alone(tender)
        admission = Admission.objects.filter(attempt=attempt).first() or Admission(attempt=attempt)
        if admission.is_admitted:
            raise MovedOn("Two people have admitted this attempt already.")
        admission.incident, admission.reason = incident, reason.strip()
        admission.prepared_by, admission.prepared_at = by, at
        admission.save()
        with ADMISSION.take("propose_admitting", admission, by=by, at=at, facts=_facts(admission)):
            notices.admission_proposed(admission, by=by, at=at)
    return admission


def take_back(admission: Admission, *, by: Person, at: datetime) -> None:
    """The proposer, or another who could confirm, takes it back."""
    if not access.confirms(by, admission.attempt.tender):
        raise WrongPerson("Managers and approvers who do not bid here take this back.")
    with transaction.atomic():
        locks.alone(admission.attempt.tender)
        two_person.take_back("admit", admission, by=by, at=at)


def admit(admission: Admission, *, by: Person, at: datetime, read: str | None = None) -> None:
    """Confirm what another proposed and this person `read`: it counts, and a next register has it."""
    attempt = admission.attempt
    with transaction.atomic():
        locks.alone(attempt.tender)
        two_person.only_what_was_read("admit", admission, read, by=by)
        details = {"first": str(admission.prepared_by)}
        with ADMISSION.take("admit", admission, by=by, at=at, facts=_facts(admission), details=details):
            admission.admitted_by, admission.admitted_at = by, at
            proposals = Proposal.objects.select_related("tender", "consortium__lead")
            proposal = proposals.get(late_attempts=attempt)
            with PROPOSAL.take("admit", proposal, by=by, at=at, facts={"attempt": attempt.pk}):
                admission.version = submission.write_down_late(proposal, attempt, at=at)
                proposal.withdrawn_at = None
        register.make(attempt.tender, at=at)


def _facts(admission: Admission) -> dict[str, object]:
    return {"attempt": admission.attempt_id, "incident": admission.incident_id}
