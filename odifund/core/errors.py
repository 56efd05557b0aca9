"""The refusals people meet. Each is told in words and leads to a page, never to a traceback."""

from collections.abc import Iterable
from datetime import datetime


class Refused(Exception):
    """A move that was not made. `status` is the page's HTTP status."""

    status = 409
    template = "errors/moved_on.html"

    def __init__(self, message: str = "") -> None:
        self.message = message
        super().__init__(message)


class WrongPerson(Refused):
    """You can see this but may not do that (403)."""

    status = 403
    template = "403.html"


class MovedOn(Refused):
    """The thing has moved on since the page was drawn (409); or, under its own heading, stays as it is."""

    def __init__(self, message: str = "", *, heading: str = "This has moved on") -> None:
        self.heading = heading
        super().__init__(message)


class FileMissing(Refused):
    """A file has a row and no bytes: ours to put right (500)."""

    status = 500
    template = "errors/file_missing.html"


class FileHeld(WrongPerson):
    """A file that waits for the virus scanner, or in which it found something (403)."""

    template = "errors/file_held.html"

    def __init__(self, heading: str, message: str) -> None:
        self.heading = heading
        super().__init__(message)


class NotAsSubmitted(Refused):
    """What is stored is not what was submitted any more, so it is not shown (500)."""

    status = 500
    template = "errors/not_as_submitted.html"


class Busy(Refused):
    """What was asked for takes its turn, and its turn did not come in time (503)."""

    status = 503
    template = "errors/busy.html"


class NotReady(Refused):
    """Something is missing; the sentences are ready for the error summary."""

    status = 422
    template = "errors/not_ready.html"

    def __init__(self, sentences: Iterable[str]) -> None:
        self.sentences = list(sentences)
        super().__init__(" ".join(self.sentences))


class TooLate(Refused):
    """The moment has passed by the database's clock under the lock.

    The attempt is recorded in a transaction of its own after the rollback.
    """

    template = "errors/too_late.html"

    def __init__(self, message: str, *, deadline: datetime, judged_at: datetime, kept: str) -> None:
        self.deadline = deadline
        self.judged_at = judged_at
        self.kept = kept
        super().__init__(message)
