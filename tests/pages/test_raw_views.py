"""The raw views that the benchmark measures beside the pages answer, so that it does not stop half-way."""

import hashlib

import pytest
from django.test import Client, RequestFactory

from odifund.core.models import OutboxMessage
from tests.benchmarks.bench import RAW
from tests.benchmarks.settings import MIDDLEWARE
from tests.benchmarks.urls import Bare


@pytest.mark.django_db
@pytest.mark.parametrize("path", [*RAW, "/raw/sign-in/"])
def test_each_answers(settings, path):
    settings.ROOT_URLCONF = "tests.benchmarks.urls"
    assert Client().get(path).status_code == 200


@pytest.mark.django_db
def test_each_that_writes_writes_one_row_that_no_worker_sends(settings, tmp_path):
    settings.ROOT_URLCONF, settings.MEDIA_ROOT = "tests.benchmarks.urls", tmp_path
    browser = Client(enforce_csrf_checks=True)
    browser.get("/raw/insert/")
    browser.post("/raw/upload/", b"x" * 6_000_000, content_type="application/octet-stream")
    browser.get("/raw/submit/")
    rows = OutboxMessage.objects.order_by("queued_at")
    assert {row.state for row in rows} == {"sent"}
    assert [row.body for row in rows][1] == hashlib.sha256(b"x" * 6_000_000).hexdigest()
    assert len(rows) == 3


def test_the_bare_view_is_answered_before_the_portals_middleware():
    assert MIDDLEWARE[0] == "tests.benchmarks.urls.Bare"
    request = RequestFactory().get("/raw/bare/")
    assert Bare(None)(request).content == b"ok"
    other = RequestFactory().get("/raw/nothing/")
    assert Bare(lambda asked: asked)(other) is other
