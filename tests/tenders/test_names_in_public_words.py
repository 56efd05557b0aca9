"""Names of whoever asked, in what everybody will read: said before it goes out, and never in the way."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from odifund.core import clock
from tenders.actions import question
from tenders.models import Cancellation, Document, Extension, Notice
from tenders.queries import giveaway
from tests import cast
from tests.factories.consortium import organisation
from tests.factories.tender import PUBLISHED, published_tender
from tests.factories.visit import confirmed, text_of, visiting

pytestmark = pytest.mark.django_db
LATER = PUBLISHED + timedelta(days=2)
DESK = "/staff/tenders/SF1"
NAMES = "names somebody who asked: Exampleshire. "


@pytest.fixture(autouse=True)
def tender():
    """Priya of Exampleshire asked; Callum of Sampleton did not."""
    made, priya = published_tender(), cast.person("lead-a", at=PUBLISHED)
    organisation("lead-a")
    organisation("lead-b")
    with clock.held_at(PUBLISHED):
        question.ask(made, text="May a school join?", by=priya, at=PUBLISHED)
    return made


def pdf(name):
    return SimpleUploadedFile(name, b"%PDF-1.4 words\n%%EOF\n")


def post(page, words, player="manager"):
    """Files are opened anew each time, as a browser sends them."""
    sent = {name: value() if callable(value) else value for name, value in words.items()}
    with visiting(player, at=LATER) as client:
        return text_of(confirmed(client, page, sent, follow=True))


def read(page, player="approver"):
    with visiting(player, at=LATER) as client:
        return text_of(client.get(page))


def notice(words):
    return "/tenders/SF1/notices/publish/", {"title": "Webinar moved", "text": words}


def heading(words):
    return "/tenders/SF1/notices/publish/", {"title": words, "text": "It is on Monday."}


def wording(words):
    with visiting("manager", at=LATER) as client:
        form = client.get(f"{DESK}/correct/").context["form"]
    return f"{DESK}/correct/", form.initial | {"summary": words, "why": "It was unclear."}


def reason_of_wording(words):
    page, said = wording("Money for public services.")
    return page, said | {"why": words}


def document(title="Annex A", name="annex a.pdf"):
    said = {"title": title, "kind": "annex", "is_accessible": "yes", "file": lambda: pdf(name)}
    return f"{DESK}/documents/add/", said


def title(words):
    return document(title=words)


def name_of_file(words):
    return document(name=f"{words}.pdf")


def name_of_version(words):
    post(*document())
    page = f"{DESK}/documents/{Document.objects.get(number=1).pk}/replace/"
    return page, {"note": "Shorter.", "is_accessible": "yes", "file": lambda: pdf(f"{words}.pdf")}


def extension(words):
    day = {"to_at_day": "25", "to_at_month": "9", "to_at_year": "2017", "to_at_time": "5pm"}
    return f"{DESK}/extend/", day | {"later": "move", "reason": words}


def cancellation(words):
    return f"{DESK}/cancel/", {"reason": words}


def written():
    kinds = (Notice, Document, Extension, Cancellation)
    return sum(kind.objects.count() for kind in kinds)


WAYS = pytest.mark.parametrize(
    "way",
    [
        notice,
        heading,
        wording,
        reason_of_wording,
        title,
        name_of_file,
        name_of_version,
        extension,
        cancellation,
    ],
)


@WAYS
@pytest.mark.parametrize("words", ["Answers for ExampleshireCC", "questions_of_exampleshire_2"])
def test_the_name_of_an_asker_is_said_and_whoever_ticks_it_goes_on(way, words):
    page, sent = way(words)
    before = written()
    told = post(page, sent)
    assert NAMES in told
    assert "These words may stay: they do not tell who asked" in told
    assert written() == before
    assert NAMES not in post(page, sent | {"may_stay": "on"})
    assert written() > before


@WAYS
def test_whoever_did_not_ask_is_not_looked_for(way):
    page, sent = way("For Sampleton and Callum Frost")
    before = written()
    assert "names somebody" not in post(page, sent)
    assert written() > before


def test_nobody_asked_means_that_nothing_is_said(tender):
    published_tender(reference="SF2")
    words = {"title": "Webinar moved", "text": "Exampleshire joins it."}
    assert "names somebody" not in post("/tenders/SF2/notices/publish/", words)
    assert Notice.objects.count() == 1


def test_a_name_that_the_page_has_already_is_not_said_again(tender):
    page, sent = wording("For councils such as Exampleshire.")
    post(page, sent | {"may_stay": "on"})
    page, sent = wording("For councils such as Exampleshire and others.")
    assert "The wording is changed" in post(page, sent)


@pytest.mark.parametrize(("way", "confirm"), [(extension, "extend"), (cancellation, "cancel")])
def test_the_second_person_reads_that_it_names_an_asker(way, confirm):
    page, sent = way("ExampleshireCC could not reach the portal.")
    post(page, sent | {"may_stay": "on"})
    assert "This names somebody who asked: Exampleshire." in read(f"{DESK}/{confirm}/")


@pytest.mark.parametrize(("way", "confirm"), [(extension, "extend"), (cancellation, "cancel")])
def test_the_second_person_of_other_words_reads_no_warning(way, confirm):
    post(*way("The portal was away."))
    page = read(f"{DESK}/{confirm}/")
    assert "The portal was away." in page
    assert "names somebody" not in page


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("ExampleshireCC", ["Exampleshire"]),
        ("the-EXAMPLESHIREans", ["Exampleshire"]),
        ("questions_priya_2.pdf", ["Priya"]),
        ("PriyaNair.docx", ["Priya"]),
        ("nair_v2.xlsx", ["Nair"]),
        ("Nairobi, debonair", []),
        ("Exampleshir", []),
    ],
)
def test_a_long_name_is_found_inside_a_word_and_a_short_one_is_not(tender, text, names):
    assert giveaway.in_tender(tender)(text) == names


def test_the_part_of_a_word_that_is_a_name_is_marked():
    assert giveaway.parts("At ExampleshireCC, Nairobi", ["Exampleshire", "Nair"]) == [
        ("At ", False),
        ("Exampleshire", True),
        ("CC, Nairobi", False),
    ]
