"""August 2017: from an empty portal to a public tender."""

from datetime import date

from django.core.management import call_command

from odifund.core import clock
from tests.journeys.story import london

TITLE = "Stimulus fund for service redesign"


def an_administrator_is_invited(story, capsys):
    with clock.held_at(story.at):
        call_command("invite_administrator", story.amara.email, name=story.amara.name)
    assert story.amara.email in capsys.readouterr().out
    story.works()
    story.amara.opens_the_letter("You are invited").signs_in().reads("Invite the people who run the fund")


def staff_are_invited_with_their_roles(story):
    """By the administrator, and by nobody else."""
    amara = story.amara.follows("Invite the people who run the fund")
    for person, role in story.staff:
        amara.presses("Invite", name=person.name, email=person.email, roles=[role])
        amara.reads(f"{person.name} is invited").follows("Invite somebody")
    story.works()
    for person, _ in story.staff:
        person.opens_the_letter("You are invited").signs_in().reads(person.name)
    story.morgan.goes(amara.path).is_refused(403)
    amara.goes_home().reads("Nothing waits for you")


def a_tender_is_written_from_the_template(story):
    story.turns_to(london(15, 8))
    morgan = story.morgan.goes_home().reads("The portal is empty").follows("Add a programme")
    purpose = "To learn how public services can be delivered with open data."
    morgan.presses("Save and continue", title="Open data in service delivery", purpose=purpose)
    start = "From the stimulus fund template"
    morgan.presses("Begin", start=start, reference="SF1", title=TITLE, publish_on=date(2017, 8, 17))
    morgan.reads("10 of 10 parts are complete", "Nothing is missing")
    money = morgan.follows("Money").page.form_to_fill("pot").values
    assert (money["pot"], money["highest_price"]) == (["160,000"], ["53,333"])
    assert (money["awards_least"], money["awards_most"]) == (["3"], ["5"])


def it_cannot_be_published_until_it_is_complete(story):
    morgan = story.morgan.follows("Back to the task list").follows("Criteria and weights")
    morgan.follows("Change Need and users").presses("Save", weight="30").follows("Continue to the task list")
    morgan.reads("9 of 10 parts are complete").follows("Check and propose publishing")
    assert "Propose publishing" not in morgan.buttons
    morgan.follows("The weights add to 105. Make them add to 100.").follows("Change Need and users")
    morgan.presses("Save", weight="25").follows("Continue to the task list").reads("Nothing is missing")


def one_proposes_publishing_and_another_confirms(story):
    """Who proposed cannot be the second."""
    morgan = story.morgan.follows("Check and propose publishing").presses("Propose publishing")
    morgan.follows("Write the tender").follows("A second person confirms")
    morgan.reads("You proposed it, so another person has to confirm it")
    assert "Confirm and publish now" not in morgan.buttons
    story.turns_to(london(17, 8))
    story.anybody.goes("/tenders/SF1/").is_refused(404)
    beatrix = story.beatrix.opens_the_letter("Please read and confirm: publish SF1")
    beatrix.reads("Morgan Ellery proposed").presses("Confirm and publish now").reads("SF1 is published")


def everybody_reads_it_without_signing_in(story):
    anybody = story.anybody.goes("/").follows("Tenders").follows(TITLE)
    anybody.reads(
        "£160,000",
        "contracts 3 to 5",
        "£53,333",
        "36 days left",
        "Proposals close at 5pm on Friday 22 September 2017",
        "London time (BST)",
        "Friday 1 September 2017, 5pm Last moment for questions",
        "Friday 15 September 2017, 5pm All answers published† (our assumption)",
        "Thursday 28 September 2017 Decision expected",
        "Monday 2 October 2017 Contracts awarded; the programme starts",
        "Tuesday 10 October 2017 Kick-off workshop",
        "Monday 16 October 2017, 5pm Set-up blog",
        "Monday 11 December 2017, 5pm Halfway review; half of the price is paid",
        "Thursday 15 February 2018, 5pm Report; at least two design patterns",
        "The weights add to 100",
    )
    anybody.follows("Open data in service delivery").reads(TITLE)
