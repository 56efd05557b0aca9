"""How the trail says what happened in a tender."""

SENTENCES: dict[str, str] = {
    "programme.added": "{by} added the programme {subject}.",
    "tender.drafted": "{by} began the tender {subject}.",
    "tender.edited": "{by} edited {subject}: {what}.",
    "tender.publishing_proposed": "{by} proposed to publish {subject}.",
    "tender.published": "{by} confirmed, and {subject} was published.",
    "tender.closed": "{subject} closed. Proposals in time: {count}.",
}
"""Event name to sentence."""

SEALED: dict[str, str] = {
    "proposal.started": "A proposal was begun.",
    "proposal.changed": "A proposal was changed.",
    "proposal.submitted": "A proposal was submitted.",
    "proposal.withdrawn": "A proposal was withdrawn.",
    "proposal.refused_late": "Somebody tried to submit after the deadline.",
}
"""What staff read before the opening."""
