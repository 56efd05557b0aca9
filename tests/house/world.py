"""One tender's world at each stage, reached through actions, with words planted in what is sealed.

The subject of every address is the consortium of `lead-a` and `partner-a`. `lead-b` is the rival
(whose consortium the same agency is in), `colleague` belongs to the lead's organisation and is not
named, `invited` has been invited and has not answered.
"""

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from consortia.actions import organisation as organisations
from consortia.actions import request as requests
from deliverables.models import Deliverable
from odifund.core import clock
from odifund.core import people as staff
from odifund.core.models import Person
from tenders.actions import address_watch, document, question, upload, watch
from tenders.actions import answer as answers
from tenders.actions import consortium as taking_part
from tenders.actions import tender as tenders
from tenders.models import AddressWatch, Contract, Proposal, Tender
from tests import cast
from tests.factories import delivery, panel, proposal
from tests.factories.consortium import colleague
from tests.factories.tender import PUBLISHED, draft_tender
from tests.house import crowd
from tests.house.subjects import MARK, subjects

STAGES = (
    "draft",
    "published",
    "submitted",
    "closed",
    "opened",
    "scored",
    "decided",
    "in delivery",
    "finished",
)
RIVALS_MARK = "Quokkas"
PLAYERS = tuple(key for key in cast.PLAYERS if key not in {"evaluator-2", "evaluator-3"})
PEOPLE = ("anonymous", *PLAYERS, "colleague", "invited")


@dataclass
class World:
    """What stands at a stage: whom addresses are about, and the moment."""

    stage: str
    at: datetime
    people: dict[str, Person]
    tender: Tender
    subjects: dict[str, dict[str, object]] = field(default_factory=dict)


def build(stage: str, *, more: int = 0) -> World:
    """Everything up to this stage, in the database that is in use; with so many more of everything."""
    people = cast.whole(at=PUBLISHED - timedelta(days=2))
    manager, administrator = people["manager"], people["administrator"]
    staff.invite(manager.email, manager.name, roles=["manager"], by=administrator, at=PUBLISHED)
    people["invited"] = Person.objects.make("ivo@lanes.example.org", "Ivo Lane", joined_at=PUBLISHED)
    reached = STAGES.index(stage)
    tender = _tender(is_published=reached > 0)
    people["colleague"] = colleague("lead-a", "ada@exampleshire.example.org", at=PUBLISHED)
    _ask_to_join(people)
    at = PUBLISHED + timedelta(hours=1)
    if reached >= 1:
        at = proposal.written_at(tender)
        ours = _draft(tender)
        _ask_and_watch(tender, people)
        crowd.come(more, tender, ours, at=at)
    if reached >= 2:
        for made in Proposal.objects.filter(tender=tender):
            proposal.submit(made)
        at += timedelta(hours=2)
    if reached >= 3:
        proposal.close(tender)
        at = tender.proposals_close_at + timedelta(minutes=1)
    at = _judge(tender, reached, at)
    tender.refresh_from_db()
    return World(stage, at, people, tender, subjects(tender))


def _ask_to_join(people: dict[str, Person]) -> None:
    """The newcomer asks to belong to an organisation that proposes nothing and has not answered in time."""
    early = PUBLISHED - timedelta(days=4)
    parish = organisations.add(name="Fallow Parish Council", kind="other", by=people["invited"], at=early)
    requests.ask(parish, words="Clerk", by=people["newcomer"], at=early)


def _tender(*, is_published: bool) -> Tender:
    """A tender with a document, as a draft or open to all."""
    tender, at = draft_tender(), PUBLISHED - timedelta(hours=1)
    manager = cast.person("manager", at=at)
    file = SimpleUploadedFile("annex.pdf", b"%PDF-1.4 annex", "application/pdf")
    document.add(tender, file, document.Facts("annex", "Annex A", is_accessible=True), by=manager, at=at)
    if is_published:
        tenders.propose_publishing(tender, by=manager, at=PUBLISHED)
        tenders.publish(tender, by=cast.person("approver", at=PUBLISHED), at=PUBLISHED)
    return tender


def _draft(tender: Tender) -> Proposal:
    """Two rivals' drafts and an invitation, full of words that must not be seen."""
    ours = proposal.complete_proposal(tender, title=f"{MARK} for tenants", file=f"%PDF-1.4 {MARK}".encode())
    on_its_way = {"name": f"{MARK}.pdf", "size": 9, "sha256": "", "by": ours.started_by}
    upload.begin(ours, **on_its_way, at=proposal.written_at(tender))
    proposal.complete_proposal(tender, lead="lead-b", title=f"{RIVALS_MARK} for drivers")
    with clock.held_at(proposal.written_at(tender)):
        by = ours.started_by
        taking_part.rename(ours.consortium, name=f"The {MARK} consortium", by=by)
        taking_part.invite(
            ours.consortium, organisation_name="Lanes Parish Council", email="ivo@lanes.example.org", by=by
        )
    return ours


def _ask_and_watch(tender: Tender, people: dict[str, Person]) -> None:
    early = PUBLISHED + timedelta(days=1)
    with clock.held_at(early):
        first = question.ask(tender, text="May a parish council lead?", by=people["newcomer"], at=early)
        question.ask(tender, text="Would bus times count as open data?", by=people["lead-a"], at=early)
        answer = "A parish council may lead."
        answers.answer(first, public_text=first.text, answer=answer, by=people["manager"], at=early)
        watch.start(tender, by=people["newcomer"], at=early)
        address_watch.ask(tender, address="nobodys@watcher.example.org", at=early)
        address_watch.confirm(AddressWatch.objects.get(), at=early)


def _judge(tender: Tender, reached: int, at: datetime) -> datetime:
    """From the opening to the end."""
    if reached >= 4:
        proposal.open_proposals(tender)
        panel.panelled_tender(tender)
        at = panel.OPENED + timedelta(hours=1)
    if reached >= 5:
        for each in panel.proposals_of(tender):
            for key in panel.EVALUATORS:
                panel.score_all(each, key)
        at = panel.SCORED + timedelta(hours=1)
    if reached >= 6:
        _decide(tender)
        at = panel.DECIDED + timedelta(hours=1)
    if reached >= 7:
        delivery.tender_in_delivery(tender)
        contract = Contract.objects.get(proposal__title__startswith=MARK)
        delivery.workshop_held(contract)
        delivery.delivered(contract, delivery.Kind.BLOG)
        delivery.delivered(contract, delivery.Kind.PATTERN)
        delivery.delivered(contract, delivery.Kind.DATA)
        delivery.delivered(contract, delivery.Kind.REPORT)
        at = delivery.FINAL + timedelta(days=1)
    if reached >= 8:
        _finish(tender)
        at = delivery.REVIEWED + timedelta(days=1)
    return at


def _decide(tender: Tender) -> None:
    from tenders.actions import decision
    from tenders.queries.ranking import Ranking

    count = tender.criteria.count()
    for place, each in enumerate(panel.proposals_of(tender)):
        panel.agree(each, [max(0, 5 - (place + step) // count) for step in range(count)])
    at = panel.DECIDED
    chosen = [row.version.proposal_id for row in Ranking(tender).rows if row.placed.fits]
    proposed = decision.propose(tender, chosen, by=cast.person("manager", at=at), at=at)
    decision.approve(proposed, by=cast.person("approver", at=at), at=at)


def _finish(tender: Tender) -> None:
    from deliverables.actions import contract as contracts
    from deliverables.actions import payment, review

    manager, finance, at = (
        cast.person("manager", at=delivery.REVIEWED),
        cast.person("finance", at=delivery.REVIEWED),
        delivery.REVIEWED,
    )
    for signed in Contract.objects.filter(tender=tender):
        for kind in delivery.kinds_of(signed):
            due = delivery.owed(signed, kind)
            if due.status == Deliverable.Status.DELIVERED:
                review.accept(due, by=manager, at=at)
            elif due.status == Deliverable.Status.DUE:
                delivery.accepted(signed, kind)
        for number, each in enumerate(signed.payments.all(), 1):
            payment.pay(each, paid_on=at.date(), bank_reference=f"BACS {number}", by=finance, at=at)
        contracts.complete(signed, by=manager, at=at)


@contextmanager
def at_its_moment(world: World):
    with clock.held_at(world.at):
        yield
