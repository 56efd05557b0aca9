"""READ FIRST: the moves among the parties."""

from collections.abc import Iterator
from datetime import datetime

from consortia import access
from consortia.models import Invitation, JoinRequest
from odifund.core.lifecycle import Lifecycle, Step, Tick
from odifund.core.wording import time_of_day

I = Invitation.Status  # noqa: E741


def _an_hour_apart(invitation: Invitation, at: datetime) -> Iterator[str]:
    """Nobody is flooded with invitations."""
    if at < invitation.sent_again_from:
        from_ = time_of_day(invitation.sent_again_from)
        yield f"It was sent less than an hour ago. It can be sent again from {from_}."


INVITATION = Lifecycle(
    Invitation,
    #    verb        event                   from       to           who
    Step("accept", "invitation.accepted", (I.SENT,), I.ACCEPTED, who=lambda person, invitation: True),
    Step("decline", "invitation.declined", (I.SENT,), I.DECLINED, who=lambda person, invitation: True),
    Step("withdraw", "invitation.withdrawn", (I.SENT,), I.WITHDRAWN, who=access.manages_invitation),
    Step(
        "resend",
        "invitation.sent_again",
        (I.SENT, I.EXPIRED),
        I.SENT,
        who=access.manages_invitation,
        needs=_an_hour_apart,
    ),
    Tick("expire", "invitation.expired", (I.SENT,), I.EXPIRED, due="expires_at"),
)
"""Who accepts or declines holds the mailed key: the action asks for it."""

R = JoinRequest.Status


def _time_to_answer(request: JoinRequest, at: datetime) -> Iterator[str]:
    """The organisation's own people come first."""
    if at < request.decided_from:
        yield f"The people of {request.organisation} have three days to answer first."


JOINING = Lifecycle(
    JoinRequest,
    #    verb         event                   from            to            who                    and
    Step("accept", "request.accepted", (R.WAITING,), R.ACCEPTED, who=access.answers_request),
    Step("decline", "request.declined", (R.WAITING,), R.DECLINED, who=access.answers_request),
    Step("withdraw", "request.withdrawn", (R.WAITING,), R.WITHDRAWN, who=access.made_request),
    Step(
        "admit",
        "request.admitted",
        (R.WAITING,),
        R.ACCEPTED,
        who=access.decides_requests,
        needs=_time_to_answer,
    ),
    Step(
        "turn_down",
        "request.turned_down",
        (R.WAITING,),
        R.DECLINED,
        who=access.decides_requests,
        needs=_time_to_answer,
    ),
)
"""To belong to an organisation: its people answer; after three days an administrator may."""
