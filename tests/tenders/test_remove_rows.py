"""Removing a section, a criterion or a deliverable of a draft: after a page that says what goes with it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tenders.actions import criterion as criteria
from tests import cast
from tests.factories.tender import PUBLISHED, draft_tender, published_tender
from tests.factories.visit import text_of, visiting
from tests.tenders.test_tender_page import words

pytestmark = pytest.mark.django_db
AT = PUBLISHED - timedelta(hours=12)
GOES = {
    "criterion": (
        "Remove the criterion “Need and users”?",
        "Its weight of 25 goes. What is left adds to 75.",
        "The section “Need and users” stays, and answers no one criterion any more.",
    ),
    "section": (
        "Remove the section “Need and users”?",
        "What it asks for goes: up to 750 words.",
        "Its criterion “Need and users” stays, and no other section answers it.",
    ),
    "owed": (
        "Remove the deliverable “Halfway review”?",
        "Its payment of 50% of the price goes. What is left adds to 50%.",
        "Its date goes: ",
    ),
}


def row_of(tender, noun):
    if noun == "owed":
        return tender.owed.get(kind="halfway")
    return {"criterion": tender.criteria, "section": tender.sections}[noun].first()


@pytest.mark.parametrize("noun", GOES)
def test_a_row_is_removed_after_a_page_that_says_what_goes(noun):
    tender = draft_tender()
    row = row_of(tender, noun)
    rows = type(row).objects.filter(pk=row.pk)
    edit, remove = (reverse(f"tenders:{verb}_{noun}", args=["SF1", row.pk]) for verb in ("edit", "remove"))
    with visiting("manager", at=AT) as manager:
        page = text_of(manager.get(edit))
        assert f'href="{remove}"' in page
        assert f'action="{remove}"' not in page
        asked = manager.get(remove)
        for said in GOES[noun]:
            assert said in words(asked)
        assert f'href="{edit}"' in text_of(asked)
        assert rows.exists()
        done = manager.post(remove, follow=True)
        assert f"“{row}” is removed." in words(done)
        assert not rows.exists()
        assert manager.get(remove).status_code == 404


def test_what_is_paid_nothing_and_answers_nothing_is_said_to_be_so():
    tender = draft_tender()
    by_manager = {"by": cast.person("manager", at=AT), "at": AT}
    criteria.remove(tender.criteria.first(), **by_manager)
    blog, section = tender.owed.get(kind="blog"), tender.sections.first()
    with visiting("manager", at=AT) as manager:
        page = words(manager.get(reverse("tenders:remove_owed", args=["SF1", blog.pk])))
        assert "Nothing is paid for it, so the payments stay as they are." in page
        page = words(manager.get(reverse("tenders:remove_section", args=["SF1", section.pk])))
        assert "It answers no one criterion." in page


def test_a_public_tender_has_no_page_that_asks():
    row = published_tender().criteria.first()
    with visiting("manager", at=PUBLISHED) as manager:
        asked = manager.get(reverse("tenders:remove_criterion", args=["SF1", row.pk]))
    assert asked.url == "/staff/tenders/SF1/"
