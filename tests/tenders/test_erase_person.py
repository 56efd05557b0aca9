"""Erasing a person: nothing says who they were, the chain stays whole, and whoever still acts stays."""

from datetime import timedelta
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection

from odifund.core import audit, clock
from odifund.core.models import EventDetails, Person
from tenders.actions import erasure, question, watch
from tenders.models import Tender
from tests import cast
from tests.factories import proposal as made
from tests.factories.tender import PUBLISHED, published_tender

pytestmark = pytest.mark.django_db
LATER = PUBLISHED + timedelta(days=3)


def erase(email, *more):
    told = StringIO()
    with clock.held_at(LATER):
        call_command("erase_person", email, *more, stdout=told)
    return told.getvalue()


def everywhere(words):
    """The tables that say these words in any column."""
    found = set()
    for model in apps.get_models():
        table = model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT count(*) FROM "{table}" AS r WHERE r::text ILIKE %s', [f"%{words}%"])
            if cursor.fetchone()[0]:
                found.add(table)
    return found


def asked_and_watched():
    tender, person = published_tender(), cast.person("newcomer", at=PUBLISHED)
    with clock.held_at(PUBLISHED):
        watch.start(tender, by=person, at=PUBLISHED)
        question.ask(tender, text="May a school join?", by=person, at=PUBLISHED)
    return person


def test_nothing_says_who_they_were_and_the_chain_stays_whole():
    person = asked_and_watched()
    name, email = person.name, person.email
    while audit.link(LATER):
        pass
    assert everywhere(email)
    assert "Add --yes" in erase(email)
    assert everywhere(email)
    said = erase(email, "--yes")
    assert "verify_audit names them" in said
    assert everywhere(email) == everywhere(name) == set()
    assert list(audit.verify()) == []
    assert len(list(audit.erasures())) == EventDetails.objects.exclude(erased_at=None).count() > 0
    erased = Person.objects.get(pk=person.pk)
    assert (str(erased), erased.is_active) == (erasure.NAME, False)
    assert not EmailAddress.objects.filter(user=erased).exists()
    assert erased.questions.get().text == "May a school join?"


def test_a_name_inside_another_word_is_not_theirs():
    person = asked_and_watched()
    Person.objects.filter(pk=person.pk).update(name="Fund")
    programme = EventDetails.objects.get(event__name="programme.added")
    Person.objects.create(email="other@example.org", name="Fundamental Other")
    EventDetails.objects.filter(pk=programme.pk).update(content={"by": "Fundamental Other"})
    erase(person.email, "--yes")
    programme.refresh_from_db()
    assert programme.erased_at is None


def test_their_address_can_register_again_and_is_somebody_else():
    person = asked_and_watched()
    email = person.email
    erase(email, "--yes")
    again = Person.objects.make(email, "Somebody new")
    assert again.pk != person.pk
    with pytest.raises(CommandError, match="Nobody signs in"):
        erase("nobody@example.org", "--yes")


def test_whoever_still_acts_is_not_erased_and_told_why():
    proposal = made.complete_proposal()
    lead, manager = proposal.started_by, cast.person("manager", at=PUBLISHED)
    assert "They are named on a proposal in SF1, which goes on." in erase(lead.email)
    with pytest.raises(CommandError, match="They hold the role of manager"):
        erase(manager.email, "--yes")
    with pytest.raises(CommandError, match="named on a proposal in SF1"):
        erase(lead.email, "--yes")
    assert everywhere(lead.email)


def test_when_the_round_is_over_they_can_be_and_the_submitted_proposal_stays_as_it_was():
    proposal = made.complete_proposal()
    made.submit(proposal)
    lead, version = proposal.started_by, proposal.versions.get()
    before = version.manifest
    Tender.objects.update(status=Tender.Status.CANCELLED, cancelled_at=LATER)
    erase(lead.email, "--yes")
    version.refresh_from_db()
    assert version.manifest == before
    assert everywhere(lead.email) == set()
