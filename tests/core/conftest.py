"""Shared by the core's tests."""

import pytest

from tests.core import smtp


@pytest.fixture
def postbox(settings):
    with smtp.server(settings) as postbox:
        yield postbox
