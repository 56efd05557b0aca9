"""Comments among the named people, and who has a section open; neither is ever submitted or seen outside."""

from datetime import timedelta

import pytest

from odifund.core import clock
from odifund.core.models import OutboxMessage
from tenders.models import Comment
from tests.factories import proposal as made
from tests.journeys.browsing import Browser

pytestmark = pytest.mark.django_db
WORDS = "Say which council this was."


@pytest.fixture
def proposal():
    begun = made.complete_proposal()
    with clock.held_at(made.written_at(begun.tender)):
        yield begun


def at(proposal):
    return made.written_at(proposal.tender)


def send(player, proposal, path, **typed):
    return Browser(player, at(proposal)).send(f"/proposals/{proposal.pk}/{path}", at(proposal), **typed)


def section(proposal):
    return proposal.tender.sections.first()


def page(player, proposal):
    path = f"/proposals/{proposal.pk}/sections/{section(proposal).pk}/"
    return Browser(player, at(proposal)).see(path, at(proposal))


def comment(player, proposal, words=WORDS):
    return send(player, proposal, f"sections/{section(proposal).pk}/comments/", comment=words)


def test_a_comment_is_read_by_the_others_who_are_told(proposal):
    assert comment("partner-a", proposal).status_code == 302
    assert WORDS in page("lead-a", proposal).words
    (mail,) = OutboxMessage.objects.filter(kind="tenders/commented")
    assert mail.address == proposal.started_by.email
    assert WORDS in mail.body


def test_nobody_else_comments_or_reads_and_nothing_of_it_is_submitted(proposal):
    comment("partner-a", proposal)
    assert comment("lead-b", proposal).status_code == 404
    assert comment("manager", proposal).status_code == 404
    assert WORDS not in made.submit(proposal).manifest


def test_it_is_settled_once_and_stays_to_be_read(proposal):
    comment("partner-a", proposal)
    path = f"comments/{Comment.objects.get().pk}/settle/"
    assert send("lead-b", proposal, path).status_code == 404
    assert send("lead-a", proposal, path).status_code == 302
    assert send("lead-a", proposal, path).status_code == 409
    assert "Settled by Priya Nair" in page("partner-a", proposal).words


def test_an_empty_comment_comes_back_with_the_page(proposal):
    answer = comment("lead-a", proposal, "  ")
    assert answer.status_code == 422
    assert "Enter a comment" in answer.content.decode()
    assert not Comment.objects.exists()


def test_after_the_deadline_comments_are_kept_and_none_is_added(proposal):
    late = proposal.tender.proposals_close_at + timedelta(minutes=1)
    path = f"/proposals/{proposal.pk}/sections/{section(proposal).pk}/comments/"
    with clock.held_at(late):
        assert Browser("lead-a", at(proposal)).send(path, late, comment=WORDS).status_code == 409


def test_who_has_the_same_section_open_is_told_and_forgotten_when_gone(proposal):
    path = f"sections/{section(proposal).pk}/here/"
    assert send("lead-a", proposal, path).json() == {"others": ""}
    told = send("partner-a", proposal, path).json()
    assert told == {"others": "Priya Nair has this section open too."}
    assert "Ines Okafor has this section open too." in page("lead-a", proposal).words
    assert send("lead-b", proposal, path).status_code == 404
    later = at(proposal) + timedelta(minutes=2)
    ines = Browser("partner-a", at(proposal))
    gone = ines.see(f"/proposals/{proposal.pk}/sections/{section(proposal).pk}/", later)
    assert "has this section open too" not in gone.words


def test_a_draft_is_kept_as_data_without_the_day_rates_of_others(proposal):
    path = f"/proposals/{proposal.pk}/preview.json"
    told = Browser("partner-a", at(proposal)).client.get(path).json()
    assert told["title"] == "Repairs people can see"
    lines = {line["organisation_name"]: line for line in told["cost_lines"]}
    assert lines["Exampleshire County Council"]["day_rate"] is None
    own = Browser("lead-a", at(proposal)).client.get(path).json()
    assert {line["day_rate"] for line in own["cost_lines"]} == {"450.00", None}
