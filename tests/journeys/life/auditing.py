"""What the observer reads in the end, and whether the trail is whole."""

import re

from django.core.management import call_command

from odifund.core import clock

HEAD = re.compile(r"^\d+:[0-9a-f]{64}$", re.MULTILINE)
SENTENCES = (
    "Morgan Ellery proposed to publish SF1",
    "Beatrix Holm confirmed, and SF1, Stimulus fund for service redesign was published.",
    "Somebody asked a question.",
    "A question came too late and was refused.",
    "Joan Pell accepted for Pattern & Post and joined Bins on the right day.",
    "Priya Nair submitted “Repairs people can see”, led by Exampleshire County Council, to SF1.",
    "Anand Pike withdrew “One list of halls”, led by Norwell City Council, from SF1.",
    "Nia Penhallow was too late to submit “Buses that wait” for SF1.",
    "SF1, Stimulus fund for service redesign closed. Proposals in time: 5.",
    "Beatrix Holm confirmed what Morgan Ellery proposed",
    "Yewande Clarke declared their interests",
    "Oskar Lindqvist recorded the panel’s agreed scores of “Warm rooms near you”.",
    "Beatrix Holm approved the decision on SF1",
    "Beatrix Holm countersigned the contract “Repairs people can see” with Exampleshire County Council.",
    "Morgan Ellery recorded who came to Kick-off workshop (“Bins on the right day”).",
    "Morgan Ellery returned Report (“Repairs people can see”) with comments to answer by",
    "Solveig Marsh recorded payment 2 of “Warm rooms near you” to Tidewater Combined Authority as paid.",
    "The last contract of SF1, Stimulus fund for service redesign was completed by Morgan Ellery",
)


def an_observer_reads_the_trail(story):
    """All that happened, page by page; and still not who asked. Nobody of the consortia reads it."""
    ravi = story.ravi.goes_home().follows("The trail").presses("Show", tender="SF1")
    words = ravi.page.words
    while "Next page" in ravi.page.links:
        words += ravi.follows("Next page").page.words
    missing = [sentence for sentence in SENTENCES if sentence not in words]
    assert not missing, missing
    ravi.presses("Show", person=story.callum.email).reads("Callum Frost submitted")
    ravi.does_not_read("asked a question")
    story.callum.goes(ravi.path).is_refused(404)


def the_trail_is_whole(story, capsys):
    """Up to every head that left the portal: in the register, and in the observer's daily mails."""
    kept = [HEAD.search(letter.body)[0] for letter in story.ravi.letters("Keep this")]
    assert len(kept) > 50
    capsys.readouterr()
    with clock.held_at(story.at):
        call_command("verify_audit", *(f"--head={head}" for head in (story.head, *kept)))
    told = capsys.readouterr()
    assert "links, nothing changed, missing or cut off.\n" in told.out
    assert told.err == ""
