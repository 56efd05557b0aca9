"""A member agrees to its cost lines. When somebody else changes them, it is told and the agreement lapses."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from consortia import access as parties
from consortia.models import Member
from odifund.core import audit
from odifund.core.errors import MovedOn, WrongPerson
from odifund.core.models import Person
from tenders.actions.proposal import editing
from tenders.models import Agreement, Proposal
from tenders.notices import agreement as notices
from tenders.queries import agreement as agreements
from tenders.queries import draft as drafts


def agree(proposal: Proposal, member: Member, *, seen: str, by: Person, at: datetime) -> Agreement:
    """Agree for the member to the lines and the price that were read (`seen`, queries.agreement)."""
    with editing(proposal, by=by, at=at):
        if not parties.works_for(by, member):
            raise WrongPerson(f"Only the people who work for {member} agree to its lines.")
        draft = drafts.of(proposal)
        if seen != agreements.seen(draft, member):
            raise MovedOn("The lines or the price were changed while you read. Read them again, then agree.")
        agreed = Agreement.objects.create(
            proposal=proposal,
            member=member,
            agreed_by=by,
            agreed_at=at,
            price=draft.price,
            lines=agreements.lines_of(draft, member.organisation_id),
            parts=draft.digests(),
        )
        facts = {"agreement": agreed.pk, "member": member.pk, "price": draft.price}
        details = {"organisation": str(member)}
        audit.record("proposal.agreed", proposal, by=by, at=at, facts=facts, details=details)
        notices.agreed(agreed, at=at)
    return agreed


@contextmanager
def lapsing(
    proposal: Proposal, organisations: Collection[UUID], *, by: Person, at: datetime
) -> Iterator[None]:
    """Inside, lines of these organisations change: whoever had agreed to theirs is told what was changed."""
    theirs = proposal.agreements.filter(member__organisation__in=organisations)
    held = [each for each in _standings(proposal) if each.holds] if theirs.exists() else []
    yield
    after = {each.member.pk: each for each in _standings(proposal)} if held else {}
    for before in held:
        now = after[before.member.pk]
        if not now.holds and not parties.works_for(by, before.member):
            notices.lapsed(now, agreements.changes(_draft(proposal), now), by=by, at=at)


def _draft(proposal: Proposal) -> drafts.Draft:
    """The draft read anew: rows that were read before a change would hide it."""
    return drafts.of(Proposal.objects.select_related("tender", "consortium").get(pk=proposal.pk))


def _standings(proposal: Proposal) -> list[agreements.Standing]:
    return agreements.standings(_draft(proposal))
