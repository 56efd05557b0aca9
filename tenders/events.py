"""How the trail says what happened in a tender."""

SENTENCES: dict[str, str] = {
    "programme.added": "{by} added the programme {subject}.",
    "tender.drafted": "{by} began the tender {subject}.",
    "tender.edited": "{by} edited {subject}: {what}.",
    "tender.publishing_proposed": "{by} proposed to publish {subject}.",
    "tender.published": "{by} confirmed, and {subject} was published.",
    "tender.closed": "{subject} closed. Proposals in time: {count}.",
    "panellist.named": "{by} named {person} {part} of the panel.",
    "panellist.ended": "{by} ended {person}’s part as {part} of the panel.",
    "interests.declared": "{by} declared their interests for {subject}. In conflict with: {conflicts}.",
    "eligibility.recorded": "{by} recorded that “{proposal}” is {outcome}.",
    "score.locked": "{by} locked their score of “{proposal}” for {criterion}.",
    "moderation.started": "{by} started moderation of “{proposal}”.",
    "moderation.agreed": "{by} recorded the panel’s agreed scores of “{proposal}”.",
    "decision.proposed": "{by} proposed the awards of {tender}.",
    "decision.approved": "{by} approved the awards of {tender}.",
    "tender.decided": "{subject} was decided, as {by} approved.",
    "proposal.started": "{by} began the proposal “{subject}”.",
    "proposal.submitted": "{by} submitted “{subject}”, led by {lead}, to {tender}.",
    "proposal.withdrawn": "{by} withdrew “{subject}”, led by {lead}, from {tender}.",
    "proposal.refused_late": "{by} was too late to {what} “{subject}” for {tender}.",
    "proposal.held": "{receipt} was held when the proposals were opened. {why}",
    "tender.opening_proposed": "{by} proposed to open the proposals to {subject}.",
    "tender.opened": "{by} confirmed what {first} proposed: the proposals to {subject} were opened. "
    "{matching} of {count} fingerprints match.",
    "contract.offered": "{by} offered the contract {subject} to {lead}.",
    "contract.accepted": "{by} accepted the contract {subject} for {lead}.",
    "contract.countersigned": "{by} countersigned the contract {subject} with {lead}.",
    "contract.completed": "{by} completed the contract {subject} with {lead}.",
    "tender.finished": "The last contract of {subject} was completed by {by}: it is finished.",
    "question.asked": "Somebody asked a question.",
    "question.answered": "{by} answered a question for everybody: {subject}.",
    "question.refused_late": "A question came too late and was refused.",
    "watch.started": "{by} began to watch the tender.",
    "watch.ended": "{by} stopped watching the tender.",
    "notice.published": "{by} published the notice “{subject}”.",
}
"""Event name to sentence."""

SEALED: dict[str, str] = {
    "proposal.started": "A proposal was begun.",
    "proposal.submitted": "A proposal was submitted.",
    "proposal.withdrawn": "A proposal was withdrawn.",
    "proposal.refused_late": "Somebody came after the deadline with a proposal.",
    "proposal.held": "A proposal was held at the opening.",
    "question.asked": "Somebody asked a question.",
    "question.answered": "A question was answered for everybody.",
    "question.refused_late": "A question came too late and was refused.",
    "watch.started": "Somebody began to watch the tender.",
    "watch.ended": "Somebody stopped watching the tender.",
}
"""What staff read before the opening."""
