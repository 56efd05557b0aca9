"""A crowd: so many more of everything that a list shows, reached through actions while a tender is open."""

from datetime import datetime, timedelta
from decimal import Decimal

from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.uploadedfile import SimpleUploadedFile

from consortia.actions import organisation
from consortia.actions import request as requests
from consortia.models import Organisation
from odifund.core import clock, people
from odifund.core.models import Person
from tenders.actions import answer as answers
from tenders.actions import (
    attachment,
    consortium,
    cost_line,
    document,
    file_note,
    incident,
    notice,
    problem,
    proposal,
    question,
    section_text,
    watch,
)
from tenders.actions.cost_line import Cost
from tenders.models import Proposal, Question, Tender
from tests import cast
from tests.factories.consortium import colleague, joined
from tests.factories.proposal import TEXT, add_costs, draft_proposal, say_the_rest
from tests.factories.tender import published_tender


def come(count: int, tender: Tender, ours: Proposal, *, at: datetime) -> None:
    """Fill every list about this tender, this proposal, and beside them."""
    for number in range(count):
        _say_something(tender, number, at=at)
        _write_more(ours, number, at=at)
        _compete(tender, number, at=at)
        _run_another(number, at=at)
        people.invite(
            f"staff-{number}@fund.example.org", f"Staff {number}", roles=["evaluator"], by=None, at=at
        )
        _sign_in_somewhere(at=at)
        by = _person(f"joiner-{number}", at=at)
        requests.ask(joins(cast.person("lead-a", at=at)), words="Clerk", by=by, at=at)
        colleague("lead-a", f"colleague-{number}@exampleshire.example.org", f"Colleague {number}", at=at)


def _say_something(tender: Tender, number: int, *, at: datetime) -> None:
    early = tender.questions_close_at - timedelta(days=1)
    manager, asker = cast.person("manager", at=at), _person(f"asker-{number}", at=early)
    with clock.held_at(early):
        watch.start(tender, by=asker, at=early)
        asked = question.ask(tender, text=f"May {number} councils lead?", by=asker, at=early)
        question.ask(tender, text=f"And may {number} universities?", by=asker, at=early)
        answers.answer(asked, public_text=asked.text, answer="They may.", by=manager, at=early)
        _fill_the_queue(tender, number, asker, asked, by=manager, at=early)
        file = SimpleUploadedFile(f"annex {number}.pdf", b"%PDF-1.4 annex", "application/pdf")
        facts = document.Facts("annex", f"Annex {number}", is_accessible=True)
        document.add(tender, file, facts, by=manager, at=early)
        incident.record(
            tender,
            what=f"The lift stood still for the {number}. time.",
            began_at=early,
            ended_at=early,
            noticed_by=f"Staff {number}",
            by=manager,
            at=early,
        )
        file_note.record(
            tender,
            kind="call",
            happened_at=early,
            with_whom=f"Caller {number}",
            what="Asked where the form is.",
            by=manager,
            at=early,
        )
        words = f"The page broke for the {number}. time."
        page = tender.get_absolute_url()
        problem.report(words=words, reach="", page=page, user=asker, at=early)
        notice.publish(tender, title=f"Notice {number}", text="The room has changed.", by=manager, at=early)


def _fill_the_queue(
    tender: Tender, number: int, asker: Person, asked: Question, *, by: Person, at: datetime
) -> None:
    """A question more in each state that it can be in."""
    texts = ("ready", "offered", "alone", "the same", "declined", "withdrawn")
    ready, offered, alone, same, declined, withdrawn = (
        question.ask(
            tender, text=f"{text} {number}?", by=asker, at=at, is_private=text in {"offered", "alone"}
        )
        for text in texts
    )
    answers.prepare(ready, public_text=ready.text, answer="Yes.", by=by, at=at)
    answers.offer_wording(offered, public_text=offered.text, by=by, at=at)
    answers.answer_alone(alone, answer="Yes.", by=by, at=at)
    answers.merge(same, asked, by=by, at=at)
    answers.decline(declined, reason="No.", by=by, at=at)
    question.withdraw(withdrawn, by=asker, at=at)


def _write_more(ours: Proposal, number: int, *, at: datetime) -> None:
    by, lead = ours.started_by, ours.consortium.lead
    cost_line.add(ours, Cost(lead, f"Line {number}", kind="staff", amount=Decimal(1)), by=by, at=at)
    file = SimpleUploadedFile(f"letter {number}.pdf", f"%PDF-1.4 letter {number}".encode())
    attachment.add(ours, file, kind="application/pdf", title=f"Letter {number}", by=by, at=at)
    with clock.held_at(at):
        consortium.invite(
            ours.consortium, organisation_name=f"Parish {number}", email=f"parish-{number}@example.org", by=by
        )


def _compete(tender: Tender, number: int, *, at: datetime) -> None:
    """One more rival's proposal, complete."""
    by = _person(f"rival-{number}", at=at)
    kind = Organisation.Kind.LOCAL_AUTHORITY
    lead = organisation.add(name=f"Borough {number}", kind=kind, by=by, at=at)
    with clock.held_at(at):
        formed = consortium.form(tender, lead=lead, name=f"Consortium {number}", by=by)
    joined(formed, "partner-a", at=at)
    made = proposal.start(tender, formed, title=f"Zzz {number}", by=by, at=at)
    proposal.set_delivery_model(made, delivery_model="information", by=by, at=at)
    for section in tender.sections.all():
        section_text.save(made, section, text=TEXT, base_revision=0, by=by, at=at)
    add_costs(made, Decimal(30000 + number))
    say_the_rest(made)


def _run_another(number: int, *, at: datetime) -> None:
    """One more tender, which Priya drafts a proposal for, asks about and watches."""
    tender = published_tender(reference=f"SF{number + 2}")
    draft_proposal(tender)
    early, priya = tender.questions_close_at - timedelta(days=1), cast.person("lead-a", at=at)
    with clock.held_at(early):
        question.ask(tender, text="May a parish lead?", by=priya, at=early)
        watch.start(tender, by=priya, at=early)


def joins(person: Person) -> Organisation:
    return person.belongings.first().organisation


def _sign_in_somewhere(*, at: datetime) -> None:
    """One more device of Priya's, for which the session's own clock is this machine's."""
    store = SessionStore()
    store.create()
    words = {"user_agent": "Firefox/130.0", "ip": "127.0.0.1", "session_key": store.session_key}
    UserSession.objects.create(user=cast.person("lead-a", at=at), **words)


def _person(key: str, *, at: datetime) -> Person:
    return Person.objects.make(f"{key}@example.org", key, joined_at=at)
