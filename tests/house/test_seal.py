"""The seal: nothing of a proposal to anybody but its named people before the opening, at any door.

Words are planted in every proposal's title, texts, costs, files and names. Every address is asked as
everybody who is not named; what comes back, pages, JSON and files alike, is searched. So are the mails.
"""

import re
from urllib.parse import quote

import pytest

from odifund.core.models import OutboxMessage
from tenders.models import Proposal, Version
from tests.factories.proposal import TEXT
from tests.house import subjects, world
from tests.house.addresses import all_addresses
from tests.house.asking import ask, clients

BEFORE_THE_OPENING = ("published", "submitted", "closed")
OURS = {"Priya Nair", "priya.nair@", "Exampleshire"}
THEIRS = {"Callum Frost", "callum.frost@", "Sampleton"}
SHARED = {"Ines Okafor", "ines.okafor@", "Pattern &amp; Post", "Pattern & Post"}


def planted():
    """Words and numbers that only named people may read."""
    words = {world.MARK, world.RIVALS_MARK, TEXT[:40], "letters of support", "45370.50", "45,370.50"}
    for version in Version.objects.all():
        words |= {version.receipt_number, version.fingerprint}
    return words


def secrets_of(person, stage):
    """What this person must not read. One's own organisation, colleagues and proposal are no secret."""
    words = planted()
    if stage == "closed":  # the register is public: numbers and fingerprints, nothing else
        published = Version.objects.all()
        words -= {version.receipt_number for version in published}
        words -= {version.fingerprint for version in published}
    if person == "lead-b":
        theirs = Version.objects.filter(proposal__title__startswith=world.RIVALS_MARK)
        own = {world.RIVALS_MARK, TEXT[:40], "letters of support", "45370.50", "45,370.50"}
        own |= {number for version in theirs for number in (version.receipt_number, version.fingerprint)}
        return (words - own) | OURS
    if person == "invited":
        return words - {world.MARK} | THEIRS
    if person == "colleague":
        return words | THEIRS | SHARED
    return words | OURS | THEIRS | SHARED


def text_of(answer):
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    headers = " ".join(f"{name}: {value}" for name, value in answer.items())
    return body.decode(errors="replace") + headers


@pytest.mark.parametrize("stage", BEFORE_THE_OPENING)
def test_no_door_tells_anything_of_a_proposal(db, stage):
    built = world.build(stage)
    assert Proposal.objects.count() == 2
    browsers = clients(built)
    leaks = []
    with world.at_its_moment(built):
        for person in sorted(set(world.PEOPLE) - {"lead-a", "partner-a"}):
            secrets = secrets_of(person, stage)
            for path in paths(built):
                read = text_of_answer(browsers[person], path)
                if "?person=" in path:  # the filter shows what was typed into it
                    read = read.replace(path.partition("=")[2], "").replace(quote(path.partition("=")[2]), "")
                leaks += [f"{path} tells {person} {word!r}" for word in secrets if word in read]
    assert leaks == []


def paths(built):
    """Every address, those of lists with what they may be asked, and those of the rival's proposal."""
    found = [address.of(built) for address in all_addresses()]
    found = [path for path in found if str(subjects.NOBODY) not in path and subjects.NOT_YET not in path]
    found += [f"/staff/trail/?person={built.people[key].email}" for key in ("lead-a", "partner-a", "lead-b")]
    found += [f"/staff/trail/?tender={built.tender.reference}", "/staff/outbox/?state=waiting"]
    ours, theirs = Proposal.objects.order_by("title")  # Quokkas before Zymurgy
    found += [path.replace(str(theirs.pk), str(ours.pk)) for path in found if str(theirs.pk) in path]
    return found


def text_of_answer(client, path):
    from tests.house.asking import undone

    with undone():
        answer = client.get(path)
        return text_of(answer)


@pytest.mark.parametrize("stage", BEFORE_THE_OPENING)
def test_named_people_do_read_their_own(db, stage):
    """The search can find something: else the test above could not fail."""
    built = world.build(stage)
    browsers = clients(built)
    with world.at_its_moment(built):
        read = "".join(text_of_answer(browsers["lead-a"], path) for path in paths(built))
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
    page = text_of_answer(clients(built)["anonymous"], f"/tenders/{built.tender.reference}/questions/")
    assert "May a parish council lead?" in page
    assert "Penhallow" not in page


def test_asking_undoes_what_it_asked(db):
    """The crawl leaves the world as it was, or one address could hide another's leak."""
    built = world.build("published")
    before = Proposal.objects.get(title__startswith=world.MARK).changed_at
    ask(clients(built)["lead-a"], f"/proposals/{Proposal.objects.first().pk}/", "post")
    assert Proposal.objects.get(title__startswith=world.MARK).changed_at == before
