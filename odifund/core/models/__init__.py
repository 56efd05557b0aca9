"""The core's tables, a module a noun."""

from odifund.core.models.availability import OpenSpan
from odifund.core.models.base import LONGEST_WEB_ADDRESS, AppendOnly, Row, frozen_with, paired, settled
from odifund.core.models.event import Event, EventDetails, Link, PublishedHead
from odifund.core.models.heartbeat import Demonstration, Heartbeat
from odifund.core.models.outbox import OutboxMessage
from odifund.core.models.person import Person
from odifund.core.models.reminder import Reminder
from odifund.core.models.role import Role
from odifund.core.models.sent_form import SentForm
from odifund.core.models.stored_file import StoredFile
from odifund.core.models.two_person import TwoPersonMove

__all__ = [
    "LONGEST_WEB_ADDRESS",
    "AppendOnly",
    "Demonstration",
    "Event",
    "EventDetails",
    "Heartbeat",
    "Link",
    "OpenSpan",
    "OutboxMessage",
    "Person",
    "PublishedHead",
    "Reminder",
    "Role",
    "Row",
    "SentForm",
    "StoredFile",
    "TwoPersonMove",
    "frozen_with",
    "paired",
    "settled",
]
