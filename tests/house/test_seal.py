"""The seal: nothing of a proposal to anybody but its named people before the opening, at any door.

Words are planted in every proposal's title, texts, costs, files and names. test_access_matrix.py asks every
address as everybody who is not named, and searches what comes back: pages, JSON and files alike. Here are
the doors beside those addresses: what lists may be asked, the rival's proposal, and the mails.
"""

import re
from urllib.parse import quote

import pytest

from odifund.core.models import OutboxMessage
from tenders.models import Proposal
from tests.house import subjects, world
from tests.house.addresses import all_addresses
from tests.house.asking import ask, clients
from tests.house.sealed import BEFORE_THE_OPENING, NAMED, leaks, secrets_of


@pytest.mark.parametrize("stage", BEFORE_THE_OPENING)
def test_no_door_tells_anything_of_a_proposal(db, stage):
    built = world.build(stage)
    assert Proposal.objects.count() == 2
    browsers = clients(built)
    found = []
    with world.at_its_moment(built):
        for person in sorted(set(world.PEOPLE) - NAMED):
            secrets = secrets_of(person, stage)
            for path in [*of_the_rival(built), *of_lists(built)]:
                told = ask(browsers[person], path, "get").told
                if "?person=" in path:  # the filter shows what was typed into it
                    typed = path.partition("=")[2]
                    told = told.replace(typed, "").replace(quote(typed), "")
                found += leaks(person, path, told, secrets)
    assert found == []


def of_lists(built):
    """Lists, with what they may be asked."""
    people = [built.people[key].email for key in ("lead-a", "partner-a", "lead-b")]
    of_tender = f"/staff/trail/?tender={built.tender.reference}"
    return [of_tender, "/staff/outbox/?state=waiting", *(f"/staff/trail/?person={each}" for each in people)]


def of_the_rival(built):
    """Every address about the proposal, about the other one."""
    theirs, ours = Proposal.objects.order_by("title")  # Quokkas before Zymurgy
    return [path.replace(str(ours.pk), str(theirs.pk)) for path in paths(built) if str(ours.pk) in path]


def paths(built):
    """Every address that is there."""
    found = [address.of(built) for address in all_addresses()]
    return [path for path in found if str(subjects.NOBODY) not in path and subjects.NOT_YET not in path]


@pytest.mark.parametrize("stage", BEFORE_THE_OPENING)
def test_named_people_do_read_their_own(db, stage):
    """The search can find something: else no test of the seal could fail."""
    built = world.build(stage)
    browsers = clients(built)
    with world.at_its_moment(built):
        read = "".join(ask(browsers["lead-a"], path, "get").told for path in paths(built))
    assert world.MARK in read
    assert world.RIVALS_MARK not in read
    assert "Sampleton" not in read


@pytest.mark.parametrize("stage", BEFORE_THE_OPENING)
def test_no_mail_tells_anybody_else_of_a_proposal(db, stage):
    world.build(stage)
    named = {
        world.MARK: {
            "priya.nair@exampleshire.example.org",
            "ines.okafor@pattern-post.example.org",
            "ivo@lanes.example.org",
        },
        world.RIVALS_MARK: {"callum.frost@sampleton.example.org", "ines.okafor@pattern-post.example.org"},
    }
    told = 0
    for letter in OutboxMessage.objects.exclude(kind__contains="question"):
        for word, people in named.items():
            if re.search(word, letter.subject + letter.body):
                told += 1
                assert letter.address in people, f"{letter.kind} tells {letter.address} {word}"
                assert letter.sealed, f"{letter.kind} about a proposal is not sealed in the outbox"
    assert told or stage == "published"


def test_a_question_is_read_by_staff_without_its_asker_in_public(db):
    built = world.build("published")
    page = ask(clients(built)["anonymous"], f"/tenders/{built.tender.reference}/questions/", "get").told
    assert "May a parish council lead?" in page
    assert "Penhallow" not in page


def test_asking_undoes_what_it_asked(db):
    """The crawl leaves the world as it was, or one address could hide another's leak."""
    built = world.build("published")
    before = Proposal.objects.get(title__startswith=world.MARK).changed_at
    ask(clients(built)["lead-a"], f"/proposals/{Proposal.objects.first().pk}/", "post")
    assert Proposal.objects.get(title__startswith=world.MARK).changed_at == before
