"""A reader reads, comments and approves the price, and changes nothing; whom the lead names can submit."""

import uuid
from datetime import timedelta
from decimal import Decimal

import pytest

from consortia import access as parties
from consortia.models import NamedPerson
from odifund.core import clock
from odifund.core.errors import MovedOn, NotReady, WrongPerson
from odifund.core.models import Event, OutboxMessage
from tenders.actions import approval, comment, cost_line, proposal_part, section_text, submission
from tenders.actions import consortium as taking_part
from tenders.actions.cost_line import Cost
from tenders.models import Approval, Proposal, Version
from tenders.queries import approval as approvals
from tenders.queries import draft
from tenders.queries.named import Named
from tests import cast
from tests.factories import proposal as made
from tests.factories.consortium import colleague
from tests.factories.visit import text_of, visiting

pytestmark = pytest.mark.django_db
READS, WORKS, SUBMITS = NamedPerson.Part.READS, NamedPerson.Part.WORKS, NamedPerson.Part.SUBMITS

SAVED = {"text": "Mine", "base_revision": 1}


@pytest.fixture
def proposal():
    begun = made.complete_proposal()
    with clock.held_at(made.written_at(begun.tender)):
        yield begun


def named(proposal, part, player="lead-a", name="Fola Ade"):
    """A colleague of the player, named with this part."""
    at, by = made.written_at(proposal.tender), cast.person(player, at=made.written_at(proposal.tender))
    person = colleague(player, f"{name.split()[0].lower()}@{player}.example.org", name, at=at)
    member = proposal.consortium.members.get(named_people__person=by)
    taking_part.name_person(member, person, part=part, by=by, at=at)
    return person


def words(proposal, by):
    return {"by": by, "at": made.written_at(proposal.tender)}


def page_of(person, path, post=None, at=None):
    with visiting(None, at=at) as client:
        client.force_login(person)
        return client.post(path, post, follow=True) if post is not None else client.get(path, follow=True)


def reprice(proposal, amount, at=None):
    line = proposal.cost_lines.get(organisation=proposal.consortium.lead)
    cost = Cost(line.organisation, line.what, kind=line.kind, amount=Decimal(amount))
    when = at or made.written_at(proposal.tender) + timedelta(minutes=2)
    cost_line.edit(line, cost, by=proposal.started_by, at=when)


def standing(proposal):
    anew = Proposal.objects.get(pk=proposal.pk)
    (one,) = Named(anew).approvals(draft.of(anew).price)
    return one


def mails(kind):
    return set(OutboxMessage.objects.filter(kind=f"tenders/{kind}").values_list("address", flat=True))


def test_a_reader_changes_nothing_of_it(proposal):
    fola = named(proposal, READS)
    section = proposal.tender.sections.first()
    line = proposal.cost_lines.first()
    cost = Cost(line.organisation, line.what, amount=Decimal(1))
    refused = (
        lambda: section_text.save(proposal, section, text="Mine", base_revision=1, **words(proposal, fola)),
        lambda: cost_line.edit(line, cost, **words(proposal, fola)),
        lambda: proposal_part.declare(proposal, **words(proposal, fola)),
        lambda: submission.submit(
            proposal, key=uuid.uuid4(), by=fola, seen_at=made.written_at(proposal.tender)
        ),
        lambda: taking_part.invite(
            proposal.consortium, organisation_name="Third", email="third@example.org", by=fola
        ),
    )
    for move in refused:
        with pytest.raises(WrongPerson):
            move()
    assert not Version.objects.exists()


def test_a_reader_is_led_to_the_draft_and_reads_sections_costs_and_checks(proposal):
    fola = named(proposal, READS)
    at, base = made.written_at(proposal.tender), f"/proposals/{proposal.pk}"
    section = proposal.tender.sections.first()
    for page in ("title/", "confidential/", "attachments/", "costs/add/", "costs/paste/"):
        answer = page_of(fola, f"{base}/{page}", at=at)
        assert answer.redirect_chain[-1][0] == f"{base}/preview/", page
        assert "You are named to read this proposal" in text_of(answer)
    for page in ("payments/", "eligibility/", "publication/", "declarations/"):
        assert "<button" not in text_of(page_of(fola, f"{base}/{page}", at=at)).partition("<main")[2], page
    read = text_of(page_of(fola, f"{base}/sections/{section.pk}/", at=at))
    assert made.TEXT in read
    assert "Save and continue" not in read
    costs = text_of(page_of(fola, f"{base}/costs/", at=at))
    assert "and change none" in costs
    for words_of_change in (
        "Save days and rates",
        "Add a line",
        "Paste rows",
        "/costs/" + str(proposal.cost_lines.first().pk),
    ):
        assert words_of_change not in costs
    check = text_of(page_of(fola, f"{base}/check/", at=at))
    assert "Priya Nair can submit it" in check
    assert ">Submit the proposal<" not in check
    assert page_of(fola, f"{base}/sections/{section.pk}/", SAVED, at=at).status_code == 403


def test_a_reader_comments_and_the_others_are_told(proposal):
    fola = named(proposal, READS)
    section, at = proposal.tender.sections.first(), made.written_at(proposal.tender)
    comment.add(proposal, section, text="Who pays for the rooms?", **words(proposal, fola))
    assert mails("commented") >= {proposal.started_by.email}
    place = f"/proposals/{proposal.pk}/sections/{section.pk}/"
    assert "Who pays for the rooms?" in text_of(page_of(fola, place, at=at))
    refused = page_of(fola, f"{place}comments/", {"comment": ""}, at=at)
    assert refused.status_code == 422
    assert "Save and continue" not in text_of(refused)


def test_a_reader_of_a_partner_reads_no_day_rate_of_the_lead(proposal):
    reader = named(proposal, READS, "partner-a", "Bo Ek")
    page = text_of(page_of(reader, f"/proposals/{proposal.pk}/costs/", at=made.written_at(proposal.tender)))
    assert "450.00" not in page
    assert "Its lines are its own" in page


def test_the_price_is_approved_by_a_reader_alone_as_it_was_read(proposal):
    fola = named(proposal, READS)
    price = draft.of(proposal).price
    for other in (proposal.started_by, cast.person("partner-a", at=made.written_at(proposal.tender))):
        with pytest.raises(WrongPerson):
            approval.approve(proposal, price=price, **words(proposal, other))
    with pytest.raises(MovedOn):
        approval.approve(proposal, price=price + 1, **words(proposal, fola))
    approval.approve(proposal, price=price, **words(proposal, fola))
    assert standing(proposal).holds
    assert fola.email not in mails("price_approved")
    assert proposal.started_by.email in mails("price_approved")
    assert Event.objects.filter(name="proposal.approved").count() == 1


def test_it_lapses_when_the_price_changes_and_the_reader_is_told_once(proposal):
    fola = named(proposal, READS)
    price = draft.of(proposal).price
    approval.approve(proposal, price=price, **words(proposal, fola))
    section = proposal.tender.sections.first()
    section_text.save(
        proposal, section, text="Other words", base_revision=1, **words(proposal, proposal.started_by)
    )
    assert standing(proposal).holds
    assert "“" in approvals.other_changes(draft.of(Proposal.objects.get()), standing(proposal))[0]
    reprice(proposal, "1000")
    assert not standing(proposal).holds
    (mail,) = OutboxMessage.objects.filter(kind="tenders/approval_lapsed")
    assert mail.address == fola.email
    assert "The price was £45,370.50, which you had approved, and is £41,870.50 now" in mail.body
    reprice(proposal, "2000", at=made.written_at(proposal.tender) + timedelta(minutes=3))
    assert OutboxMessage.objects.filter(kind="tenders/approval_lapsed").count() == 1
    assert Approval.objects.count() == 1


def test_the_pages_say_where_the_approval_stands_and_it_never_blocks(proposal):
    fola, at = named(proposal, READS), made.written_at(proposal.tender)
    base = f"/proposals/{proposal.pk}/"
    with clock.held_at(at):
        assert "You have not approved the price of £45,370.50 yet" in text_of(page_of(fola, base, at=at))
        assert "Approve the price of £45,370.50 of “Repairs" in text_of(page_of(fola, "/home/", at=at))
        with visiting("lead-a", at=at) as client:
            checked = text_of(client.get(f"{base}check/"))
            assert client.get(f"{base}approval/").status_code == 403
    assert "Fola Ade has not approved the price of £45,370.50" in checked
    assert "Nothing stops you submitting" in checked
    done = page_of(fola, f"{base}approval/", {"price": "45370.50"}, at=at)
    assert "You approved the price of £45,370.50" in text_of(done)
    assert "approved £45,370.50" in text_of(done).partition("Approval of the price")[2]
    assert "Approve the price" not in text_of(page_of(fola, "/home/", at=at))
    made.submit(proposal)


def test_a_forged_price_is_no_approval(proposal):
    fola, at = named(proposal, READS), made.written_at(proposal.tender)
    for price in ("", "nonsense", "1e9", "-3"):
        page_of(fola, f"/proposals/{proposal.pk}/approval/", {"price": price}, at=at)
    assert not Approval.objects.exists()


def test_whoever_works_for_the_lead_submits_only_once_named_for_it(proposal):
    ada = named(proposal, WORKS, name="Ada Okafor")
    at = made.written_at(proposal.tender)
    tell = {"by": ada, "seen_at": at, "without": made.without(proposal)}
    with pytest.raises(WrongPerson):
        submission.submit(proposal, key=uuid.uuid4(), **tell)
    page = text_of(page_of(ada, f"/proposals/{proposal.pk}/check/", at=at))
    assert "Only Priya Nair can submit it" in page
    naming = NamedPerson.objects.get(person=ada)
    taking_part.give_part(naming, SUBMITS, by=proposal.started_by, at=at)
    assert mails("part_given") == {ada.email}
    assert mails("person_can_submit") == {proposal.started_by.email}
    version = submission.submit(proposal, key=uuid.uuid4(), **tell)
    assert version.submitted_by == ada


def test_a_partner_names_nobody_who_submits(proposal):
    at = made.written_at(proposal.tender)
    ines = cast.person("partner-a", at=at)
    naming = NamedPerson.objects.get(person=ines)
    with pytest.raises(NotReady):
        taking_part.give_part(naming, SUBMITS, by=ines, at=at)
    with visiting("partner-a", at=at) as client:
        place = f"/members/{naming.member_id}/part/{ines.pk}/"
        assert "can submit" not in text_of(client.get(place)).partition("What do they do?")[2]
        assert client.post(place, {"part": "submits"}).status_code == 422
    assert not parties.submits_for(ines, proposal.consortium)


def test_somebody_who_works_and_somebody_who_submits_stay(proposal):
    at, priya = made.written_at(proposal.tender), proposal.started_by
    own = NamedPerson.objects.get(person=priya)
    ada = named(proposal, READS, name="Ada Okafor")
    for part in (READS, WORKS):
        with pytest.raises(NotReady):
            taking_part.give_part(own, part, by=priya, at=at)
    with pytest.raises(NotReady) as refused:
        taking_part.unname_person(own.member, priya, by=priya, at=at)
    assert "Priya Nair is the only person who works on the proposal" in refused.value.sentences[0]
    taking_part.give_part(NamedPerson.objects.get(person=ada), WORKS, by=priya, at=at)
    with pytest.raises(NotReady) as refused:
        taking_part.unname_person(own.member, priya, by=priya, at=at)
    assert "the only person who can submit" in refused.value.sentences[0]
    taking_part.give_part(NamedPerson.objects.get(person=ada), SUBMITS, by=priya, at=at)
    taking_part.give_part(own, READS, by=priya, at=at)
    assert not parties.works_in(priya, proposal.consortium)


def test_a_reader_gives_nobody_a_part_and_a_rival_finds_none_of_it(proposal):
    fola, at = named(proposal, READS), made.written_at(proposal.tender)
    naming = NamedPerson.objects.get(person=fola)
    with pytest.raises(WrongPerson):
        taking_part.give_part(naming, SUBMITS, by=fola, at=at)
    place = f"/members/{naming.member_id}/part/{fola.pk}/"
    assert page_of(fola, place, at=at).status_code == 403
    for player, status in (("partner-a", 403), ("lead-b", 404), ("manager", 404)):
        with visiting(player, at=at) as client:
            assert client.get(place).status_code == status
            assert client.get(f"/proposals/{proposal.pk}/approval/").status_code == status


def test_no_address_of_a_proposal_lets_a_reader_change_it(proposal):
    fola, at = named(proposal, READS), made.written_at(proposal.tender)
    line, section = proposal.cost_lines.first(), proposal.tender.sections.first()
    before = draft.of(Proposal.objects.get()).digests()
    sent = {
        "title/": {"title": "Mine", "delivery_model": "others"},
        "eligibility/": {"confirm": "on"},
        "payments/": {"vat": "none"},
        "confidential/": {"which": "All", "why": "Mine", "until": "2030-01-01"},
        "publication/": {"publishes": "nothing"},
        "declarations/": {"declare": "on"},
        "costs/": {f"days-{line.pk}": "1", f"rate-{line.pk}": "1"},
        "costs/add/": {
            "organisation": line.organisation_id,
            "what": "Mine",
            "kind": "expenses",
            "amount": "1",
        },
        "costs/paste/": {"rows": "Mine\t1"},
        f"costs/{line.pk}/": {"what": "Mine", "kind": "expenses", "amount": "1"},
        f"costs/{line.pk}/remove/": {},
        f"attachments/{proposal.attachments.first().pk}/remove/": {},
        f"sections/{section.pk}/": SAVED,
        f"sections/{section.pk}/earlier/1/": {"base_revision": 1},
        "submit/": {"key": uuid.uuid4()},
        "withdraw/": {},
    }
    with clock.held_at(at):
        for place, fields in sent.items():
            answer = page_of(fola, f"/proposals/{proposal.pk}/{place}", fields, at=at)
            assert answer.status_code in {200, 403, 404, 422}, place
    assert draft.of(Proposal.objects.get()).digests() == before
    assert not Version.objects.exists()
