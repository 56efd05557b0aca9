"""READ FIRST: the moves among the parties."""

from consortia import access
from consortia.models import Invitation
from odifund.core.lifecycle import Lifecycle, Step

I = Invitation.Status  # noqa: E741

INVITATION = Lifecycle(
    Invitation,
    #    verb        event                   from       to           who
    Step("accept", "invitation.accepted", (I.SENT,), I.ACCEPTED, who=lambda person, invitation: True),
    Step("decline", "invitation.declined", (I.SENT,), I.DECLINED, who=lambda person, invitation: True),
    Step("withdraw", "invitation.withdrawn", (I.SENT,), I.WITHDRAWN, who=access.manages_invitation),
)
"""Who accepts or declines holds the mailed key: the action asks for it."""
