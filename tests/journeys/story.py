"""A story's clock: as time passes, the tasks of beat's timetable run on the way."""

from datetime import UTC, datetime, time, timedelta

from odifund.core import clock
from odifund.core.tasks import link_events, mail_head, remind, send_mail
from odifund.core.wording import LONDON
from tenders.tasks import close_tenders
from tests.journeys.visitor import Visitor

AWAKE = timedelta(days=10)
TASKS = (close_tenders, remind, send_mail, link_events, mail_head)


def london(day, month, *clock_time, year=2017):
    """The instant at which clocks in London show this; 9am if no time is said."""
    return datetime(year, month, day, *(clock_time or (9,)), tzinfo=LONDON).astimezone(UTC)


class Story:
    """One moment at a time, and somebody who never signs in."""

    def __init__(self, at):
        self.at = at
        self.anybody = Visitor(self)

    @property
    def today(self):
        return clock.today(self.at)

    def turns_to(self, at):
        """Let time pass: beat sleeps, and in the last ten days runs at five, the hour of every deadline."""
        assert at >= self.at, f"it is {self.at} already"
        self.works()
        first = max(self.today, clock.today(at) - AWAKE)
        for day in range((clock.today(at) - first).days + 1):
            five = datetime.combine(first + timedelta(days=day), time(17), LONDON).astimezone(UTC)
            if self.at < five < at:
                self.at = five
                self.works()
        self.at = at
        self.works()

    def works(self):
        """The worker's turn: every task once, at this moment."""
        with clock.held_at(self.at):
            for task in TASKS:
                task()
