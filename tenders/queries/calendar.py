"""A tender's timetable as a calendar to subscribe to."""

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Count, Max

from odifund.core import ics
from tenders import timetable
from tenders.models import Tender
from tenders.queries.tender import dates_of

MAKER = "-//Open Data Institute//Stimulus fund//EN"
ASSUMED = "This date is the portal’s assumption."


def calendar_of(tender: Tender) -> str:
    """The file. What moves a date is told in a notice, so notices number the changes."""
    notices = tender.notices.aggregate(count=Count("pk"), newest=Max("published_at"))
    published = tender.published_at or tender.drafted_at
    changed_at = max(published, notices["newest"] or published)
    occasions = _occasions(tender, changed_at, notices["count"])
    return ics.calendar(f"{tender.reference}, {tender.title}", MAKER, occasions)


def _occasions(tender: Tender, changed_at: datetime, sequence: int) -> Iterator[ics.Occasion]:
    """Each date for itself, under a name that stays when the date moves."""
    url = f"{settings.PORTAL_URL}{tender.get_absolute_url()}"
    for name, when, what, who in _dates(tender):
        text = [f"{tender.title}", f"Who acts: {who}"]
        if name in tender.assumptions:
            text.append(ASSUMED)
        yield ics.Occasion(
            uid=f"{name}.{tender.pk}@{urlsplit(settings.PORTAL_URL).hostname}",
            when=when,
            title=f"{tender.reference}: {what}",
            text="\n".join([*text, f"{url}#timetable"]),
            url=url,
            changed_at=changed_at,
            sequence=sequence,
            is_cancelled=_is_off(tender, when),
        )


def _is_off(tender: Tender, when: timetable.When) -> bool:
    """Whether the tender ended before that date, so that nothing happens on it."""
    ended = tender.cancelled_at
    return ended is not None and timetable.in_order(ended, when, same_day=False)


def _dates(tender: Tender) -> Iterator[tuple[str, timetable.When, str, str]]:
    dates = dates_of(tender)
    if tender.published_at:
        dates["publish_on"] = timetable.day_of(tender.published_at)
    for name, (what, who, _, _) in timetable.CONSEQUENCES.items():
        if when := dates[name]:
            yield name, when, what, "Bidders" if who == "You" else who
    for owed in tender.owed.all():
        if owed.due_at:
            due = timetable.day_of(owed.due_at) if owed.is_event else owed.due_at
            yield f"owed.{owed.name}", due, owed.title, "Each lead" if owed.is_event else "Each consortium"
