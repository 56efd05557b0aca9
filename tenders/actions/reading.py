"""Reading an opened proposal: the one place through which it is read, and where reading is logged."""

from datetime import datetime

from odifund.core.errors import WrongPerson
from odifund.core.models import Person
from tenders import access
from tenders.models import Reading, Version
from tenders.queries import contents as written
from tenders.queries.contents import Contents


def contents(version: Version, *, by: Person, at: datetime, what: str = "the proposal") -> Contents:
    """What an opened version says, for somebody for whom it was opened; writes the access log.

    `what` says what was read, such as a section's title or a file's name.
    """
    if not access.opened_proposals_for(by).filter(pk=version.proposal_id).exists():
        raise WrongPerson("This proposal is not open to you.")
    Reading.objects.create(version=version, person=by, read_at=at, what=what[:60])
    return written.of(version)
