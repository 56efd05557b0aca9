"""October to December 2017: contracts, the workshop, blogs, the clocks going back, and halfway."""

from datetime import date, timedelta

from tests.journeys.story import london

BLOG, HALFWAY = london(16, 10, 17), london(11, 12, 17)


def contracts_are_offered_and_accepted(story):
    story.turns_to(london(28, 9, 16))
    morgan = story.morgan.goes_home().follows("Offer the contracts of SF1")
    morgan.reads(f"{story.bins.title}, {story.bins.lead.name}: £53,333")
    morgan.presses("Offer the contracts").reads("Contracts offered: 3")
    story.works()
    for bid in story.awarded:
        lead = bid.lead.person.opens_the_letter(f"Contract to read: {bid.title}")
        lead.reads(f"receipt number {bid.receipts[-1]}", bid.fingerprints[-1])
        lead.reads("Halfway review: by 5pm on Monday 11 December 2017")
        lead.presses("Accept the contract").reads("Tick that you have read the terms")
        lead.presses("Accept the contract", agreed="on").reads("You accepted the contract")


def contracts_are_countersigned(story):
    """For the ODI, on the day the programme starts."""
    story.turns_to(london(2, 10, 9, 30))
    for bid in story.awarded:
        beatrix = story.beatrix.goes_home().follows(f"Countersign the contract “{bid.title}”")
        beatrix.presses("Countersign the contract", agreed="on").reads("signed by both sides")
    story.works()
    for bid in story.awarded:
        (letter,) = bid.partner.person.letters(f"The contract is signed: {bid.title}")
        assert "Report: by 5pm on Thursday 15 February 2018" in letter.body
    callum = story.callum.opens_the_letter("The contract is signed").reads("0 of 6")
    callum.reads("1: 50% “Halfway review” is accepted Not due yet £26,666.50")
    callum.reads("2: 50% everything above is accepted Not due yet £26,666.50")


def leads_come_to_the_workshop(story):
    """Reminded a week before, they say who comes; afterwards a manager records who came."""
    story.turns_to(london(3, 10, 17))
    for bid in story.awarded:
        assert len(bid.lead.person.letters("Kick-off workshop takes place in 7 days")) == 1
        lead = bid.lead.person.goes_home().follows("Say who comes to “Kick-off workshop”")
        lead.presses("Add to the list", name=lead.name, is_lead="on", needs="A ramp").reads("is on the list")
        lead.presses("Add to the list", name=bid.partner.person.name)
    story.turns_to(london(10, 10, 17, 30))
    for _ in story.awarded:
        morgan = story.morgan.goes_home().follows("Record who came to “Kick-off workshop”")
        lead, other = morgan.page.form_to_fill("came").options["came"]
        morgan.presses("Record attendance", came=[lead]).reads("recorded as attended")
        morgan.reads(f"{lead}, for the lead: was there", f"{other}: was not there")


def two_blogs_come_in_time_and_one_late(story):
    """A reminder a week and a day before, and a day after where nothing has come: each once."""
    story.turns_to(london(13, 10, 12))
    writes_the_blog(story.repairs)
    story.turns_to(BLOG - timedelta(microseconds=1))
    writes_the_blog(story.bins)
    story.turns_to(BLOG + timedelta(days=2))
    writes_the_blog(story.rooms)
    story.callum.does_not_read("after it was due")
    story.esther.reads("5pm on Wednesday 18 October 2017, after it was due")
    assert reminders_of("Set-up blog", story.repairs) == [1, 0, 0]
    assert reminders_of("Set-up blog", story.bins) == [1, 1, 0]
    assert reminders_of("Set-up blog", story.rooms) == [1, 1, 1]


def writes_the_blog(bid):
    lead = bid.lead.person.goes_home().follows("Deliver “Set-up blog”").follows("Write the blog")
    lead.presses(
        "Save and look at it",
        title=f"What we set out to do: {bid.title.lower()}",
        summary="Six months, one service, and data that anybody can use.",
        authors=f"{lead.name} and {bid.partner.person.name}",
        text="We start with **people**.\n\n- Then the data.",
    )
    lead.reads("How it will look", "We start with people.").follows("Go to delivering it")
    lead.presses("Deliver").reads("It is delivered")


def reminders_of(title, bid):
    """How many each of the named people had: a week before, a day before, and overdue."""
    words = [f"{title} is {due}" for due in ("due in 7 days", "due tomorrow", "overdue")]
    lead, partner = ([len(person.letters(each)) for each in words] for person in bid.people)
    assert lead == partner
    return lead


def blogs_are_published_for_everybody(story):
    """Once accepted; and one on the ODI's own site too."""
    path = "/blog/what-we-set-out-to-do-repairs-people-can-see/"
    story.anybody.goes(path).is_refused(404)
    for bid in story.awarded:
        accepts(story, bid, "Set-up blog", comments="Thank you.")
    story.works()
    assert story.kofi.letters("Accepted: Set-up blog")
    anybody = story.anybody.goes("/").follows("Blog").follows("What we set out to do: repairs people can see")
    anybody.reads("Priya Nair and Ines Okafor", "We start with people.", "Creative Commons Attribution 4.0")
    assert anybody.path == path
    morgan = story.morgan.goes(path).follows("Copy it to another site, and say where it appeared")
    morgan.reads("<strong>people</strong>")
    morgan.presses("Save", address="https://odi.example.org/blog/repairs", on=date(2017, 10, 18))
    anybody.goes(path).reads("Also published at https://odi.example.org/blog/repairs, 18 October 2017")


def accepts(story, bid, title, **comments):
    """A manager comes from the mail that says what was delivered."""
    story.works()
    morgan = story.morgan.opens_the_letter(f"To review: {title}, {bid.title}")
    morgan.presses("Accept", **comments).reads(f"“{title}” is accepted")


def the_clocks_go_back_and_no_deadline_moves(story):
    """29 October 2017: half past one comes twice, five stays five, and days are counted as people count."""
    priya, halfway = story.priya, "5pm on Monday 11 December 2017"
    story.turns_to(london(28, 10, 17))
    priya.goes_home().follows(story.repairs.title).reads(f"Halfway review {halfway} in 44 days")
    story.turns_to(london(29, 10, 1, 30))
    priya.goes_home().reads("Portal clock: 1:30am BST, Sunday 29 October 2017")
    story.turns_to(story.at + timedelta(hours=1))
    priya.goes_home().reads("Portal clock: 1:30am GMT, Sunday 29 October 2017", "Nothing waits for you")
    story.turns_to(london(29, 10, 17))
    priya.follows(story.repairs.title).reads(f"Halfway review {halfway} in 43 days")
    receipt = story.esther.opens_the_letter("Received")
    receipt.reads("22 SEP 2017 4:59:59 pm BST", "Closed at 5pm on Friday 22 September 2017")
    story.turns_to(HALFWAY - timedelta(days=42))
    priya.goes_home().reads(f"Deliver “Halfway review” For “{story.repairs.title}” 42 days left {halfway}")


def halfway_is_accepted_and_half_is_paid(story):
    story.turns_to(london(5, 12, 10))
    for bid in story.awarded:
        lead = bid.lead.person.goes_home().follows("Deliver “Halfway review”").follows("Deliver")
        lead.presses("Deliver", text="Forty people have tried the first version.").reads("It is delivered")
        assert reminders_of("Halfway review", bid) == [1, 0, 0]
    story.turns_to(london(11, 12, 10))
    for bid in story.awarded:
        accepts(story, bid, "Halfway review")
    pays_each_half(story, number=1)
    story.priya.opens_the_letter("Paid: £26,000").reads("1: 50%", "Paid on 11 December 2017")
    assert not story.ines.letters("Paid")


def pays_each_half(story, *, number):
    """Finance is told by mail, pays, and records the date and the bank's reference."""
    story.works()
    halves = ("£26,000", "£26,666.50", "£25,000")
    for bid, half in zip(story.awarded, halves, strict=True):
        assert story.solveig.letters(f"To pay: {half} to {bid.lead.name}")
        solveig = story.solveig.goes_home().follows(f"Pay {half} to {bid.lead.name}, payment {number}")
        solveig.follows(f"Record that it was paid, {bid.lead.name}")
        solveig.presses("Record as paid", paid_on=story.today, bank_reference=f"SF1 {bid.number}")
        solveig.reads(f"SF1 {bid.number}")
    solveig.goes_home().reads("Nothing waits for you")
    story.works()
