"""What a first visit weighs over the wire, and what compression may not touch."""

import gzip
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.templatetags.static import static
from django.test import RequestFactory
from whitenoise.middleware import WhiteNoiseMiddleware

from odifund.core import clock, files
from odifund.core.http import Compression
from tenders.actions import answer as answers
from tenders.actions import notice
from tenders.actions import question as questions
from tests import cast
from tests.factories.tender import PUBLISHED, published_tender
from tests.house.source import ROOT
from tests.tenders.test_tender_page import MONDAY

pytestmark = pytest.mark.django_db
HTML, FIRST_VISIT, SECOND_VISIT = 40_000, 60_000, 15_000  # bytes; the last two over the wire
QUERIES = 8
LOADED = r'<(?:link (?![^>]*rel="alternate")|script |img |source |iframe |use )[^>]*?(?:href|src)="([^"]+)"'


def sent(client, address, **headers):
    with clock.held_at(MONDAY):
        return client.get(address, headers={"accept-encoding": "gzip"} | headers)


def a_busy_tender():
    """Open, with as many answers as its page shows and as many notices, each as long as in life."""
    tender = published_tender()
    by = cast.person("manager", at=MONDAY)
    for number in range(3):
        with clock.held_at(PUBLISHED):
            asked = questions.ask(tender, text="?", by=cast.person("lead-a", at=PUBLISHED), at=PUBLISHED)
        words = {"public_text": f"May a university be member {number}? " * 3, "answer": "It may. " * 40}
        answers.answer(asked, **words, by=by, at=MONDAY)
        notice.publish(tender, title=f"Notice {number}", text="The room has changed. " * 10, by=by, at=MONDAY)


def test_a_first_visit_to_a_tender_stays_under_its_budget_with_all_it_loads(client):
    a_busy_tender()
    page = sent(client, "/tenders/SF1/")
    html = gzip.decompress(page.content).decode()
    loads = set(re.findall(r'(?:href|src|data-govuk)="/static/([^"]+)"', html))
    assert len(loads) == 4
    files = sum(len(gzip.compress((ROOT / "static" / name).read_bytes())) for name in loads)
    assert len(html.encode()) < HTML
    assert len(page.content) + files < FIRST_VISIT


def test_a_second_visit_loads_the_page_alone_and_that_is_light(client):
    a_busy_tender()
    assert len(sent(client, "/tenders/SF1/").content) < SECOND_VISIT


@pytest.mark.parametrize("name", ["odifund.css", "odifund.js", "govuk-frontend.min.js", "favicon.svg"])
def test_what_a_page_loads_is_named_by_what_is_in_it_and_kept_for_good(collected, name):
    """So a second visit does not even ask for it."""
    address = static(name)
    assert address != f"/static/{name}"
    answer = collected(RequestFactory().get(address))
    assert answer.headers["Cache-Control"] == "max-age=315360000, public, immutable"
    answer.close()


@pytest.fixture
def collected(settings, tmp_path):
    """The files as an evaluation and production serve them."""
    settings.STATIC_ROOT = tmp_path
    manifest = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": manifest}}
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = False
    assert f'else "{manifest}"' in (ROOT / "odifund" / "settings.py").read_text()
    call_command("collectstatic", verbosity=0, interactive=False)
    return WhiteNoiseMiddleware(lambda request: None)


def test_a_tender_asks_the_database_eight_times_at_most_however_much_it_shows(
    client, django_assert_max_num_queries
):
    a_busy_tender()
    with django_assert_max_num_queries(QUERIES):
        sent(client, "/tenders/SF1/")


def test_nothing_is_loaded_from_another_host(client):
    a_busy_tender()
    html = gzip.decompress(sent(client, "/tenders/SF1/").content).decode()
    loaded = re.findall(LOADED, html)
    assert len(loaded) == 4
    assert all(address.startswith("/static/") for address in loaded)
    assert "@import" not in html


def test_the_length_of_a_page_is_padded_at_random(client):
    """Else whoever can make somebody ask, and sees the length, guesses the form's key (BREACH)."""
    published_tender()
    assert len({len(sent(client, "/tenders/SF1/").content) for _ in range(8)}) > 1


def test_who_cannot_unpack_gets_the_page_as_it_is(client):
    published_tender()
    page = sent(client, "/tenders/SF1/", **{"accept-encoding": "identity"})
    assert "Content-Encoding" not in page.headers
    assert b"Stimulus fund" in page.content


def test_a_file_goes_out_as_it_was_received_and_with_its_length():
    upload = SimpleUploadedFile("words.csv", b"word " * 1000)
    stored = files.store(upload, kind="text/csv", by=cast.person("lead-a", at=MONDAY), at=MONDAY)
    asked = RequestFactory().get("/", headers={"accept-encoding": "gzip"})
    answer = Compression(lambda request: files.download(stored, to=stored.uploaded_by))(asked)
    assert "Content-Encoding" not in answer.headers
    assert answer.headers["Content-Length"] == "5000"
    assert b"".join(answer.streaming_content) == b"word " * 1000
    answer.close()
