"""The raw views that the benchmark measures beside the pages answer, so that it does not stop half-way."""

import pytest
from django.test import Client

from tests.benchmarks.bench import RAW


@pytest.mark.django_db
@pytest.mark.parametrize("path", RAW)
def test_each_answers(settings, path):
    settings.ROOT_URLCONF = "tests.benchmarks.urls"
    assert Client().get(path).status_code == 200
