"""What stands in the way of a decision, what exactly is approved, and what is published."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from odifund.core import two_person
from odifund.core.models import Person, TwoPersonMove
from odifund.core.wording import pounds
from tenders import access
from tenders.models import Decision, Proposal, Tender
from tenders.queries.held import counts
from tenders.queries.ranking import Ranked, Ranking
from tenders.queries.tender import awaited

if TYPE_CHECKING:
    from django.http import QueryDict


def problems(tender: Tender, chosen: Sequence[UUID], departure_reason: str) -> list[str]:
    """Why these awards cannot be proposed, in sentences."""
    ranking = Ranking(tender)
    if problems := unfinished(ranking):
        return problems
    rows = {row.placed.candidate.key: row for row in ranking.rows}
    keys = [str(key) for key in chosen]
    if len(set(keys)) < len(keys) or not rows.keys() >= set(keys):
        return ["Choose among the ranked proposals, each once."]
    return [
        *_wrong_count(tender, len(keys), len(ranking.fitting)),
        *_over_the_pot(tender, [rows[key] for key in keys]),
        *_below_a_least_score([rows[key] for key in keys]),
        *_unexplained(departure_reason, departs=set(keys) != set(ranking.fitting)),
    ]


def unfinished(ranking: Ranking) -> list[str]:
    """What has to be settled before anything is decided, in sentences."""
    return [
        *(
            f"Settle first what becomes of {held.version.receipt_number}, which was held."
            for held in ranking.held
        ),
        *(f"Record whether “{version.title}” is eligible." for version in ranking.unchecked),
        *(f"The scores of “{version.title}” are not agreed yet." for version in ranking.unagreed),
    ]


def problems_of_no_award(tender: Tender, reason: str) -> list[str]:
    """Why it cannot be proposed that nothing is awarded, in sentences."""
    problems = unfinished(Ranking(tender))
    if not reason.strip():
        problems.append("Say why nothing is awarded. The reason is published, and every bidder reads it.")
    return problems


def problems_of(decision: Decision) -> list[str]:
    """Why what was proposed cannot be approved, in sentences."""
    if decision.no_award_reason:
        return problems_of_no_award(decision.tender, decision.no_award_reason)
    return problems(decision.tender, [UUID(key) for key in decision.chosen], decision.departure_reason)


def keeps_it_running(tender: Tender, at: datetime) -> Iterator[str]:
    """Why a decided tender is not finished by hand."""
    if not tender.is_without_award:
        yield "The tender is finished when the last of its contracts is complete."


def _wrong_count(tender: Tender, count: int, fitting: int) -> Iterable[str]:
    least, most = least_to_award(tender, fitting), tender.awards_most or 1
    if count > most:
        yield f"Choose at most {most} proposals; you chose {count}."
    elif count < least:
        yield f"Choose at least {least} proposal{'s' if least > 1 else ''}; you chose {count}."


def least_to_award(tender: Tender, fitting: int) -> int:
    """As many as the tender says, or as fit by the rule where that is fewer; never none."""
    return min(tender.awards_least or 1, max(fitting, 1))


def _over_the_pot(tender: Tender, rows: list[Ranked]) -> Iterable[str]:
    pot, total = tender.pot or Decimal(0), sum((row.version.price for row in rows), Decimal(0))
    if total > pot:
        yield (
            f"The proposals you chose cost {pounds(total)} together,"
            f" {pounds(total - pot)} more than the pot of {pounds(pot)}."
        )


def _below_a_least_score(rows: list[Ranked]) -> Iterable[str]:
    for row in rows:
        if row.placed.below:
            yield f"“{row.version.title}” is below the least score of a criterion, so it cannot be awarded."


def _unexplained(reason: str, *, departs: bool) -> Iterable[str]:
    if departs and not reason.strip():
        yield "Your choice departs from the published rule. Say why: the reason is published."
    if reason.strip() and not departs:
        yield "Your choice follows the published rule, so leave the reason for departing from it empty."


def in_rank_order(tender: Tender, chosen: Sequence[UUID]) -> list[str]:
    """The chosen keys, best first."""
    keys = {str(key) for key in chosen}
    order = [row.placed.candidate.key for row in Ranking(tender).rows]
    return [key for key in order if key in keys]


def content(decision: Decision) -> dict[str, object]:
    """All that the second person approves: a change to any of it makes the approval refuse."""
    ranking = Ranking(decision.tender)
    without = {"no_award_reason": decision.no_award_reason} if decision.no_award_reason else {}
    return {
        **without,
        "chosen": decision.chosen,
        "departure_reason": decision.departure_reason,
        "ranking": [
            [row.placed.candidate.key, row.placed.candidate.number, row.version.price, row.scores]
            for row in ranking.rows
        ],
        "eligible": {key: [row.eligible, row.reason] for key, row in ranking.eligibility.items()},
    }


def chosen_with_prices(decision: Decision) -> list[tuple[Proposal, Decimal]]:
    """The chosen proposals with the price of what was opened, best first."""
    versions = Ranking(decision.tender).versions
    return [(versions[key].proposal, versions[key].price) for key in decision.chosen]


def results(tender: Tender, decision: Decision) -> dict[str, object]:
    """What is published about every opened proposal, under its random number and no name."""
    ranking, held = Ranking(tender), counts(tender)
    ranked = [
        {
            "proposal": row.placed.candidate.number,
            "eligible": True,
            "scores": dict(row.placed.candidate.scores),
            "total": str(row.placed.total),
            "rank": row.placed.rank,
            "fitted": row.placed.fits,
            "awarded": row.placed.candidate.key in decision.chosen,
        }
        for row in ranking.rows
    ]
    failed = sorted(row.public_number for row in ranking.eligibility.values() if not row.eligible)
    return {
        "tender": tender.reference,
        "pot": str(tender.pot),
        "awards_most": tender.awards_most,
        "no_award_reason": decision.no_award_reason or None,
        "held_at_the_opening": {"admitted": held.admitted, "left_out": held.left_out},
        "criteria": [
            {
                "code": criterion.code,
                "title": criterion.title,
                "kind": criterion.kind,
                "weight": criterion.weight,
                "least_score": criterion.least_score,
            }
            for criterion in ranking.criteria
        ],
        "proposals": [*ranked, *(_not_eligible(number) for number in failed)],
    }


def _not_eligible(number: int) -> dict[str, object]:
    return {
        "proposal": number,
        "eligible": False,
        "scores": {},
        "total": None,
        "rank": None,
        "fitted": False,
        "awarded": False,
    }


def of(tender: Tender) -> Decision | None:
    """The tender's decision, being prepared or approved."""
    return (
        Decision.objects.filter(tender=tender).select_related("tender", "prepared_by", "approved_by").first()
    )


def waiting(decision: Decision | None) -> TwoPersonMove | None:
    """The proposed awards that wait for another person."""
    return two_person.waiting("approve", decision) if decision else None


def waits(decision: Decision | None, user: Person) -> dict[str, object]:
    """What waits, for the page: the move, and for its proposer the names of those who can approve it."""
    move = waiting(decision)
    if decision is None or move is None or move.proposed_by_id != user.pk:
        return {"move": move}
    return {"move": move, "awaited": awaited(move, access.who_decides(decision.tender))}


def initial(decision: Decision | None, ranking: Ranking) -> dict[str, object]:
    """What the form starts with: what was proposed last, or what the rule awards."""
    if decision is not None and decision.chosen:
        return {"chosen": decision.chosen, "departure_reason": decision.departure_reason}
    return {"chosen": ranking.fitting}


def typed(said: "QueryDict") -> dict[str, object]:
    """What somebody has before them who only wants it added up."""
    return {"chosen": said.getlist("chosen"), "departure_reason": said.get("departure_reason", "")}


class Choice:
    """Some of the ranked proposals against the pot."""

    def __init__(self, ranking: Ranking, chosen: Iterable[str]) -> None:
        self.ranking = ranking
        self.keys = {str(key) for key in chosen}

    @property
    def rows(self) -> list[Ranked]:
        """The chosen ones, best first."""
        return [row for row in self.ranking.rows if row.placed.candidate.key in self.keys]

    @property
    def parts(self) -> list[tuple[str, Decimal]]:
        """For the ruler."""
        return [(row.version.title, row.version.price) for row in self.rows]

    @property
    def total(self) -> Decimal:
        """What they cost together."""
        return sum((row.version.price for row in self.rows), Decimal(0))

    @property
    def left(self) -> Decimal:
        """What they leave of the pot; below nothing when they take too much."""
        return (self.ranking.tender.pot or Decimal(0)) - self.total

    @property
    def others(self) -> int:
        """How many opened proposals are not chosen."""
        return len(self.ranking.versions) - len(self.rows)

    @property
    def departs(self) -> bool:
        """Whether this is other than what the rule awards."""
        return self.keys != set(self.ranking.fitting)

    @property
    def few(self) -> bool:
        """Whether fewer fit by the rule than the tender says it awards at least."""
        return len(self.ranking.fitting) < (self.ranking.tender.awards_least or 1)

    @property
    def least(self) -> int:
        """How many have to be awarded, if any are."""
        return least_to_award(self.ranking.tender, len(self.ranking.fitting))

    @property
    def unfinished(self) -> int:
        """How many proposals are not ready to be decided about."""
        return len(self.ranking.held) + self.unjudged

    @property
    def unjudged(self) -> int:
        """How many of what was opened are not checked or not agreed."""
        return len(self.ranking.unchecked) + len(self.ranking.unagreed)
