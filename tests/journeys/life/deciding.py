"""25 to 28 September 2017: two people open, the panel scores and agrees, two people decide."""

import csv
import io
from decimal import Decimal

from tests.journeys.life.bids import SECTIONS
from tests.journeys.life.proposing import staff_see_the_number_and_no_more
from tests.journeys.life.publishing import TITLE
from tests.journeys.story import london

AGREED = {
    "Repairs people can see": (5, 4, 4, 5, 4),
    "Bins on the right day": (4, 4, 3, 4, 5),
    "Warm rooms near you": (4, 3, 4, 4, 3),
    "One list of halls": (3, 3, 3, 2, 3),
}
TOTALS = dict(zip(AGREED, ("89.0", "78.0", "73.0", "56.0"), strict=True))
"""The sums of weight x score / 5, with the weights 25, 25, 20, 20 and 10."""


def two_people_open_the_proposals(story):
    story.turns_to(london(25, 9, 9, 5))
    staff_see_the_number_and_no_more(story, 5)
    morgan = story.morgan.goes_home().follows("Open the proposals to SF1").reads("5 proposals wait")
    morgan.presses("Propose the opening").reads("You proposed it, so you cannot confirm it")
    assert "Confirm and open" not in morgan.buttons
    story.turns_to(london(25, 9, 9, 20))
    beatrix = story.beatrix.goes_home().follows("Confirm the opening of SF1").presses("Confirm and open")
    beatrix.reads(
        "5 of 5 fingerprints match what was submitted",
        "Proposed by Morgan Ellery",
        "Confirmed by Beatrix Holm",
        "9:20:00am on Monday 25 September 2017",
    )
    story.anybody.goes("/tenders/SF1/register/").reads("5 of 5 fingerprints match")


def a_manager_names_the_panel(story):
    morgan = story.morgan.goes_home().follows(TITLE).follows("The panel")
    for person in (story.tomasz, story.yewande, story.haruto):
        morgan.presses("Put on the panel", person=person.name, part="Evaluator")
    morgan.presses("Put on the panel", person=story.philippa.name, part="Evaluator", is_deputy="on")
    morgan.presses("Put on the panel", person=story.oskar.name, part="Moderator")
    morgan.reads("Oskar Lindqvist Moderator Not declared yet", "Philippa Garrow Evaluator, deputy")
    story.works()


def each_declares_first_and_a_conflict_blocks_at_once(story):
    """Nobody sees a proposal before. Yewande has worked for one partner, and loses that proposal alone."""
    story.turns_to(london(25, 9, 10, 15))
    none = {"others": "on"}
    theirs = "Harbour & Mill Digital"
    one = none | {"interests": [theirs], f"Your interest in {theirs}": "I worked there."}
    for person in story.panel:
        person.opens_the_letter("You are on the panel").does_not_read(story.repairs.title)
        person.reads("Tick each one that you have an interest in")
        person.presses("Declare", **(one if person is story.yewande else none))
    yewande = story.yewande.goes("/panel/SF1/").does_not_read(story.halls.title)
    yewande.reads("Blocked by an interest you declared", story.repairs.title)
    story.morgan.follows("Panel …").reads("Yewande Clarke: Harbour & Mill Digital I worked there.")


def a_manager_records_what_is_eligible(story):
    morgan = story.morgan.goes_home().follows("Check whether 5 proposals are eligible for SF1")
    for bid in story.scored:
        morgan.follows(f"Check {bid.title}").reads(bid.lead.name).presses("Record", eligible="Yes")
    morgan.follows(f"Check {story.tips.title}")
    morgan.presses("Record", eligible="No", reason="It builds no prototype.")
    morgan.reads("Not eligible It builds no prototype.", "0 of 5 still to check")


def three_people_score_every_criterion_and_see_no_other(story):
    """Moderation cannot start while one of them has not locked, and says who."""
    story.turns_to(london(25, 9, 13))
    for bid in story.scored:
        *first, last = story.evaluators_of(bid)
        for evaluator in first:
            scores(evaluator, bid)
            locks(evaluator)
        scores(last, bid)
    story.tomasz.follows(story.repairs.title).reads("Locked").does_not_read("Haruto Bell says")
    oskar = story.oskar.goes("/tenders/SF1/").follows("Your part on its panel").follows("Go to moderation")
    for bid in story.scored:
        oskar.reads(f"waits for {story.evaluators_of(bid)[-1].name}").does_not_read("says")
        assert f"Start: {bid.title}" not in oskar.page.links


def scores(evaluator, bid):
    """Reads what was submitted last, and gives each criterion its score with a reason."""
    evaluator.goes_home().follows("The panel of SF1, evaluator").follows(bid.title)
    for section, agreed in zip(SECTIONS, AGREED[bid.title], strict=True):
        given = agreed - 1 if evaluator.name == "Haruto Bell" else agreed
        reason = f"{evaluator.name} says {section}: {given}."
        evaluator.reads(bid.texts[section]).presses("Save, next…", score=str(given), reason=reason)


def locks(evaluator):
    evaluator.presses("Lock my scores").reads("Your scores of this proposal are locked")


def all_is_locked_and_the_panel_agrees(story):
    """Now it sees side by side what each gave, and the moderator records one score with its reason."""
    story.turns_to(london(26, 9, 14))
    for bid in story.scored:
        last = story.evaluators_of(bid)[-1]
        locks(
            last.goes_home().follows("The panel of SF1, evaluator").follows(f"Scored. Lock it: {bid.title}")
        )
    oskar = story.oskar.goes_home().follows("Agree the scores of 4 proposals to SF1")
    for bid in story.scored:
        oskar.follows(f"Start: {bid.title}").presses("Start moderation")
        oskar.reads(*(f"{person.name} says Need and users" for person in story.evaluators_of(bid)))
        for section, agreed in zip(SECTIONS, AGREED[bid.title], strict=True):
            reason = f"{section}: the panel found {agreed}."
            oskar.presses("Save, next…", score=str(agreed), reason=reason)
        oskar.reads(f"Total {TOTALS[bid.title]} of 100").presses("Settle these scores")
    oskar.reads("4 of 4 agreed")


def the_ranking_follows_from_the_weights(story):
    """And shows what fits the pot: three, and not the fourth."""
    story.turns_to(london(28, 9, 10, 30))
    morgan = story.morgan.goes_home().follows("Propose the awards of SF1").follows("Ranking …")
    morgan.reads(
        "1 Repairs people can see Exampleshire County Council 89.0 £52,000 5 4 4 5 4 £584.27 Fits",
        "2 Bins on the right day Sampleton Borough Council 78.0 £53,333 4 4 3 4 5 £683.76 Fits",
        "3 Warm rooms near you Tidewater Combined Authority 73.0 £50,000 4 3 4 4 3 £684.93 Fits",
        "4 One list of halls Norwell City Council 56.0 £45,370.50 3 3 3 2 3 £810.19 Does not",
        "£155,333 of £160,000",
        "“How long is the queue”: not eligible",
    )


def one_proposes_three_awards_and_another_approves(story):
    morgan = story.morgan.follows("Decision …").reads("This is what the rule awards")
    morgan.presses("Propose these awards").reads("Waits for another person")
    assert "Approve these awards" not in morgan.buttons
    story.anybody.goes("/tenders/SF1/outcome/").reads("Not decided yet")
    story.turns_to(london(28, 9, 14, 5))
    beatrix = story.beatrix.goes_home().follows("Approve the awards of SF1").reads("£155,333 of £160,000")
    beatrix.presses("Approve these awards").reads("The tender is decided")
    story.works()


def every_bidder_reads_their_own_letter_with_reasons(story):
    """Scores and reasons by criterion, behind sign-in; never who gave what, never another's."""
    for bid in story.in_time:
        for person in bid.people:
            (letter,) = person.letters(f"Outcome of {bid.title}")
            assert "You sign in to read it" in letter.body
        lead = bid.lead.person.opens_the_letter("Outcome of").reads(bid.title).does_not_read("says")
        bid.number = lead.finds(r"[Nn]umber in public (?:is )?(\d+)")
    for bid in story.scored:
        bid.lead.person.reads(TOTALS[bid.title], *(f"{section}: the panel found" for section in SECTIONS))
    story.margery.reads("Not eligible", "It builds no prototype.")
    story.anand.reads("Not awarded").goes(story.priya.path).is_refused(404)
    assert not story.nia.letters("Outcome of")


def everybody_reads_the_outcome(story):
    anybody = story.anybody.goes("/tenders/").follows(TITLE).follows("The outcome, with every score")
    anybody.reads("3 of 5 proposals are awarded", *(bid.title for bid in story.awarded))
    anybody.reads("1 proposal was not eligible", *(bid.number for bid in story.in_time))
    anybody.does_not_read(story.halls.title, story.tips.title, "the panel found")


def anybody_computes_the_totals_again(story):
    """From the columns of scores.csv with the weights of scores.json, in exact arithmetic."""
    outcome = story.anybody.path
    table = list(csv.DictReader(io.StringIO(story.anybody.follows("scores.csv").raw)))
    said = story.anybody.goes(outcome).follows("scores.json").takes_json()
    weights = {each["code"]: Decimal(each["weight"]) for each in said["criteria"]}
    assert list(table[0]) == ["proposal", "eligible", *weights, "total", "rank", "fitted", "awarded"]
    assert sum(weights.values()) == 100
    ranked = [row for row in table if row["eligible"] == "yes"]
    for row in ranked:
        assert Decimal(row["total"]) == sum(weight * int(row[code]) / 5 for code, weight in weights.items())
    ranked.sort(key=lambda row: -Decimal(row["total"]))
    assert [row["proposal"] for row in ranked] == [bid.number for bid in story.scored]
    assert [row["rank"] for row in ranked] == ["1", "2", "3", "4"]
    assert [row["fitted"] for row in ranked] == ["yes", "yes", "yes", "no"]
    assert {row["proposal"] for row in table if row["awarded"] == "yes"} == {
        bid.number for bid in story.awarded
    }
