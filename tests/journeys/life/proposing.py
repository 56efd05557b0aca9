"""To 22 September 2017: consortia form, write and submit, and the clock closes the tender."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from odifund.core.models import Event
from tests.journeys.life.publishing import TITLE
from tests.journeys.story import london

CLOSE = london(22, 9, 17)
LETTER = b"%PDF-1.4 We shall try your patterns. %%EOF"


def consortia_form_and_partners_accept_from_the_mail(story):
    story.turns_to(london(22, 8, 14))
    for bid in story.bids:
        bid.forms()
    story.works()
    for bid in story.bids:
        if bid is not story.bins:
            bid.is_joined()
    story.works()
    assert story.priya.letters("Pattern & Post has joined")


def an_agency_joins_a_rival_too(story):
    """A colleague of Ines is named there; neither sees the other's proposal."""
    ines, joan = story.ines, story.joan.registers()
    ines.goes_home().follows("Pattern & Post").follows("Add a colleague")
    ines.presses("Add them", email=joan.email).reads("Joan Pell now belongs to Pattern & Post")
    story.bins.is_joined()
    ours, theirs = story.repairs.is_opened_by(ines).path, story.bins.is_opened_by(joan).path
    ines.goes(theirs).is_refused(404)
    joan.goes(ours).is_refused(404)
    ines.goes_home().does_not_read(story.bins.title)


def an_organisation_names_its_people(story):
    priya, wendy = story.priya, story.wendy.registers()
    wendy.goes_home().does_not_read(story.repairs.title)
    priya.goes_home().follows("Exampleshire County Council").follows("Add a colleague")
    priya.presses("Add them", email=wendy.email)
    story.repairs.is_opened_by(priya).follows("Consortium").presses("Name them", person=wendy.name)
    story.works()
    wendy.opens_the_letter("you are named").reads("Wendy Tallis (you)")


def they_write_their_proposals(story):
    """Whoever is named may: Wendy writes for Priya."""
    story.turns_to(london(11, 9))
    for bid in story.bids:
        bid.is_written_by(story.wendy if bid is story.repairs else bid.lead.person)
        bid.is_confirmed()
        bid.is_agreed_by(bid.partner.person)


def a_proposal_stays_under_the_highest_price(story):
    """Another organisation changes its costs, and the lead sees what stops submitting."""
    repairs, line = story.repairs, "Edit The prototype, Pattern & Post"
    ines = repairs.is_opened_by(story.ines).follows("Costs").reads("£52,000").follows(line)
    ines.presses("Save the line", amount="£40,000").reads("over the highest price of £53,333")
    priya = repairs.is_opened_by(story.priya).follows("Check and submit")
    assert "Submit the proposal" not in priya.buttons
    priya.follows("Lower the costs by £4,667.00. The price is £58,000.00, …").follows(line)
    priya.presses("Save the line", amount="34,000").reads("£52,000").follows("Back to the task list")
    file = SimpleUploadedFile("letter.pdf", LETTER, "application/pdf")
    priya.follows("Attachments").presses("Add the files", file=file).reads("letter.pdf", "Not checked")
    priya.follows("Back to the task list").follows("Check and submit").reads("Nothing stops you submitting")
    ines.follows("Back to the task list").follows("Check").reads(
        "can submit it for Exampleshire County Council, which leads"
    )
    assert "Submit the proposal" not in ines.buttons


def they_submit_and_keep_a_receipt(story):
    """Number, fingerprint and moment come by mail to everybody named."""
    story.turns_to(london(18, 9, 15))
    submitted = [story.repairs, story.bins, story.halls, story.tips]
    for bid in submitted:
        bid.submits()
    story.works()
    for bid in submitted:
        for person in bid.people:
            (letter,) = person.letters(f"Received: {bid.title}")
            assert bid.receipts[0] in letter.subject
            assert bid.fingerprints[0] in letter.body
            assert "3:00:00pm on Monday 18 September 2017" in letter.body
    ines = story.ines.opens_the_letter("Received").reads(story.repairs.receipts[0])
    ines.follows("Keep the receipt and the proposal").follows("letter.pdf")
    assert ines.raw.encode() == LETTER
    staff_see_the_number_and_no_more(story, 4)


def staff_see_the_number_and_no_more(story, count):
    desk = story.morgan.goes_home().follows(TITLE).reads(f"before two people open them {count}")
    for bid in story.bids:
        desk.does_not_read(bid.title, bid.lead.name)


def one_is_changed_and_submitted_again(story):
    story.turns_to(london(19, 9, 11))
    repairs = story.repairs
    priya = repairs.is_opened_by(story.priya).reads("The draft has not changed since")
    repairs.says(priya, "Open data", "Every repair, weekly, under an open licence.")
    priya.reads("You have changed the draft since: “Open data”").follows("Check and submit")
    priya.reads(f"This replaces {repairs.receipts[0]}")
    repairs.presses_submit()
    assert len(set(repairs.receipts)) == len(set(repairs.fingerprints)) == 2


def one_is_withdrawn_and_submitted_again(story):
    halls = story.halls
    anand = halls.is_opened_by(story.anand).follows(f"The receipt {halls.receipts[0]}")
    anand.follows("Withdraw it").presses("Withdraw the proposal").reads("Nothing of it stands")
    story.works()
    assert story.cerys.letters(f"Withdrawn: {halls.title}")
    staff_see_the_number_and_no_more(story, 3)
    anand.follows("Check and submit")
    halls.presses_submit()
    assert len(set(halls.receipts)) == 2


def drafts_are_reminded_and_nobody_else(story):
    """Two days and three hours before the deadline: everybody named on what is not submitted, once."""
    drafts = [*story.rooms.people, *story.buses.people]
    submitted = [*story.repairs.people, *story.halls.people, story.wendy]
    for left, words in ((timedelta(days=2), "closes in 2 days"), (timedelta(hours=3), "closes in 3 hours")):
        story.turns_to(CLOSE - left - timedelta(seconds=1))
        assert not any(person.letters(words) for person in drafts)
        story.turns_to(CLOSE - left)
        story.turns_to(story.at + timedelta(hours=1))
        assert [len(person.letters(words)) for person in drafts] == [1, 1, 1, 1]
        assert not any(person.letters(words) for person in submitted)


def a_microsecond_before_five_is_in_time_and_five_is_late(story):
    """Nothing has closed the tender yet: the moment itself decides."""
    story.turns_to(CLOSE - timedelta(minutes=1))
    story.rooms.is_opened_by(story.esther).follows("Check and submit")
    story.buses.is_opened_by(story.nia).follows("Check and submit")
    story.at = CLOSE - timedelta(microseconds=1)
    story.rooms.presses_submit()
    story.at = CLOSE
    nia = story.nia.presses("Submit the proposal").is_refused(409)
    nia.reads("5:00:00pm on Friday 22 September 2017", "Your attempt is on record", "Your draft is kept")
    assert Event.objects.filter(name="proposal.refused_late").count() == 1
    story.buses.is_opened_by(nia).reads("This draft was not submitted")


def the_clock_closes_the_tender_and_publishes_the_register(story):
    """What stands, by numbers and fingerprints alone, as a page and as JSON."""
    story.turns_to(CLOSE + timedelta(minutes=1))
    standing = {bid.receipts[-1]: bid.fingerprints[-1] for bid in story.in_time}
    anybody = story.anybody.goes("/tenders/").follows(TITLE).follows("The register of proposals in time")
    anybody.reads("5 proposals came in time", *standing, *standing.values())
    anybody.does_not_read(*(bid.title for bid in story.bids))
    anybody.reads("that do not count", f"{story.repairs.receipts[0]}, replaced by a later one")
    register = anybody.follows("The register as JSON").takes_json()
    assert {row["receipt_number"]: row["fingerprint"] for row in register["receipts"]} == standing
    story.head = f"{register['trail']['length']}:{register['trail']['head']}"
    story.esther.opens_the_letter("SF1 has closed").reads(story.rooms.receipts[0])
