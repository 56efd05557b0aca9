"""The reminders of the competition, before their moments. The core's sweep gives each once."""

from collections.abc import Iterator
from datetime import datetime

from odifund.core.reminders import Due
from tenders.queries.watch import to_remind_of_questions


def questions_close(at: datetime) -> Iterator[Due]:
    """Two days before questions close, to watchers from outside the fund."""
    for watch in to_remind_of_questions(at):
        assert watch.tender.questions_close_at is not None
        yield Due(
            kind="tenders/questions_close",
            subject=watch,
            person=watch.person,
            moment_at=watch.tender.questions_close_at,
            context={"tender": watch.tender},
        )
