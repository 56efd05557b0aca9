"""How the trail says what happened among the parties."""

SENTENCES = {
    "organisation.added": "{by} added the organisation {subject}.",
    "organisation.changed": "{by} changed the details of {subject}.",
    "organisation.person_added": "{by} added {person} to {subject}.",
    "organisation.person_left": "{person} left {subject}.",
    "organisation.handed_over": "{by} left {subject} to {person}.",
    "request.made": "{by} asked {organisation} to add them.",
    "request.accepted": "{by} added {person} to {organisation}, as they had asked.",
    "request.declined": "{by} did not add {person} to {organisation}.",
    "request.withdrawn": "{by} no longer asks to be added to {organisation}.",
    "request.admitted": "{by} added {person} to {organisation}, where nobody had answered. Why: “{reason}”.",
    "request.turned_down": "{by} did not add {person} to {organisation}. Why: “{reason}”.",
    "consortium.formed": "{by} formed the consortium {subject}, led by {lead}.",
    "consortium.renamed": "{by} renamed the consortium {before} to {subject}.",
    "consortium.person_named": "{by} named {person} for {organisation} in {subject}.",
    "consortium.person_unnamed": "{by} took {person} off {subject}.",
    "consortium.member_left": "{organisation} left {subject}.",
    "invitation.sent": "{by} invited {subject} to the consortium {consortium}.",
    "invitation.accepted": "{by} accepted for {organisation} and joined {consortium}.",
    "invitation.declined": "{by} declined the invitation to {consortium}.",
    "invitation.withdrawn": "{by} withdrew the invitation of {subject}.",
}
"""Event name to sentence."""

SEALED = {
    "organisation.added": "An organisation was added.",
    "organisation.changed": "An organisation changed its details.",
    "organisation.person_added": "An organisation added somebody.",
    "organisation.person_left": "Somebody left an organisation.",
    "organisation.handed_over": "Somebody handed an organisation over.",
    "request.made": "Somebody asked to be added to an organisation.",
    "request.accepted": "An organisation added somebody who had asked.",
    "request.declined": "An organisation did not add somebody who had asked.",
    "request.withdrawn": "Somebody no longer asks to be added to an organisation.",
    "request.admitted": "An administrator added somebody to an organisation that had not answered.",
    "request.turned_down": "An administrator did not add somebody to an organisation.",
    "consortium.formed": "A consortium was formed.",
    "consortium.renamed": "A consortium changed its name.",
    "consortium.person_named": "A consortium named somebody.",
    "consortium.person_unnamed": "A consortium took somebody off.",
    "consortium.member_left": "A member left a consortium.",
    "invitation.sent": "A consortium invited an organisation.",
    "invitation.accepted": "An organisation joined a consortium.",
    "invitation.declined": "An invitation to a consortium was declined.",
    "invitation.withdrawn": "An invitation to a consortium was withdrawn.",
}
"""What staff read before the opening."""
