"""A tender's panel at work, from naming it to the decision, reached through actions."""

from datetime import timedelta

from odifund.core.models import Person
from tenders.access import opened_proposals_for
from tenders.actions import decision, declaration, eligibility, moderation, panel, score
from tenders.models import Proposal, Tender
from tenders.queries.panel import organisations_of
from tenders.queries.ranking import Ranking
from tests import cast
from tests.factories.pile import OPENED
from tests.factories.proposal import opened_tender

EVALUATORS = ("evaluator-1", "evaluator-2", "evaluator-3")
SCORED, AGREED, DECIDED = (OPENED + timedelta(days=days) for days in (1, 2, 3))
"""When the panel scores, when it agrees, when two people decide."""


def name_panel(tender: Tender, *evaluators: str, at=OPENED) -> Tender:
    """The manager names the evaluators and the moderator."""
    manager = cast.person("manager", at=at)
    for key in evaluators or EVALUATORS:
        panel.name(tender, cast.person(key, at=at), part="evaluator", by=manager, at=at)
    panel.name(tender, cast.person("moderator", at=at), part="moderator", by=manager, at=at)
    return tender


def declare(tender: Tender, key: str, *conflicts: str, at=OPENED) -> None:
    """The player declares an interest in these organisations and none in the others."""
    answers = {
        organisation: (name in conflicts, "I worked there until last year." if name in conflicts else "")
        for organisation, name in organisations_of(tender).items()
    }
    declaration.declare(tender, answers, by=cast.person(key, at=at), at=at)


def check_eligibility(tender: Tender, at=OPENED) -> None:
    """The manager finds every opened proposal eligible."""
    manager = cast.person("manager", at=at)
    for proposal in opened_proposals_for(manager).filter(tender=tender).order_by("title"):
        eligibility.record(proposal, eligible=True, reason="", by=manager, at=at)


def panelled_tender(tender: Tender | None = None) -> Tender:
    """Opened, with a panel of three and a moderator who have declared, and every proposal eligible."""
    tender = tender or opened_tender()
    name_panel(tender)
    for key in (*EVALUATORS, "moderator"):
        declare(tender, key)
    check_eligibility(tender)
    return tender


def score_all(
    proposal: Proposal, by: str | Person, scores=None, *, at=SCORED, lock=True, because="", note=""
) -> None:
    """The player, or somebody else, scores every criterion, with a reason, and locks."""
    by = cast.person(by, at=at) if isinstance(by, str) else by
    for place, criterion in enumerate(proposal.tender.criteria.all()):
        given = scores[place] if scores else 3
        reason = f"{criterion.title}: the text shows it in part. {because}".strip()
        note = note or "Ask at moderation."
        score.save(proposal, criterion, score=given, reason=reason, note=note, by=by, at=at)
    if lock:
        score.lock(proposal, by=by, at=at)


def scored_tender(tender: Tender | None = None) -> Tender:
    """Every evaluator has locked scores on every proposal."""
    tender = panelled_tender(tender)
    for proposal in proposals_of(tender):
        for key in EVALUATORS:
            score_all(proposal, key)
    return tender


def agree(
    proposal: Proposal, scores, *, by: str = "moderator", at=AGREED, because: str = "", note: str = ""
) -> None:
    """The moderator records agreed scores and settles them."""
    person = cast.person(by, at=at)
    started = moderation.start(proposal, by=person, at=at)
    for given, criterion in zip(scores, proposal.tender.criteria.all(), strict=True):
        reason = f"The panel agreed on {given}: the evidence for {criterion.title.lower()} carries that."
        reason = f"{reason} {because}".strip()
        moderation.save(started, criterion, score=given, reason=reason, note=note, by=person, at=at)
    moderation.agree(started, by=person, at=at)


def moderated_tender(tender: Tender | None = None) -> Tender:
    """Every proposal has agreed scores, the later in the alphabet the lower."""
    tender = scored_tender(tender)
    count = tender.criteria.count()
    for place, proposal in enumerate(proposals_of(tender)):
        agree(proposal, [max(0, 5 - (place + step) // count) for step in range(count)])
    return tender


def decided_tender(tender: Tender | None = None) -> Tender:
    """The manager proposes what the rule awards, the approver approves."""
    tender = moderated_tender(tender)
    chosen = [row.version.proposal_id for row in Ranking(tender).rows if row.placed.fits]
    manager, approver = cast.person("manager", at=DECIDED), cast.person("approver", at=DECIDED)
    proposed = decision.propose(tender, chosen, by=manager, at=DECIDED)
    decision.approve(proposed, by=approver, at=DECIDED)
    tender.refresh_from_db()
    return tender


def proposals_of(tender: Tender) -> list[Proposal]:
    """The tender's proposals by title."""
    return list(Proposal.objects.filter(tender=tender).select_related("tender").order_by("title"))
