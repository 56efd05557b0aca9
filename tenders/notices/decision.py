"""Mail to who can approve a decision, and the letters to bidders: the outcome, and where its reasons are."""

from datetime import datetime

from consortia.models import NamedPerson
from odifund.core import mail
from odifund.core.models import Person
from tenders.access import who_decides
from tenders.completeness import opened_checks
from tenders.models import Award, Decision, Eligibility, Proposal, Version


def decision_proposed(decision: Decision, *, by: Person, at: datetime) -> None:
    """Everybody who could approve it is asked to. What is proposed stands on the page alone."""
    mail.queue(
        "tenders/decision_proposed",
        key=f"tenders/decision_proposed:{decision.pk}:{at.isoformat()}",
        to=[person for person in who_decides(decision.tender) if person != by],
        at=at,
        context={"tender": decision.tender, "by": by},
        about=decision,
    )


def tender_decided(decision: Decision, *, at: datetime) -> None:
    """One letter to each person named on each proposal that was opened."""
    awarded = set(Award.objects.filter(decision=decision).values_list("proposal", flat=True))
    not_eligible = set(
        Eligibility.objects.filter(tender=decision.tender, eligible=False).values_list("proposal", flat=True)
    )
    named = _named_people(decision)
    opened = Version.objects.filter(tender=decision.tender, opening_check__in=opened_checks())
    for version in opened.select_related("proposal__consortium__lead"):
        proposal = version.proposal
        mail.queue(
            "tenders/tender_decided",
            key=f"tenders/tender_decided:{proposal.pk}",
            to=named.get(proposal.consortium_id, []),
            at=at,
            context={
                "tender": decision.tender,
                "proposal": proposal,
                "title": version.title,
                "lead": proposal.consortium.lead,
                "awarded": proposal.pk in awarded,
                "not_eligible": proposal.pk in not_eligible,
                "no_award_reason": decision.no_award_reason,
            },
            about=proposal,
        )


def _named_people(decision: Decision) -> dict[object, list[Person]]:
    consortia = Proposal.objects.filter(tender=decision.tender).values("consortium")
    named = NamedPerson.objects.filter(
        member__consortium__in=consortia, member__left_at=None, ended_at=None, person__is_active=True
    ).select_related("person", "member")
    found: dict[object, list[Person]] = {}
    for naming in named:
        people = found.setdefault(naming.member.consortium_id, [])
        if naming.person not in people:
            people.append(naming.person)
    return found
