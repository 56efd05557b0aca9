"""February 2018: the final work, the second half of the price, and what others can use again."""

from datetime import date, timedelta

from tests.journeys.life.delivering import accepts, pays_each_half, reminders_of
from tests.journeys.life.publishing import TITLE
from tests.journeys.story import london

FINAL = london(15, 2, 17, year=2018)
PATTERNS = "At least two design patterns, artefacts or learning tools"


def final_work_is_delivered(story):
    """Patterns, data and the report; one report waits until the last minute."""
    story.turns_to(london(6, 2, 10, year=2018))
    for bid in story.awarded:
        lead = bid.lead.person.goes_home().follows(f"Deliver “{PATTERNS}”")
        adds_a_pattern(lead, bid, f"Tell people first: {bid.title.lower()}", "Design pattern")
        lead.reads("Add at least 2 patterns, artefacts or tools. You have 1.")
        adds_a_pattern(lead, bid, f"A list that others keep: {bid.title.lower()}", "Learning tool")
        lead.presses("Deliver").reads("It is delivered")
        tells_of_data(bid, none=bid is story.rooms)
        if bid is not story.bins:
            writes_the_report(bid, "Deliver", "What we did, and what came of it.")
    story.anybody.goes("/patterns/tell-people-first-repairs-people-can-see/").is_refused(404)


def adds_a_pattern(lead, bid, title, kind):
    lead.follows("Add a pattern, artefact or tool").presses(
        "Save",
        kind=kind,
        title=title,
        delivery_model="More information for citizens",
        summary="People act on what they are told, when they are told it in time.",
        problem="Nobody knows when it is their turn.",
        solution="Say it the day before, and say who said so.",
        worked="Fewer calls.",
        did_not_work="Letters.",
        tried_by="41 people in two towns",
        authors=f"{bid.lead.name}\n{bid.partner.name}",
        licence="Creative Commons Attribution 4.0",
    )
    lead.reads(title)


def tells_of_data(bid, *, none):
    """What was released, or why nothing was."""
    lead = bid.lead.person.goes_home().follows("Deliver “Released data”")
    if none:
        lead.follows("We released no data").presses("Save", because="The rooms belong to others.")
    else:
        lead.follows("Add a data set").presses(
            "Save",
            title=f"{bid.title}, every week",
            publisher=bid.lead.name,
            address="https://data.example.org/set",
            licence="Open Government Licence 3.0",
            released_on=date(2018, 1, 15),
            refreshed="Every Monday",
        )
    lead.presses("Deliver").reads("It is delivered")


def writes_the_report(bid, verb, text):
    lead = bid.lead.person.goes_home().follows(f"{verb} “Report”").follows("Deliver…")
    lead.presses(
        "Deliver",
        text=text,
        what="A page with the date of the next visit.",
        tried_by="41 people in two towns, for six weeks.",
        worked="They rang less.",
        did_not_work="The letters.",
    )
    lead.reads("It is delivered")


def one_report_is_returned_and_then_accepted(story):
    """Comments reach everybody named; what was delivered first is kept beside the second."""
    repairs, comments = story.repairs, "Say who tried it, and for how long."
    story.turns_to(london(7, 2, 15, year=2018))
    morgan = story.morgan.opens_the_letter(f"To review: Report, {repairs.title}")
    morgan.presses("Return with comments").reads("Say what has to change before you return it")
    morgan.presses("Return with comments", comments=comments).reads("returned with your comments")
    story.works()
    story.ines.opens_the_letter("Returned with comments: Report").reads(comments, "Deliver again")
    story.turns_to(london(12, 2, 11, year=2018))
    writes_the_report(repairs, "Answer the comments on", "We asked 41 people, for six weeks.")
    story.turns_to(FINAL - timedelta(minutes=1))
    writes_the_report(story.bins, "Deliver", "In the last minute, and whole.")
    assert reminders_of("Report", repairs) == [0, 0, 0]
    assert reminders_of("Report", story.bins) == [1, 1, 0]
    assert reminders_of("Report", story.rooms) == [0, 0, 0]
    for bid in story.awarded:
        for title in (PATTERNS, "Released data", "Report"):
            accepts(story, bid, title)
    morgan.opens_the_letter(f"To review: Report, {repairs.title}").reads("Delivery 2", "Delivery 1", comments)


def the_rest_is_paid_and_the_contracts_are_complete(story):
    story.turns_to(london(16, 2, 10, year=2018))
    pays_each_half(story, number=2)
    assert len(story.callum.letters("Paid: £26,666.50")) == 2
    for bid in story.awarded:
        morgan = story.morgan.goes_home().follows(f"Complete the contract “{bid.title}”")
        morgan.presses("Complete the contract").reads("The contract is complete", "6 of 6")
    story.works()
    assert story.kofi.letters(f"Complete: {story.rooms.title}")
    morgan.goes_home().reads("Nothing waits for you")


def everybody_takes_a_pattern(story):
    """Without signing in, from the front page and from the tender."""
    anybody = story.anybody.goes("/").follows("Patterns").reads("6 patterns, newest first")
    anybody.presses("Search", q="repairs").reads("2 patterns for “repairs”")
    anybody.follows("Tell people first: repairs people can see").reads(
        "Say it the day before, and say who said so.",
        "Creative Commons Attribution 4.0. Copy it, change it, sell it; name its makers.",
        "Published on 15 February 2018",
        "Exampleshire County Council and Pattern & Post (15 February 2018)",
    )
    assert anybody.path == "/patterns/tell-people-first-repairs-people-can-see/"
    anybody.follows("Their report").reads("We asked 41 people, for six weeks.", "Released on 15 January 2018")
    anybody.does_not_read("What we did, and what came of it.", "Say who tried it")
    anybody.goes("/tenders/").reads("Completed on 16 February 2018").follows(TITLE)
    anybody.follows("What came of it: the reports").follows(story.rooms.title)
    anybody.reads("No data was released", "The rooms belong to others.")
