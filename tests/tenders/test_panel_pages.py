"""The panel's pages: what each person finds, and what nobody finds before its time."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape, strip_tags

from odifund.core import people
from tenders.actions import eligibility
from tenders.models import Declaration, Score
from tests import cast
from tests.factories.panel import (
    EVALUATORS,
    SCORED,
    agree,
    check_eligibility,
    decided_tender,
    declare,
    moderated_tender,
    name_panel,
    panelled_tender,
    proposals_of,
    score_all,
    scored_tender,
)
from tests.factories.pile import OPENED, opened_pile
from tests.factories.visit import text_of, visiting

pytestmark = pytest.mark.django_db
AGENCY = "Pattern & Post"
SECRET = "This is what Tomasz alone thinks of it."


def url(name, *args):
    return reverse(f"tenders:{name}", args=args)


def pages_of(tender, proposal):
    """Every page between opening and decision."""
    ref, key = tender.reference, proposal.pk
    yield from (url(name, ref) for name in ("pile", "my_scores", "moderation", "panel", "eligibility"))
    yield from (url(name, ref) for name in ("ranking", "decision", "approve_decision", "declare"))
    yield from (url(name, ref, key) for name in ("opened_proposal", "lock_scores", "start_moderation"))
    yield from (url(name, ref, key) for name in ("agree_scores", "record_eligibility"))
    yield from (url("score", ref, key, c.code) for c in tender.criteria.all())
    yield from (url("moderate", ref, key, c.code) for c in tender.criteria.all())


def test_a_score_is_on_nobody_elses_page_before_all_are_locked():
    tender = panelled_tender(opened_pile(2))
    proposal = proposals_of(tender)[0]
    for key in EVALUATORS:
        score_all(proposal, key, lock=key != "evaluator-3")
    Score.objects.filter(evaluator=cast.person("evaluator-1", at=OPENED), status="draft").update(
        reason=SECRET
    )
    score_all(proposals_of(tender)[1], "evaluator-1", lock=False)
    Score.objects.filter(proposal=proposals_of(tender)[1]).update(reason=SECRET, note=SECRET)
    people = ["evaluator-2", "evaluator-3", "moderator", "manager", "approver", "observer"]
    for player in [*people, "administrator", "finance", "lead-a", None]:
        with visiting(player, at=OPENED) as client:
            for address in pages_of(tender, proposals_of(tender)[1]):
                assert SECRET not in text_of(client.get(address)), (player, address)
    with visiting("evaluator-1", at=OPENED) as client:
        page = client.get(url("score", tender.reference, proposals_of(tender)[1].pk, "need"))
        assert SECRET in text_of(page)


def test_rivals_newcomers_and_strangers_find_no_panel_page():
    tender = panelled_tender(opened_pile(1))
    for player in ("lead-a", "newcomer", "finance", "administrator", None):
        with visiting(player, at=OPENED) as client:
            for address in pages_of(tender, proposals_of(tender)[0]):
                assert client.get(address).status_code in (302, 404), (player, address)


def test_an_evaluator_does_not_find_the_ranking_or_the_decision():
    tender = panelled_tender(opened_pile(1))
    with visiting("evaluator-1", at=OPENED) as client:
        for name in ("ranking", "decision", "approve_decision", "moderation", "eligibility"):
            assert client.get(url(name, tender.reference)).status_code == 403


def test_before_declaring_there_is_no_proposal_and_after_a_conflict_the_page_is_gone():
    tender = name_panel(opened_pile(1))
    proposal = proposals_of(tender)[0]
    ref, key = tender.reference, proposal.pk
    doors = [url("score", ref, key, "need"), url("opened_proposal", ref, key), url("lock_scores", ref, key)]
    with visiting("evaluator-1", at=OPENED) as client:
        page = text_of(client.get(url("pile", ref)))
        assert "Declare your interests first" in page
        assert proposal.title not in page
        assert [client.get(door).status_code for door in doors] == [404, 404, 404]
        declare(tender, "evaluator-1")
        assert [client.get(door).status_code for door in doors] == [200, 200, 200]
        declare(tender, "evaluator-1", AGENCY)
        assert [client.get(door).status_code for door in doors] == [404, 404, 404]
        assert proposal.title not in text_of(client.get(url("pile", ref)))
        assert proposal.title not in text_of(client.get(url("my_scores", ref)))


def test_declaring_on_the_page_needs_words_for_an_interest_and_a_word_on_all_others():
    tender = name_panel(opened_pile(1))
    address = url("declare", tender.reference)
    with visiting("evaluator-1", at=OPENED) as client:
        key = next(row.key for row in client.get(address).context["form"].rows if row.name == AGENCY)
        ticked = {"interests": [str(key)], "others": "on"}
        silent = client.post(address, {"interests": [str(key)], f"words-{key}": "I worked there."})
        assert "Say that you have no interest in the organisations you have not ticked" in text_of(silent)
        assert "I worked there." in text_of(silent)
        assert f'value="{key}" checked' in text_of(silent)
        assert f"Say what your interest in {escape(AGENCY)} is" in text_of(client.post(address, ticked))
        unticked = client.post(address, {"others": "on", f"words-{key}": "I worked there."})
        assert f"Tick {escape(AGENCY)} too" in text_of(unticked)
        assert client.post(address, {"others": "on"}).status_code == 302
        assert not Declaration.objects.filter(conflict=True).exists()


def test_an_interest_stands_whatever_is_sent_later_and_another_can_be_added():
    tender = name_panel(opened_pile(2))
    declare(tender, "evaluator-1", AGENCY)
    address = url("declare", tender.reference)
    with visiting("evaluator-1", at=OPENED) as client:
        page = client.get(address)
        assert "You declared an interest: I worked there until last year." in text_of(page)
        key = next(row.key for row in page.context["form"].rows if row.name == "Studio 1")
        sent = {"interests": [str(key)], f"words-{key}": "My sister works there.", "others": "on"}
        assert client.post(address, sent).status_code == 302
    texts = Declaration.objects.filter(conflict=True).values_list("organisation__name", "text")
    assert set(texts) == {(AGENCY, "I worked there until last year."), ("Studio 1", "My sister works there.")}


def test_a_score_is_saved_without_its_reason_and_locked_when_whole():
    tender = panelled_tender(opened_pile(1))
    proposal = proposals_of(tender)[0]
    ref, key = tender.reference, proposal.pk
    with visiting("evaluator-1", at=OPENED) as client:
        saved = client.post(url("score", ref, key, "need"), {"score": "4", "reason": "", "next": "yes"})
        assert saved.url == url("score", ref, key, "open-data")
        assert "4, no reason" in text_of(client.get(saved.url))
        refused = client.post(url("lock_scores", ref, key))
        assert "Give the reason for your score of “Need and users”" in text_of(refused)
        for criterion in tender.criteria.all():
            said = {"score": "3", "reason": "<script>alert(1)</script>", "note": "Ask.", "next": "yes"}
            last = client.post(url("score", ref, key, criterion.code), said)
        assert last.url == url("lock_scores", ref, key)
        page = text_of(client.get(last.url))
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page
        assert client.post(last.url).status_code == 302
        assert Score.objects.filter(status="locked").count() == 5
        again = client.post(url("score", ref, key, "need"), {"score": "5", "reason": "Better."})
        assert again.status_code == 409


@pytest.mark.parametrize("score", ["6", "-1", "1e9", "3.5", "good"])
def test_a_score_off_the_scale_is_refused_and_the_words_are_kept(score):
    tender = panelled_tender(opened_pile(1))
    with visiting("evaluator-1", at=OPENED) as client:
        address = url("score", tender.reference, proposals_of(tender)[0].pk, "need")
        page = text_of(client.post(address, {"score": score, "reason": "Kept words."}))
        assert "Choose a score from 0 to 5" in page
        assert "Kept words." in page
    assert not Score.objects.exists()


def test_a_criterion_of_no_tender_or_another_is_not_found():
    tender = panelled_tender(opened_pile(1))
    with visiting("evaluator-1", at=OPENED) as client:
        key = proposals_of(tender)[0].pk
        assert client.get(url("score", tender.reference, key, "beauty")).status_code == 404
        other = proposals_of(opened_pile(1, reference="SF2"))[0]
        assert client.get(url("score", tender.reference, other.pk, "need")).status_code == 404


def test_the_moderators_desk_shows_all_scores_and_records_the_agreed_one():
    tender = scored_tender(opened_pile(1))
    proposal = proposals_of(tender)[0]
    ref, key = tender.reference, proposal.pk
    with visiting("moderator", at=OPENED) as client:
        started = client.post(url("start_moderation", ref, key))
        page = text_of(client.get(started.url))
        for name in ("Tomasz Reid", "Yewande Clarke", "Haruto Bell"):
            assert name in page
        for criterion in tender.criteria.all():
            said = {"score": "4", "reason": "Agreed.", "note": "", "next": "yes"}
            last = client.post(url("moderate", ref, key, criterion.code), said)
        assert last.url == url("agree_scores", ref, key)
        assert "80.0" in text_of(client.get(last.url))
        assert client.post(last.url).status_code == 302
    with visiting("manager", at=OPENED) as client:
        page = text_of(client.get(url("moderate", ref, key, "need")))
        assert "Agreed." in page
        assert "Ask at moderation." not in page
        assert (
            client.post(url("moderate", ref, key, "need"), {"score": "1", "reason": "x"}).status_code == 403
        )
    with visiting("observer", at=OPENED) as client:
        assert "Ask at moderation." in text_of(client.get(url("moderate", ref, key, "need")))


def test_moderation_that_cannot_start_says_whom_it_waits_for():
    tender = panelled_tender(opened_pile(1))
    with visiting("moderator", at=OPENED) as client:
        address = url("start_moderation", tender.reference, proposals_of(tender)[0].pk)
        assert "Haruto Bell has not locked their scores." in text_of(client.get(address))
        assert client.post(address).status_code == 302
        assert not tender.proposals.filter(moderation__isnull=False).exists()


def test_the_list_of_moderation_says_whom_each_proposal_waits_for():
    tender = panelled_tender(opened_pile(2))
    first, second = proposals_of(tender)
    for key in EVALUATORS[:2]:
        score_all(first, key)
    score_all(second, EVALUATORS[2], lock=False)
    with visiting("moderator", at=SCORED) as client:
        html = text_of(client.get("/panel/SF1/moderation/"))
    page = " ".join(strip_tags(html).split())
    assert "/eligibility/" not in html, "who moderates has no link that refuses them"
    third = cast.person(EVALUATORS[2], at=SCORED).name
    assert f"2 locked It waits for {third} to lock their scores" in page
    assert "0 locked It waits for" in page
    assert "the scores then stand side by side" in page.lower()
    assert "Start" not in page.partition("Next")[2].partition("Stimulus fund")[0]


def test_the_list_of_moderation_leaves_no_proposal_without_its_next_step():
    tender = panelled_tender(opened_pile(2))
    first, second = proposals_of(tender)
    for key in EVALUATORS:
        score_all(first, key)
    by = cast.person("manager", at=SCORED)
    eligibility.record(second, eligible=False, reason="No public body is in it.", by=by, at=SCORED)
    pages = {}
    for player in ("manager", "moderator"):
        with visiting(player, at=SCORED) as client:
            html = text_of(client.get("/panel/SF1/moderation/"))
        pages[player] = " ".join(strip_tags(html).split())
    assert "Ready The moderator starts it" in pages["manager"]
    assert f"Start: {first.title}" in pages["moderator"]
    assert all("Not eligible Nobody scores it" in page for page in pages.values())


@pytest.mark.parametrize("player", ["manager", "approver", "observer", "moderator"])
def test_whoever_sees_what_is_not_ranked_can_go_where_it_leads(player):
    tender = panelled_tender(opened_pile(3))
    _, second, third = proposals_of(tender)
    by = cast.person("manager", at=SCORED)
    eligibility.record(second, eligible=False, reason="No public body is in it.", by=by, at=SCORED)
    third.eligibility.delete()
    with visiting(player, at=SCORED) as client:
        page = text_of(client.get("/staff/tenders/SF1/ranking/")).partition('id="not-ranked"')[2]
        links = re.findall(r'href="([^"]+)"', page.partition("</section>")[0])
        assert [client.get(link).status_code for link in links] == [200] * len(links)
    decided = [url("record_eligibility", "SF1", key.pk) for key in (third, second)]
    assert [link for link in links if "eligibility" in link] == (decided if player == "manager" else [])
    assert url("moderation", "SF1") in links
    assert page.count("not eligible") == 1 if player != "manager" else 2


def test_before_eligibility_is_recorded_the_list_says_who_is_awaited():
    tender = name_panel(opened_pile(1))
    declare(tender, "moderator")
    with visiting("moderator", at=OPENED) as client:
        page = text_of(client.get("/panel/SF1/moderation/"))
    assert "A manager records whether it is eligible" in page


def test_a_manager_names_the_panel_and_checks_eligibility_on_pages():
    tender = opened_pile(1)
    for key in ("evaluator-1", "moderator"):
        cast.person(key, at=OPENED)
    proposal = proposals_of(tender)[0]
    with visiting("manager", at=OPENED) as client:
        person = cast.person("evaluator-1", at=OPENED)
        named = client.post(url("panel", tender.reference), {"person": person.pk, "part": "evaluator"})
        assert named.status_code == 302
        wrong = client.post(url("panel", tender.reference), {"person": person.pk, "part": "moderator"})
        assert "does not hold the role of moderator" in text_of(wrong)
        seat = tender.panel.get()
        assert client.post(url("end_panellist", tender.reference, seat.pk)).status_code == 302
        assert not tender.panel.filter(ended_at=None).exists()
        address = url("record_eligibility", tender.reference, proposal.pk)
        assert "A UK public sector organisation" in text_of(client.get(address))
        assert "Say why" in text_of(client.post(address, {"eligible": "no", "reason": ""}))
        assert client.post(address, {"eligible": "yes", "reason": ""}).status_code == 302
        assert proposal.eligibility.eligible
    with visiting("approver", at=OPENED) as client:
        assert client.post(url("panel", tender.reference), {"person": person.pk}).status_code == 403
        assert client.get(url("record_eligibility", tender.reference, proposal.pk)).status_code == 403


def test_reading_an_opened_proposal_is_logged():
    tender = panelled_tender(opened_pile(1))
    proposal = proposals_of(tender)[0]
    version = proposal.versions.get()
    with visiting("evaluator-1", at=OPENED) as client:
        client.get(url("opened_proposal", tender.reference, proposal.pk))
        client.get(url("score", tender.reference, proposal.pk, "need"))
    assert list(version.readings.values_list("what", flat=True)) == ["the proposal", "Need and users"]


def queries_of(client, address):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        page = client.get(address)
    assert page.status_code == 200, address
    return len(captured), len(page.content)


LISTS = (
    ("evaluator-1", "pile"),
    ("evaluator-1", "my_scores"),
    ("manager", "panel"),
    ("manager", "eligibility"),
    ("moderator", "moderation"),
    ("manager", "ranking"),
    ("manager", "decision"),
)


def test_no_list_asks_more_of_the_database_for_forty_proposals_than_for_two():
    few, many = opened_pile(2), opened_pile(40, reference="SF40")
    for tender in (few, many):
        name_panel(tender)
        for key in (*EVALUATORS, "moderator"):
            declare(tender, key)
        check_eligibility(tender)
        score_all(proposals_of(tender)[0], "evaluator-1")
    for player, name in LISTS:
        with visiting(player, at=OPENED) as client:
            client.get(url(name, few.reference))
            small, _ = queries_of(client, url(name, few.reference))
            large, size = queries_of(client, url(name, many.reference))
        print(f"{name}: {large} queries, {size} bytes")
        assert large <= small, name
        assert large <= 14, name
    with visiting("evaluator-1", at=OPENED) as client:
        proposal = proposals_of(many)[3]
        address = url("score", many.reference, proposal.pk, "open-data")
        client.get(address)
        count, size = queries_of(client, address)
    print(f"desk: {count} queries, {size} bytes")
    assert count <= 12
    assert size <= 60_000


def test_an_agreed_ranking_asks_no_more_with_more_rows():
    few, many = moderated_tender(opened_pile(2)), moderated_tender(opened_pile(5, reference="SF5"))
    with visiting("manager", at=OPENED) as client:
        for name in ("ranking", "decision"):
            client.get(url(name, few.reference))
            assert (
                queries_of(client, url(name, many.reference))[0]
                <= queries_of(client, url(name, few.reference))[0]
            )


def test_what_is_decided_offers_no_more_work():
    tender = decided_tender(opened_pile(1))
    with visiting("manager", at=OPENED) as client:
        assert "Put on the panel" not in text_of(client.get(url("panel", tender.reference)))
        assert "Propose these awards" not in text_of(client.get(url("decision", tender.reference)))


def test_a_panel_can_be_told_apart_by_its_own_tender():
    tender = scored_tender(opened_pile(1))
    other = opened_pile(1, reference="SF2")
    agree(proposals_of(tender)[0], [3] * 5)
    with visiting("evaluator-1", at=OPENED) as client:
        assert client.get(url("pile", other.reference)).status_code == 404


def test_an_interest_declared_after_scoring_is_named_on_the_ranking():
    tender = moderated_tender(opened_pile(1))
    declare(tender, "evaluator-2", AGENCY)
    with visiting("manager", at=OPENED) as client:
        page = text_of(client.get(url("ranking", tender.reference)))
    assert "Yewande Clarke declared an interest in “Repairs people can see” after scoring it." in page


def test_the_factory_reaches_a_decision_from_the_very_beginning():
    tender = decided_tender()
    assert tender.decision.awards.count() == 2
    assert all(award.proposal.versions.get().opening_check.matches for award in tender.decision.awards.all())


def test_the_whole_panel_sees_the_scores_once_moderation_has_started():
    tender = scored_tender(opened_pile(1))
    proposal = proposals_of(tender)[0]
    own = url("score", tender.reference, proposal.pk, "need")
    shared = url("moderate", tender.reference, proposal.pk, "need")
    with visiting("evaluator-1", at=OPENED) as client:
        assert client.get(shared).status_code == 404
        assert shared not in text_of(client.get(own))
        agree(proposal, [4] * 5)
        assert shared in text_of(client.get(own))
        assert "Haruto Bell" in text_of(client.get(shared))
        assert client.post(shared, {"score": "1", "reason": "x"}).status_code == 403
        assert client.get(url("agree_scores", tender.reference, proposal.pk)).status_code == 403
        declare(tender, "evaluator-1", AGENCY)
        assert client.get(shared).status_code == 404


def test_who_loses_the_role_loses_the_panel_at_once():
    tender = panelled_tender(opened_pile(1))
    proposal = proposals_of(tender)[0]
    tomasz = cast.person("evaluator-1", at=OPENED)
    pages = (url("pile", tender.reference), url("opened_proposal", tender.reference, proposal.pk))
    with visiting("evaluator-1", at=OPENED) as client:
        assert {client.get(address).status_code for address in pages} == {200}
        people.end_role(tomasz, "evaluator", by=cast.person("administrator", at=OPENED), at=OPENED)
        assert {client.get(address).status_code for address in pages} == {404}
        assert "Score " not in text_of(client.get("/home/"))


def test_no_page_of_the_panel_leads_its_moderator_to_a_refusal():
    tender = panelled_tender(opened_pile(1))
    address = url("eligibility", tender.reference)
    with visiting("moderator", at=OPENED) as client:
        assert client.get(address).status_code == 403
        for name in ("moderation", "ranking"):
            assert address not in text_of(client.get(url(name, tender.reference)))
    with visiting("manager", at=OPENED) as client:
        assert address in text_of(client.get(url("ranking", tender.reference)))
