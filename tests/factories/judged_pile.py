"""A whole pile with its panel's work on it, written as rows: for looking at how long pages get.

Everything that a test of a rule stands on is reached through actions instead (panel.py).
"""

from tenders.models import (
    AgreedScore,
    Declaration,
    Eligibility,
    Moderation,
    Proposal,
    Score,
    Tender,
)
from tenders.queries.panel import organisations_of
from tests import cast
from tests.factories import panel
from tests.factories.pile import OPENED, opened_pile


def panelled_pile(count: int) -> Tender:
    """Opened, every proposal eligible, a panel of three and a moderator of whom the last has not declared."""
    tender = panel.name_panel(opened_pile(count))
    manager = cast.person("manager", at=OPENED)
    for key in (*panel.EVALUATORS[:2], "moderator"):
        _declare(tender, key)
    Eligibility.objects.bulk_create(
        Eligibility(
            tender=tender,
            proposal=proposal,
            public_number=number,
            eligible=True,
            checked_by=manager,
            checked_at=OPENED,
        )
        for number, proposal in enumerate(panel.proposals_of(tender), start=1)
    )
    return tender


def scored_pile(count: int, *, lock: bool = True) -> Tender:
    """Every evaluator has scored everything; the first has locked it only if told so."""
    tender = panelled_pile(count)
    _declare(tender, panel.EVALUATORS[-1])
    for place, key in enumerate(panel.EVALUATORS):
        Score.objects.bulk_create(_scores(tender, key, lock=lock or place > 0))
    return tender


def agreed_pile(count: int) -> Tender:
    """The panel has agreed on every proposal, on scores of all kinds."""
    tender = scored_pile(count)
    moderator = cast.person("moderator", at=panel.AGREED)
    by = {"saved_by": moderator, "saved_at": panel.AGREED}
    for place, proposal in enumerate(panel.proposals_of(tender)):
        moderation = Moderation.objects.create(
            proposal=proposal,
            status=Moderation.Status.AGREED,
            started_by=moderator,
            started_at=panel.AGREED,
            agreed_by=moderator,
            agreed_at=panel.AGREED,
        )
        AgreedScore.objects.bulk_create(
            AgreedScore(
                moderation=moderation,
                criterion=criterion,
                score=(place + step) % 6,
                reason="The evidence carries that.",
                **by,
            )
            for step, criterion in enumerate(tender.criteria.all())
        )
    return tender


def _declare(tender: Tender, key: str) -> None:
    person = cast.person(key, at=OPENED)
    Declaration.objects.bulk_create(
        Declaration(
            tender=tender, person=person, organisation_id=organisation, conflict=False, declared_at=OPENED
        )
        for organisation in organisations_of(tender)
    )


def _scores(tender: Tender, key: str, *, lock: bool) -> list[Score]:
    evaluator = cast.person(key, at=OPENED)
    return [
        Score(
            proposal=proposal,
            criterion=criterion,
            evaluator=evaluator,
            status=Score.Status.LOCKED if lock else Score.Status.DRAFT,
            score=(place + step) % 6,
            reason="The text shows it in part.",
            note="Ask at moderation.",
            saved_at=panel.SCORED,
            locked_at=panel.SCORED if lock else None,
        )
        for place, proposal in enumerate(Proposal.objects.filter(tender=tender).order_by("title"))
        for step, criterion in enumerate(tender.criteria.all())
    ]
