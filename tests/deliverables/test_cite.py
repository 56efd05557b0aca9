"""Patterns, blogs and reports say how to cite them: in words, for reference managers, as linked data."""

import json
import re

import pytest
from django.conf import settings
from django.urls import reverse

from deliverables.models import BlogPost, Pattern
from odifund.core.wording import in_one_breath
from tests.factories import delivery as stage

pytestmark = pytest.mark.django_db
AUTHORS = "Department for Levelling Up, Housing and Communities\nPattern & Post\n\n"
SHOWN = "Department for Levelling Up, Housing and Communities and Pattern &amp; Post"


@pytest.fixture
def signed(db):
    return stage.contract_of(stage.tender_in_delivery())


def page_at(client, address):
    return client.get(address).content.decode()


def linked_data(page):
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return json.loads(data)


def named(page, name):
    return re.findall(f'<meta name="{name}" content="(.*?)">', page)


def test_a_pattern_is_cited_with_its_makers_day_and_address(signed, client):
    stage.accepted(signed, "pattern")
    Pattern.objects.update(authors=AUTHORS)
    found = Pattern.objects.first()
    page, address = page_at(client, found.get_absolute_url()), settings.PORTAL_URL + found.get_absolute_url()
    assert f"{SHOWN} (20 February 2018), “{found.title}”, Open Data Institute, {address}" in page
    assert named(page, "citation_author") == [
        "Department for Levelling Up, Housing and Communities",
        "Pattern &amp; Post",
    ]
    assert named(page, "citation_publication_date") == ["2018/02/20"]
    assert linked_data(page) == {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "name": found.title,
        "abstract": found.summary,
        "author": [
            {"name": "Department for Levelling Up, Housing and Communities"},
            {"name": "Pattern & Post"},
        ],
        "datePublished": "2018-02-20",
        "publisher": {"@type": "Organization", "name": "Open Data Institute"},
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "url": address,
    }


def test_what_people_typed_does_not_leave_the_data(signed, client):
    stage.accepted(signed, "pattern")
    evil = "</script><script>alert(1)</script><!-- & \u2028"
    Pattern.objects.update(summary=evil)
    page = page_at(client, Pattern.objects.first().get_absolute_url())
    assert linked_data(page)["abstract"] == evil
    assert "<script>alert" not in page


def test_a_blog_is_cited(signed, client):
    stage.accepted(signed, "blog")
    post = BlogPost.objects.get()
    page = page_at(client, post.get_absolute_url())
    assert "(20 February 2018), “Where has my repair got to?”, Open Data Institute, " in page
    assert linked_data(page)["@type"] == "BlogPosting"


def test_a_report_is_cited_by_everybody_who_proposed_it_the_lead_first(signed, client):
    stage.accepted(signed, "report")
    address = reverse("deliverables:report", args=[signed.pk])
    page = page_at(client, address)
    assert "Exampleshire County Council and Pattern &amp; Post (20 February 2018), “Repairs people" in page
    data = linked_data(page)
    assert (data["@type"], data["url"]) == ("Report", settings.PORTAL_URL + address)
    assert named(page, "citation_author") == ["Exampleshire County Council", "Pattern &amp; Post"]


@pytest.mark.parametrize(
    ("names", "said"), [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")]
)
def test_names_in_one_breath(names, said):
    assert in_one_breath(names) == said
