"""How the trail says the core's events. `{by}` is the person; the rest are the event's details."""

SENTENCES = {
    "person.registered": "{by} registered.",
    "person.invited": "{by} invited {person}.",
    "role.given": "{by} gave {person} the role {role}.",
    "role.ended": "{by} ended the role {role} of {person}.",
    "move.taken_back": "{by} took back what they had proposed: {verb}.",
    "mail.sent_again": "{by} had a mail sent again that was given up: {kind}.",
    "portal.was_away": "The portal could take no proposal from {from} to {to}.",
    "file.found_harmful": "A virus was found in the file “{subject}”. Nobody can open it.",
    "audit.head_published": "The head of the trail was mailed to the observers.",
}

SEALED = {
    "mail.sent_again": "A mail about a proposal was sent again.",
    "person.registered": "Somebody registered.",
}
