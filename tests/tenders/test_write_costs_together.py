"""Two people at the costs of one proposal: what one saved stays, and who was second is told."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict

from odifund.core import clock
from odifund.core.forms.sniffing import EXCEL
from odifund.core.models import OutboxMessage
from tenders.actions import agreement, cost_line
from tenders.actions.cost_line import Cost
from tenders.forms.rates import RatesForm
from tenders.queries import agreement as agreements
from tenders.queries import draft
from tests import cast
from tests.factories import proposal as made
from tests.journeys.browsing import Browser

pytestmark = pytest.mark.django_db
OURS, PARTNERS = "Design", "Building"


@pytest.fixture
def proposal():
    begun = made.draft_proposal()
    with clock.held_at(made.written_at(begun.tender)):
        for member, what in zip(
            begun.consortium.members.order_by("joined_at"), (OURS, PARTNERS), strict=True
        ):
            cost = Cost(member.organisation, what, days=Decimal(3), day_rate=Decimal(500))
            cost_line.add(begun, cost, by=begun.started_by, at=made.written_at(begun.tender))
        yield begun


@pytest.fixture
def at(proposal):
    return made.written_at(proposal.tender)


@pytest.fixture
def priya(at):
    return Browser("lead-a", at)


def line_of(proposal, what):
    return proposal.cost_lines.get(what=what)


def costs_of(proposal, more=""):
    return f"/proposals/{proposal.pk}/costs/{more}"


def opened(browser, proposal, at, **typed):
    """What the page's form would send: each box as it was drawn, with what is typed into some."""
    path = costs_of(proposal)
    sent = browser.hidden(path, at)
    for line in proposal.cost_lines.all():
        sent |= {f"days-{line.pk}": "3", f"rate-{line.pk}": "500"}
    return sent | typed


def meanwhile(proposal, what, at, **more):
    """The partner changes a line; its agreement to its lines is its own to give."""
    line, ines = line_of(proposal, what), cast.person("partner-a", at=at)
    cost = Cost(line.organisation, line.what, **({"days": Decimal(9), "day_rate": Decimal(450)} | more))
    by = ines if what == PARTNERS else proposal.started_by
    cost_line.edit(line, cost, by=by, at=at)


def numbers(proposal, what):
    line = line_of(proposal, what)
    return line.days, line.day_rate, line.amount


def said_of(answer):
    return answer.content.decode()


def test_saving_one_line_leaves_what_a_colleague_saved_of_another(proposal, at, priya):
    ours = line_of(proposal, OURS)
    sent = opened(priya, proposal, at, **{f"days-{ours.pk}": "4"})
    meanwhile(proposal, PARTNERS, at)
    member, ines = proposal.consortium.members.get(is_lead=False), cast.person("partner-a", at=at)
    whole = draft.of(type(proposal).objects.get(pk=proposal.pk))
    seen = agreements.seen(whole, member)
    agreement.agree(proposal, member, seen=seen, by=ines, at=at)
    assert priya.send(costs_of(proposal), at, **sent).status_code == 302
    assert numbers(proposal, PARTNERS) == (9, 450, 4050)
    assert numbers(proposal, OURS) == (4, 500, 2000)
    assert "1 line saved." in priya.see(costs_of(proposal), at).words
    assert not OutboxMessage.objects.filter(kind__contains="laps").exists()


def test_a_form_with_problems_comes_back_with_what_a_colleague_saved(proposal, at, priya):
    ours, theirs = line_of(proposal, OURS), line_of(proposal, PARTNERS)
    sent = opened(priya, proposal, at, **{f"days-{ours.pk}": "four"})
    meanwhile(proposal, PARTNERS, at)
    answer = priya.send(costs_of(proposal), at, **sent)
    assert answer.status_code == 422
    page = said_of(answer)
    assert 'value="four"' in page
    assert f'name="base-{theirs.pk}" value="9|450"' in page
    assert 'value="450"' in page
    again = sent | {f"days-{ours.pk}": "4"}
    meanwhile(proposal, PARTNERS, at, days=Decimal(8))
    assert priya.send(costs_of(proposal), at, **again).status_code == 302
    assert numbers(proposal, PARTNERS)[0] == 8


def test_who_typed_into_the_same_line_is_told_and_sends_again(proposal, at, priya):
    theirs = line_of(proposal, PARTNERS)
    sent = opened(priya, proposal, at, **{f"days-{theirs.pk}": "4"})
    meanwhile(proposal, PARTNERS, at)
    answer = priya.send(costs_of(proposal), at, **sent)
    assert answer.status_code == 422
    page = said_of(answer)
    assert f"Somebody changed “{PARTNERS}” after you opened this page: it now has 9 days at £450." in page
    assert f'href="#id_days-{theirs.pk}"' in page
    assert 'value="4"' in page
    assert numbers(proposal, PARTNERS) == (9, 450, 4050)
    again = sent | {f"base-{theirs.pk}": "9|450", f"rate-{theirs.pk}": "450"}
    assert priya.send(costs_of(proposal), at, **again).status_code == 302
    assert numbers(proposal, PARTNERS) == (4, 450, 1800)


def test_a_rate_and_the_days_of_one_line_by_two_people_are_told_of_too(proposal, at, priya):
    theirs = line_of(proposal, PARTNERS)
    sent = opened(priya, proposal, at, **{f"rate-{theirs.pk}": "510"})
    meanwhile(proposal, PARTNERS, at, day_rate=Decimal(500))
    page = said_of(priya.send(costs_of(proposal), at, **sent))
    assert "it now has 9 days at £500." in page
    assert 'value="9"' in page
    assert 'value="510"' in page
    assert numbers(proposal, PARTNERS) == (9, 500, 4500)


def test_both_who_typed_the_same_are_told_nothing(proposal, at, priya):
    theirs = line_of(proposal, PARTNERS)
    sent = opened(priya, proposal, at, **{f"days-{theirs.pk}": "9", f"rate-{theirs.pk}": "450"})
    meanwhile(proposal, PARTNERS, at)
    assert priya.send(costs_of(proposal), at, **sent).status_code == 302
    assert numbers(proposal, PARTNERS) == (9, 450, 4050)


@pytest.mark.parametrize("way", ["removed", "amount"])
def test_what_was_typed_into_a_line_that_is_gone_is_said(proposal, at, priya, way):
    theirs = line_of(proposal, PARTNERS)
    sent = opened(priya, proposal, at, **{(box := f"days-{theirs.pk}"): "7"})
    if way == "removed":
        cost_line.remove(theirs, by=cast.person("partner-a", at=at), at=at)
    else:
        meanwhile(proposal, PARTNERS, at, days=None, day_rate=None, amount=Decimal(800))
    answer = priya.send(costs_of(proposal), at, **sent)
    assert answer.status_code == 422
    assert "while you typed 7 days at £500 into it" in said_of(answer)
    untouched = sent | {box: "3"}
    assert priya.send(costs_of(proposal), at, **untouched).status_code == 302


def test_what_is_saved_between_reading_and_locking_is_not_written_over(proposal, at, priya):
    theirs = line_of(proposal, PARTNERS)
    meanwhile(proposal, PARTNERS, at)
    with pytest.raises(cost_line.RatesChanged) as told:
        cost_line.set_rates(proposal, [(theirs, Decimal(4), Decimal(500))], by=proposal.started_by, at=at)
    assert numbers(proposal, PARTNERS) == (9, 450, 4050)
    sent = QueryDict(f"base-{theirs.pk}=3|500&days-{theirs.pk}=4&rate-{theirs.pk}=500")
    form = RatesForm(sent, lines=[theirs], highest=None)
    assert form.is_valid()
    form.tell(told.value.lines)
    assert "it now has 9 days at £450." in str(form.errors)
    assert form[f"base-{theirs.pk}"].value() == "9|450"


def test_what_a_page_says_that_is_no_page_of_ours_does_no_harm(proposal, at, priya):
    theirs = line_of(proposal, PARTNERS)
    for base in ("", "|", "sNaN|x", "1|2|3", "3|500\x00"):
        sent = opened(priya, proposal, at, **{f"base-{theirs.pk}": base, "base-x": base})
        assert priya.send(costs_of(proposal), at, **sent).status_code in {302, 422}
    assert numbers(proposal, PARTNERS) == (3, 500, 1500)


def test_the_page_of_one_line_is_not_sent_over_what_a_colleague_saved(proposal, at, priya):
    theirs = line_of(proposal, PARTNERS)
    path = costs_of(proposal, f"{theirs.pk}/")
    mine = {"organisation": str(theirs.organisation_id), "kind": "staff", "what": "Building it", "days": "3"}
    sent = priya.hidden(path, at) | mine | {"day_rate": "500"}
    meanwhile(proposal, PARTNERS, at)
    answer = priya.send(path, at, **sent)
    assert answer.status_code == 422
    page = said_of(answer)
    assert "A colleague changed this part after you opened it" in page
    assert "What is saved now" in page
    assert "£9" not in page
    assert numbers(proposal, PARTNERS) == (9, 450, 4050)
    again = priya.hidden(path, at) | mine | {"day_rate": "500"}
    assert priya.send(path, at, **again).status_code == 302
    assert numbers(proposal, "Building it") == (3, 500, 1500)


def test_a_spreadsheet_does_not_replace_what_changed_after_it_came_down(proposal, at, priya):
    sheet = b"".join(priya.client.get(costs_of(proposal, "costs.xlsx")))
    meanwhile(proposal, PARTNERS, at)

    def sent(**more):
        file = SimpleUploadedFile("costs.xlsx", sheet, EXCEL.media_type)
        return priya.send(costs_of(proposal, "upload/"), at, file=file, do="replace", **more)

    answer = sent()
    assert answer.status_code == 422
    assert "The lines are others now than when this spreadsheet was downloaded." in said_of(answer)
    assert numbers(proposal, PARTNERS) == (9, 450, 4050)
    seen = answer.context["seen"]
    assert f'name="seen" value="{seen}"' in said_of(answer)
    assert sent(seen=seen).status_code == 302
    assert numbers(proposal, PARTNERS) == (3, 500, 1500)
