"""The navigation shows where a page lies."""

import re
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string

from odifund.core.models import Person


@pytest.mark.parametrize(
    ("path", "section", "live"),
    [
        ("/tenders/SF1/questions/", "", "Tenders"),
        ("/patterns/", "", "Patterns"),
        ("/reports/", "", "Patterns"),
        ("/proposals/one/costs/", "", "Home"),
        ("/proposals/one/costs/", "Tenders", "Tenders"),
        ("/sign-in/code/", "", "Sign in"),
        ("/", "", None),
    ],
)
def test_the_navigation_shows_where_a_page_lies(rf, path, section, live):
    request = rf.get(path)
    request.at, request.number = datetime(2017, 9, 18, tzinfo=UTC), "3fa9c01d"
    request.user = AnonymousUser()
    if live == "Home":
        request.user = Person(name="Priya Nair")
    page = render_to_string("404.html", {"section": section}, request)
    found = re.findall(r"active-fallback\">([^<]+)<", page)
    assert found == ([live] if live else [])
