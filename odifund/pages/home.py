"""Everybody's home page: what must I do, by when, what is new.

Each app says what waits for a person in a function of its queries; they are listed here.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from consortia import queries as of_parties
from consortia.models import Organisation
from deliverables import access as delivery
from deliverables.queries import to_do as of_delivery
from odifund.core import access
from odifund.core.http import SignedInRequest
from odifund.core.models import Person
from odifund.core.todo import ToDo, in_order
from tenders import access as competition
from tenders.models import Proposal
from tenders.queries import bidder_to_do as of_bidders
from tenders.queries import panel_to_do as of_panel
from tenders.queries import running as tenders
from tenders.queries import to_do as of_competition
from tenders.queries import watch
from tenders.queries.news import news_for
from tenders.queries.running import Running
from tenders.queries.tender import could_confirm
from tenders.queries.to_agree import to_agree


def _to_invite(person: Person) -> Iterator[ToDo]:
    """For an administrator, while too few are there to publish anything."""
    if not access.administers(person) or len(found := could_confirm()) > 1:
        return
    title, hint = (
        "Invite the people who run the fund",
        "A manager, and another manager or an approver, are enough",
    )
    if found:
        title = "Invite a second person to run the fund"
        hint = f"{found[0]} is there. Another manager or an approver has to confirm what they propose"
    yield ToDo(title, reverse("pages:invite_person"), hint, now=True)


SOURCES: tuple[Callable[[Person, datetime, Sequence[Running]], Iterable[ToDo]], ...] = (
    of_competition.to_do,
    of_panel.to_do,
    of_delivery.to_do,
    lambda person, at, _running: of_parties.to_decide(person, at),
    lambda person, _at, _running: _to_invite(person),
)


@login_required
@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    """What waits for who is signed in."""
    person, at = request.user, request.at
    waiting = what_waits(person, at)
    context: dict[str, object] = {
        "section": "Home",
        "items": waiting.items,
        "news": news_for(person, at),
    }
    if access.is_staff(person):
        context |= _at_the_fund(person, waiting.running)
    else:
        context |= _outside(person, waiting, at)
    return render(request, "pages/home.html", context)


@dataclass(frozen=True)
class Waiting:
    """What waits for somebody, the soonest first, and what it was read from."""

    items: list[ToDo]
    proposals: list[Proposal]
    running: list[Running]
    organisations: list[Organisation]


def what_waits(person: Person, at: datetime) -> Waiting:
    """Everything that waits for this person, from every app."""
    oversees = competition.oversees(person)
    running = tenders.running(at) if oversees else []
    bids = competition.bids(person, [each.tender for each in running] if oversees else None)
    proposals = of_bidders.my_proposals(person, at) if bids else []
    items = [item for source in SOURCES for item in source(person, at, running)]
    items += of_bidders.drafts(proposals, at)
    items += to_agree(person, proposals, at) if proposals else []
    organisations = [] if access.is_staff(person) else list(of_parties.organisations_with_requests(person))
    items += of_parties.to_answer(organisations)
    return Waiting(in_order(items, at), proposals, running, organisations)


def _outside(person: Person, waiting: Waiting, at: datetime) -> dict[str, object]:
    """What somebody outside the fund works on, follows and could join."""
    organisations, proposals = waiting.organisations, waiting.proposals
    won = any(of_bidders.is_won(proposal) for proposal in proposals)
    joined = {proposal.tender_id for proposal in proposals}
    return {
        "work": of_bidders.work_of(proposals, competition.contracts_for(person) if won else []),
        "organisations": organisations,
        "newcomer": not organisations,
        "watched": list(watch.watched_tenders(person)),
        "open": [tender for tender in tenders.open_now(at) if tender.pk not in joined],
    }


def _at_the_fund(person: Person, running: Sequence[Running]) -> dict[str, object]:
    """The tenders that run, and the desks of the person's roles."""
    return {
        "staff": True,
        "oversees": competition.oversees(person),
        "manages": competition.manages(person),
        "tenders": running,
        "comes": next((each for each in running if each.next), None),
        "seats": of_panel.seats_of(person),
        "first_steps": competition.manages(person) and not running and tenders.is_empty(),
        "administers": access.administers(person),
        "reads_trail": access.reads_trail(person),
        "reads_outbox": access.reads_outbox(person),
        "pays": delivery.handles_payments(person),
    }
