"""How the trail says what happened in delivery."""

SENTENCES: dict[str, str] = {
    "workshop.announced": "{by} announced {person} for {subject} (“{contract}”).",
    "workshop.taken_off": "{by} took {person} off the list for {subject} (“{contract}”).",
    "workshop.attended": "{by} recorded who came to {subject} (“{contract}”).",
    "deliverable.delivered": "{by} delivered {subject} (“{contract}”), delivery {number}.",
    "deliverable.returned": "{by} returned {subject} (“{contract}”) with comments to answer by {answer_by}.",
    "deliverable.accepted": "{by} accepted {subject} (“{contract}”).",
    "blog_post.written": "{by} saved the blog “{subject}”.",
    "blog_post.published": "{by} accepted the blog “{subject}”, and it was published.",
    "blog_post.noted_elsewhere": "{by} noted that “{subject}” also appeared at {address}.",
    "pattern.written": "{by} saved the pattern “{subject}”.",
    "pattern.removed": "{by} removed the draft of the pattern “{subject}”.",
    "pattern.published": "{by} accepted the pattern “{subject}”, and it was published.",
    "released_data.recorded": "{by} recorded released data for “{contract}”: {data}.",
    "released_data.removed": "{by} removed an entry of released data for “{contract}”: {data}.",
    "payment.fell_due": "Payment {number} of “{contract}” to {lead} fell due when {by} accepted.",
    "payment.paid": "{by} recorded payment {number} of “{contract}” to {lead} as paid.",
}
"""Event name to sentence."""

SEALED: dict[str, str] = {}
"""What staff read before the opening: nothing of delivery is sealed."""
