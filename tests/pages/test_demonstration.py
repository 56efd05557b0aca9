"""The demonstration, played through actions into an empty database, and the words it is made of."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils.text import slugify

from consortia.models import Organisation
from deliverables.models import Attendance, Deliverable, Pattern, Payment, ReleasedData, Review
from odifund.core import audit, clock, demonstration, wording
from odifund.core.models import Link, OutboxMessage, Person, PublishedHead
from odifund.pages.cast import CAST, PLAYERS
from odifund.pages.demonstration import content
from odifund.pages.demonstration.loader import load
from odifund.pages.home import what_waits
from tenders.models import (
    Award,
    Contract,
    Extension,
    FileNote,
    Incident,
    Notice,
    ProblemReport,
    Proposal,
    Score,
    Tender,
    Version,
    Watch,
)
from tenders.queries import rounds
from tenders.queries.tender import missing
from tenders.stimulus_fund import CRITERIA
from tests import databases

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The demonstration in a database of this module's."""
    with django_db_blocker.unblock(), databases.cloned():
        load(AT, tell=lambda words: None)
        yield


def waiting(key):
    person = Person.objects.get(email=PLAYERS[key].email)
    return [item.title for item in what_waits(person, AT).items]


def test_every_round_stands_where_its_page_says(loaded):
    stand = dict(Tender.objects.values_list("reference", "status"))
    assert stand.pop("TRY") == "published"
    assert stand == {
        "SF1": "finished",
        "SF2": "decided",
        "SF3": "opened",
        "SF4": "published",
        "SF5": "draft",
        "SF6": "draft",
    }
    assert demonstration.is_loaded()
    assert list(audit.verify()) == []
    assert audit.uncovered() == 0


def test_the_observer_was_mailed_a_head_every_day_of_the_story_and_today(loaded):
    heads = PublishedHead.objects.filter(where__startswith="the mail").order_by("published_at")
    days = [clock.today(head.published_at) for head in heads]
    assert days[-1] == AT.date()
    assert days == [days[0] + timedelta(days=number) for number in range(len(days))]
    assert len(days) > 200
    observer = PLAYERS["observer"].email
    observer = PLAYERS["observer"].email
    mails = OutboxMessage.objects.filter(kind="core/trail_head", address=observer, state="sent")
    assert mails.count() >= len(days) - 1


def test_no_link_was_made_more_than_a_day_after_its_event(loaded):
    events = Link.objects.values_list("linked_at", "event__at")
    assert max(linked - at for linked, at in events) < timedelta(days=1, hours=1)


def test_everybody_who_acts_in_the_story_has_something_to_do(loaded):
    assert waiting("lead-a") == ["Deliver “Halfway review”", "Write and submit “Repairs people can see”"]
    assert waiting("lead-b") == ["Deliver “Set-up blog”", "Deliver “Halfway review”"]
    assert waiting("partner-a") == ["Write “Repairs people can see”"]
    assert waiting("approver") == ["Confirm that SF4 closes later"]
    assert waiting("moderator") == ["Agree the scores of 1 proposal to SF3"]
    assert waiting("finance") == ["Pay £17,800 to Fenwick and Marle Partnership, payment 1"]
    assert waiting("manager") == [
        "Ask Sampleton Borough Council about “Set-up blog”",
        "Answer 2 questions about SF4",
        "Finish the draft of SF6",
        "Review “Released data”",
    ]
    piles = [waiting(f"evaluator-{number}") for number in (1, 2, 3)]
    assert piles == [[f"Score {count} proposal{'s' * (count > 1)} to SF3"] for count in (1, 3, 4)]


def test_delivery_has_something_due_this_week_overdue_to_review_and_to_pay(loaded):
    owed = Deliverable.objects.filter(contract__tender__reference="SF2")
    assert [each.kind for each in owed if each.is_overdue(AT)] == ["blog"]
    assert owed.filter(status="due", kind="halfway", due_at__gt=AT).exists()
    assert owed.filter(status="delivered").count() == 1
    assert Payment.objects.filter(status="due").count() == 1


def test_no_contract_waits_to_be_signed_once_something_of_it_was_due(loaded):
    unsigned = Contract.objects.exclude(status__in=("countersigned", "complete"))
    assert not unsigned.filter(tender__owed__due_at__lt=AT).exists()
    late = Contract.objects.get(proposal__title="A place at the table")
    workshop, blog = late.deliverables.filter(kind__in=("workshop", "blog")).order_by("due_at")
    assert late.countersigned_at < workshop.due_at
    assert (workshop.status, blog.status) == ("accepted", "accepted")


def test_the_pilot_has_five_bidders_and_three_winners(loaded):
    of_pilot = {"tender__reference": "SF1"}
    assert Proposal.objects.filter(**of_pilot).count() == 5
    assert Award.objects.filter(decision__tender__reference="SF1").count() == 3


def test_one_round_is_left_to_the_clock_and_one_is_half_written(loaded):
    coming, half = (Tender.objects.get(reference=reference) for reference in ("SF5", "SF6"))
    assert [each.title for each in rounds.coming()] == [coming.title]
    assert coming.publish_at > AT + timedelta(days=7)
    lacking = {each.part for each in missing(half, AT)}
    assert {"timetable", "criteria", "deliverables"} <= lacking
    assert not lacking & {"about", "sections"}


def test_the_deadline_of_the_round_being_scored_was_moved_in_time_for_an_incident(loaded):
    extension = Extension.objects.get(tender__reference="SF3")
    report, incident = ProblemReport.objects.get(), Incident.objects.get()
    told = [report.reported_at, incident.recorded_at, extension.prepared_at, extension.confirmed_at]
    assert told == sorted(told)
    assert extension.confirmed_at < extension.from_at < extension.to_at
    assert {report.tender, incident.tender, extension.incident.tender} == {extension.tender}
    assert extension.prepared_by != extension.confirmed_by
    between = (extension.from_at, extension.to_at)
    assert Version.objects.filter(tender=extension.tender, submitted_at__range=between).count() == 1
    assert {each.tender.reference for each in FileNote.objects.all()} == {"SF3", "SF4"}


def test_the_open_round_was_corrected_before_and_after(loaded):
    (changed,) = [each for each in Notice.objects.filter(tender__reference="SF4") if each.changes]
    (change,) = changed.changes
    assert change["before"] != change["after"] == Tender.objects.get(reference="SF4").who_may_bid
    waiting = Extension.objects.get(tender__reference="SF4")
    assert waiting.confirmed_at is None
    assert waiting.to_at > waiting.from_at > AT


def test_a_newcomer_has_seen_the_open_round_alone(loaded):
    newcomer = Person.objects.get(email=PLAYERS["newcomer"].email)
    assert [each.tender.reference for each in Watch.objects.filter(person=newcomer)] == ["SF4"]
    assert newcomer.joined_at > Tender.objects.get(reference="SF4").published_at
    assert not Organisation.objects.filter(name__contains="Penhallow").exists()


def test_what_is_returned_comes_back_changed(loaded):
    returned = Review.objects.filter(accepted=False).select_related("delivery__deliverable")
    assert {each.delivery.deliverable.kind for each in returned} == {"report", "data"}
    for each in returned:
        first, second = each.delivery.deliverable.deliveries.order_by("number")
        assert first.text != second.text
        assert second.review.accepted


def test_no_answer_and_no_reason_is_said_twice(loaded):
    said = [
        *Review.objects.values_list("comments", flat=True),
        *Score.objects.values_list("reason", flat=True),
    ]
    assert len(said) > 150
    assert [words for words, count in Counter(said).items() if count > 1] == []


def test_some_who_come_need_something_and_one_consortium_released_nothing(loaded):
    assert Attendance.objects.exclude(needs="").count() > 3
    none = ReleasedData.objects.exclude(none_because="").get()
    assert none.none_because.startswith("None, because")


def test_there_is_something_to_take(loaded):
    with_file = Pattern.objects.filter(status="published", file__isnull=False)
    assert {each.kind for each in with_file} == {"pattern", "artefact", "tool"}
    client = Client()
    for pattern in with_file:
        answer = client.get(f"/patterns/{pattern.slug}/file/")
        given = b"".join(answer.streaming_content)
        assert given == (content.FOLDER / "files" / pattern.file.name).read_bytes()
        assert pattern.file.kind == "text/plain"


@pytest.mark.parametrize("player", CAST, ids=lambda player: player.key)
def test_everybody_of_the_cast_is_there(loaded, player):
    person = Person.objects.get(email=player.email)
    assert person.roles == set(player.roles)
    assert not player.organisation or Organisation.objects.filter(name=player.organisation).exists()


def strings(found):
    """Every text in what a file of words holds."""
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict | list):
        for part in found.values() if isinstance(found, dict) else found:
            yield from strings(part)


WORDS = sorted(
    str(file.relative_to(content.FOLDER).with_suffix("")) for file in content.FOLDER.rglob("*.toml")
)


@pytest.mark.parametrize("name", WORDS)
def test_its_words_have_typographic_quotes(name):
    assert [words for words in strings(content.read(name)) if "'" in words or '"' in words] == []


LEAST_WORDS = 100
SCORED = content.read("scored/round")["proposals"]
LIMITS = {slugify(each.title): each.words for each in CRITERIA}


@pytest.mark.parametrize("name", SCORED)
def test_what_the_panel_scores_says_enough_in_every_section_to_be_told_apart(name):
    words = {code: len(text.split()) for code, text in content.read(f"scored/{name}")["texts"].items()}
    assert words.keys() == LIMITS.keys()
    assert {code: count for code, count in words.items() if not LEAST_WORDS <= count <= LIMITS[code]} == {}


@pytest.mark.parametrize("name", SCORED)
def test_a_proposal_marks_nothing_up_since_its_answers_are_shown_as_they_were_written(name):
    assert [text for text in content.read(f"scored/{name}")["texts"].values() if "*" in text] == []


def test_no_two_proposals_being_scored_say_the_same():
    said = Counter(
        line
        for name in SCORED
        for text in content.read(f"scored/{name}")["texts"].values()
        for line in text.splitlines()
        if line
    )
    assert [line for line, count in said.items() if count > 1] == []


FLOATING = set(wording.MONTHS) - {"May"} | {"spring", "summer", "autumn", "winter", "Christmas", "Easter"}


@pytest.mark.parametrize("name", WORDS)
def test_its_words_name_no_season_since_its_dates_float(name):
    said = " ".join(strings(content.read(name))).replace(",", " ").replace(".", " ").split()
    assert set(said).isdisjoint(FLOATING)
