"""How the trail says the core's events. `{by}` is the person; the rest are the event's details."""

SENTENCES = {
    "person.registered": "{by} registered.",
    "person.invited": "{by} invited {person}.",
    "person.renamed": "{by} changed their name from {before} to {person}.",
    "person.way_added": "{by} added a way to sign in: {way}.",
    "person.way_removed": "{by} removed a way to sign in: {way}.",
    "person.got_back_in": "{by} used a recovery code to sign in without mail.",
    "person.device_ended": "{by} signed out on another device: {device}.",
    "person.devices_ended": "{by} signed out on all other devices.",
    "person.address_changed": "{by} changed their address from {before} to {after}.",
    "person.address_changed_for": (
        "{by} changed the address of {person} from {before} to {after}. How it was checked: “{how_checked}”."
    ),
    "person.erased": "The words of {events} events were emptied, for somebody who asked to be erased.",
    "role.given": "{by} gave {person} the role {role}.",
    "role.ended": "{by} ended the role {role} of {person}.",
    "move.taken_back": "{by} took back what they had proposed: {verb}.",
    "mail.sent_again": "{by} had a mail sent again that was given up: {kind}.",
    "portal.was_away": "The portal could take no proposal from {from} to {to}.",
    "file.found_harmful": "A virus was found in the file “{subject}”. Nobody can open it.",
}

SEALED = {
    "mail.sent_again": "A mail about a proposal was sent again.",
    "person.registered": "Somebody registered.",
    "person.renamed": "Somebody changed their name.",
    "person.way_added": "Somebody added a way to sign in.",
    "person.way_removed": "Somebody removed a way to sign in.",
    "person.got_back_in": "Somebody used a recovery code to sign in.",
    "person.device_ended": "Somebody signed out on another device.",
    "person.devices_ended": "Somebody signed out on all other devices.",
    "person.address_changed": "Somebody changed their address.",
    "person.address_changed_for": "An administrator changed the address of an account.",
}
