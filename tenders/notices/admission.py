"""The mail that asks a second person about a late attempt. Who tried is not in it."""

from datetime import datetime

from odifund.core import mail
from odifund.core.models import Person
from tenders.access import who_confirms
from tenders.models import Admission


def admission_proposed(admission: Admission, *, by: Person, at: datetime) -> None:
    """Everybody who could confirm it is asked."""
    tender = admission.attempt.tender
    mail.queue(
        "tenders/admission_proposed",
        key=f"tenders/admission_proposed:{admission.pk}:{at.isoformat()}",
        to=[person for person in who_confirms(tender) if person != by],
        at=at,
        context={"admission": admission, "tender": tender, "by": by},
        about=admission,
    )
