"""The whole invitation as a PDF: tagged, current, everything in it text, and nothing of who asked."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client

from odifund.core import clock
from odifund.core.printing import as_pdf
from tenders.actions import criterion as criteria
from tenders.actions import owed as deliverables
from tenders.actions import section as sections
from tenders.actions import tender as tenders
from tenders.queries.itt import itt
from tests import cast
from tests.factories.delivery import finished_tender
from tests.factories.tender import PROPOSALS_CLOSE, PUBLISHED, draft_tender, published_tender
from tests.printed import words
from tests.tenders.test_feeds import announce, answered
from tests.tenders.test_tender_page import MONDAY

pytestmark = pytest.mark.django_db
ADDRESS = "/tenders/SF1/itt.pdf"
SIGNS = (
    "#set page(fill: red) $x^2$ *b* _i_ `c` @x <l> [y] // z /* w */ \\n #{panic()} <script>alert(1)</script>"
)


def read(client=None, at=MONDAY):
    with clock.held_at(at):
        answer = (client or Client()).get(ADDRESS)
    return answer, b"".join(answer.streaming_content) if answer.streaming else b""


def as_said(at=MONDAY):
    return words(read(at=at)[1])


def signs(text):
    """Without spaces: where a line broke there may be one more."""
    return "".join(text.split())


def test_it_is_tagged_names_its_language_and_says_its_title():
    published_tender()
    answer, pdf = read()
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'inline; filename="SF1-invitation-to-tender.pdf"'
    assert int(answer["Content-Length"]) == len(pdf) < 200_000
    assert re.search(rb"/MarkInfo\s*<<\s*/Marked true", pdf)
    assert b"/StructTreeRoot" in pdf
    assert b"/Lang(en-GB)" in pdf
    assert b"/DisplayDocTitle true" in pdf
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    assert b"SF1, Stimulus fund for service redesign" in pdf
    for tag in (b"/H1", b"/H2", b"/TH", b"/TD", b"/LI", b"/Link"):
        assert re.search(rb"/S\s*" + tag + rb"\b", pdf), tag


def test_it_says_everything_the_page_says_and_what_stands_behind_its_links():
    tender = published_tender()
    announce(tender, title="The workshop has a hearing loop")
    answered(tender)
    said = as_said()
    for told in (
        "as it stood at 11:02am on Monday 18 September 2017",
        "Proposals close at 5pm on Friday 22 September 2017",
        "London time (BST), by the portal’s clock. On the stroke of 5pm is too late.",
        "£160,000 in all, for 3 to 5 contracts. The highest price of one proposal is £53,333",
        "Friday 1 September 2017, 5pm Last moment for questions Anyone",
        "At least two organisations in each consortium",
        "Need and users Who is affected, how you know, and what would change for them 25",
        "Total 100",
        "5 Excellent Convincing throughout, and others could copy it.",
        "Awards go down the ranking while the pot lasts, passing over what does not fit, up to 5 awards.",
        "Up to 750 words. Judged under “Need and users”.",
        "Halfway review",
        "[the lead organisation] (“the lead”)",
        "50% of the price: when everything in section 4 is accepted",
        "May a parish? Yes. Question 1, answered on 20 August 2017",
        "The workshop has a hearing loop 10am on Sunday 20 August 2017",
        "020 7946 0142, Monday to Friday, 9am to 5:30pm",
        "http://127.0.0.1:8000/tenders/SF1/",
    ):
        assert told in said, told


def test_signs_that_mean_something_elsewhere_mean_nothing_in_it():
    who = {"by": cast.person("manager", at=PUBLISHED), "at": PUBLISHED}
    cast.person("approver", at=PUBLISHED)
    tender = draft_tender()
    about = {"title": f"T {SIGNS}"[:160], "summary": f"S {SIGNS}", "purpose": f"P {SIGNS}"}
    tenders.edit(tender, "about", about, **who)
    tenders.edit(tender, "who", {"who_may_bid": f"W {SIGNS}"}, **who)
    tenders.edit(tender, "money", {"money_note": f"M {SIGNS}"}, **who)
    criteria.edit(
        tender.criteria.first(),
        criteria.Judged(f"C {SIGNS}"[:100], 25, f"G {SIGNS}"),
        **who,
    )
    sections.edit(tender.sections.first(), sections.Asked("Q", f"H {SIGNS}", word_limit=9), **who)
    owed = tender.owed.get(kind="blog")
    deliverables.edit(owed, title=f"D {SIGNS}"[:160], guidance=f"I {SIGNS}", due_at=owed.due_at, **who)
    tenders.propose_publishing(tender, **who)
    tenders.publish(tender, by=cast.person("approver", at=PUBLISHED), at=PUBLISHED)
    announce(tender, title=f"N {SIGNS}"[:160], text=f"O {SIGNS}")
    said = signs(as_said())
    for where in "SPWMGHIO":
        assert signs(f"{where} {SIGNS}") in said, where
    for where, length in (("T", 160), ("C", 100), ("D", 160), ("N", 160)):
        assert signs(f"{where} {SIGNS}"[:length]) in said, where


def test_the_contract_keeps_the_signs_of_titles_too():
    tender = draft_tender()
    who = {"by": cast.person("manager", at=PUBLISHED), "at": PUBLISHED}
    owed = tender.owed.get(kind="blog")
    deliverables.edit(owed, title="A *blog* [x](http://x.example.org)", due_at=owed.due_at, **who)
    tender.refresh_from_db()
    said = words(as_pdf("itt.typ", itt(tender, MONDAY), MONDAY))
    assert said.count("A *blog* [x](http://x.example.org)") == 3  # timetable, what is owed, contract


def test_a_word_that_fits_no_line_and_a_sign_no_font_has_are_no_hindrance():
    long = "verylongword" * 30
    published_tender(summary=long[:300], money_note=f"{long} and 中文 and 😀")
    answer, pdf = read()
    assert answer.status_code == 200
    assert long[:300] in signs(words(pdf))
    assert b"/StructTreeRoot" in pdf


def test_the_same_moment_gives_the_same_bytes_and_another_says_its_own():
    published_tender()
    assert read()[1] == read()[1]
    assert "as it stood at 11:03am" in as_said(MONDAY + timedelta(minutes=1))


def test_what_it_calls_open_is_open():
    published_tender()
    assert "Proposals close at 5pm" in as_said(PROPOSALS_CLOSE - timedelta(microseconds=1))
    assert "Proposals closed at 5pm" in as_said(PROPOSALS_CLOSE)


def test_of_a_finished_tender_it_says_who_won():
    tender = finished_tender()
    said = as_said(tender.finished_at + timedelta(days=1))
    assert "Finished" in said
    assert "Awarded" in said
    assert "Exampleshire County Council" in said


def test_a_draft_s_is_for_who_sees_its_preview_and_lacks_what_is_not_set_yet():
    draft_tender()
    assert read()[0].status_code == 404
    bidder, staff = Client(), Client()
    bidder.force_login(cast.person("lead-a", at=PUBLISHED))
    assert read(bidder)[0].status_code == 404
    staff.force_login(cast.person("manager", at=PUBLISHED))
    answer, pdf = read(staff)
    assert "This is a draft." in words(pdf)
    assert answer["Cache-Control"] == "private, no-store"


def test_a_draft_that_is_hardly_begun_can_be_printed():
    tender = draft_tender()
    tender.proposals_close_at = tender.pot = tender.highest_price = None
    tender.awards_least = tender.awards_most = tender.questions_close_at = None
    tender.criteria.all().delete()
    tender.sections.all().delete()
    tender.owed.all().delete()
    tender.scale.all().delete()
    assert "not set yet" in words(as_pdf("itt.typ", itt(tender, MONDAY), MONDAY))


def test_nothing_in_it_tells_who_asked():
    tender = published_tender()
    asked = answered(tender)
    said, data = as_said(), json.dumps(itt(tender, MONDAY))
    for secret in ("Zanzibarnacle", asked.asked_by.name, asked.asked_by.email):
        assert secret not in said
        assert secret not in data


def test_the_page_leads_to_it(client):
    published_tender()
    with clock.held_at(MONDAY):
        page = client.get("/tenders/SF1/").content.decode()
    assert page.count(f'href="{ADDRESS}"') == 2
    assert "Print or keep it (PDF)" in page
