"""Mails about a later deadline: to who can confirm it, and to everybody it concerns once it is confirmed."""

from datetime import datetime

from odifund.core import mail
from odifund.core.models import Person
from tenders.access import who_confirms
from tenders.models import Extension, Notice
from tenders.notices.address_watch import everybody
from tenders.queries.extension import changes


def extending_proposed(extension: Extension, *, by: Person, at: datetime) -> None:
    """Everybody who could be the second person is asked, and told until when they can be."""
    tender = extension.tender
    mail.queue(
        "tenders/extending_proposed",
        key=f"tenders/extending_proposed:{extension.pk}",
        to=[person for person in who_confirms(tender) if person != by],
        at=at,
        context={"tender": tender, "extension": extension, "by": by},
        about=tender,
    )


def extended(extension: Extension, notice: Notice, *, at: datetime) -> None:
    """Whoever watches, asked, drafted or submitted, and who runs it: each address once."""
    tender = extension.tender
    mail.queue(
        "tenders/deadline_extended",
        key=f"tenders/deadline_extended:{extension.pk}",
        to=[*everybody(tender, askers=True), *who_confirms(tender)],
        at=at,
        context={"tender": tender, "notice": notice, "changes": changes(extension)},
        about=notice,
        sealed=True,
        private=True,
    )
