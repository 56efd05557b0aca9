"""The mail about a reported problem. Its words stay in the portal: they may show who bids."""

from datetime import datetime

from odifund.core import mail
from tenders.access import who_reads_problems
from tenders.models import ProblemReport

TOGETHER = 10  # minutes in which one mail tells of all


def problem_reported(report: ProblemReport, *, at: datetime) -> None:
    """Who can act hears of it, in a storm of reports once in ten minutes."""
    span = at.replace(minute=at.minute - at.minute % TOGETHER, second=0, microsecond=0)
    mail.queue(
        "tenders/problem_reported",
        key=f"tenders/problem_reported:{report.tender_id}:{span.isoformat()}",
        to=who_reads_problems(report.tender),
        at=at,
        context={"report": report, "tender": report.tender},
        about=report,
    )
