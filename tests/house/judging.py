"""The panel of the world, from the opening to the decision; each reason it gives has a word of its own.

`conflicted` declared a conflict with the lead of `ours`, so the `deputy` scores it in their place.
`undeclared` is a deputy too, and has declared nothing. When the proposals are opened, one evaluator has
locked scores on `ours` and another has begun.
"""

from odifund.core import people
from odifund.core.models import Person
from tenders.access import opened_proposals_for
from tenders.actions import decision, declaration, eligibility, panel
from tenders.models import Proposal, Tender
from tenders.queries.panel import organisations_of
from tenders.queries.ranking import Ranking
from tests import cast
from tests.factories import panel as made
from tests.factories.pile import OPENED
from tests.house.bidders import MARK, RIVALS_MARK, TITLES

CONFLICT = "Exampleshire County Council"
WHY_UNFIT = "Dandiprat"
LOCKED_EARLY, BEGUN = "evaluator-1", "evaluator-3"
REASON, NOTE, AGREED, AGREED_NOTE = "Ocarina", "Bassoon", "Cadenza", "Fermata"
"""What marks an evaluator's reason and note, and those of the agreed scores."""


def word(what: str, proposal: Proposal, who: str = "") -> str:
    """The word that stands in such a reason or note."""
    side = {MARK: "ours", RIVALS_MARK: "theirs"}.get(proposal.title.split()[0], "others")
    return f"{what}-{who}-{side}"


def deputies() -> dict[str, Person]:
    """Two more evaluators: the deputy, and one who will not declare."""
    found = {}
    for key, name in (("deputy", "Philippa Garrow"), ("undeclared", "Edmund Vane")):
        address = f"{name.lower().replace(' ', '.')}@panel.example.org"
        found[key] = Person.objects.filter(email=address).first() or Person.objects.make(
            address, name, joined_at=OPENED
        )
        if not found[key].roles:
            people.give_role(found[key], "evaluator", by=None, at=OPENED)
    return found


def sit_down(tender: Tender) -> None:
    """The panel is named, declares, and gets its pile; the first scores on `ours` are given."""
    made.name_panel(tender)
    manager = cast.person("manager", at=OPENED)
    for person in deputies().values():
        panel.name(tender, person, part="evaluator", is_deputy=True, by=manager, at=OPENED)
    for key in ("evaluator-1", "evaluator-3", "moderator"):
        made.declare(tender, key)
    made.declare(tender, "evaluator-2", CONFLICT)
    nothing = dict.fromkeys(organisations_of(tender), (False, ""))
    declaration.declare(tender, nothing, by=deputies()["deputy"], at=OPENED)
    for each in opened(tender):
        fit = each.title != TITLES["unfit"]
        reason = "" if fit else f"It has no council: {WHY_UNFIT}."
        eligibility.record(each, eligible=fit, reason=reason, by=manager, at=OPENED)
    ours = Proposal.objects.get(title=TITLES["ours"])
    _score(ours, LOCKED_EARLY, at=OPENED)
    _score(ours, BEGUN, at=OPENED, lock=False)


def score(tender: Tender) -> None:
    """Everybody scores what is still to be scored, and locks."""
    for each in to_score(tender):
        is_ours = each.title == TITLES["ours"]
        for key in ("evaluator-1", "deputy" if is_ours else "evaluator-2", "evaluator-3"):
            if not (is_ours and key == LOCKED_EARLY):
                _score(each, key, at=made.SCORED)


def _score(proposal: Proposal, key: str, **when) -> None:
    by = deputies().get(key, key)
    because, note = word(REASON, proposal, key), word(NOTE, proposal, key)
    made.score_all(proposal, by, because=because, note=note, **when)


def decide(tender: Tender) -> None:
    """Scores are agreed, the later in the alphabet the lower, and what the rule awards is awarded."""
    count = tender.criteria.count()
    for place, each in enumerate(to_score(tender)):
        scores = [max(0, 5 - (place + step) // count) for step in range(count)]
        made.agree(each, scores, because=word(AGREED, each), note=word(AGREED_NOTE, each))
    at = made.DECIDED
    chosen = [row.version.proposal_id for row in Ranking(tender).rows if row.placed.fits]
    proposed = decision.propose(tender, chosen, by=cast.person("manager", at=at), at=at)
    decision.approve(proposed, by=cast.person("approver", at=at), at=at)


def opened(tender: Tender) -> list[Proposal]:
    """What was opened, by title: all but the held one."""
    found = opened_proposals_for(cast.person("manager", at=OPENED)).filter(tender=tender)
    return list(found.select_related("tender").order_by("title"))


def to_score(tender: Tender) -> list[Proposal]:
    """What was opened and is eligible, by title."""
    return [each for each in opened(tender) if each.title != TITLES["unfit"]]
