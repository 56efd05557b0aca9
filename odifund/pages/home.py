"""Everybody's home page: what must I do, by when, what is new.

Each app says what waits for a person in a function of its queries; they are listed here.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from consortia import access as parties
from deliverables import access as delivery
from deliverables.queries import to_do as of_delivery
from odifund.core import access
from odifund.core.http import SignedInRequest
from odifund.core.models import Person
from odifund.core.todo import ToDo
from tenders import access as competition
from tenders.queries import running as tenders
from tenders.queries import to_do as of_competition
from tenders.queries import watch
from tenders.queries.news import news_for

SOURCES: tuple[Callable[[Person, datetime], Iterable[ToDo]], ...] = (of_competition.to_do, of_delivery.to_do)


@login_required
@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    """What waits for who is signed in."""
    person = request.user
    waiting = [item for source in SOURCES for item in source(person, request.at)]
    waiting.sort(key=lambda item: (item.due is None, item.due or request.at))
    staff = access.is_staff(person)
    context = {
        "section": "Home",
        "items": waiting,
        "news": news_for(person, request.at),
        "proposals": list(of_competition.my_proposals(person)),
        "organisations": list(parties.organisations_for(person)),
        "watched": [] if staff else list(watch.watched_tenders(person)),
        "staff": staff,
        "tenders": list(tenders.running(request.at)) if competition.oversees(person) else [],
        "first_steps": competition.manages(person) and tenders.is_empty(),
        "open": [] if staff else list(tenders.open_now(request.at)),
        "administers": access.administers(person),
        "reads_trail": access.reads_trail(person),
        "reads_outbox": access.reads_outbox(person),
        "pays": delivery.pays(person),
    }
    return render(request, "pages/home.html", context)
