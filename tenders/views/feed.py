"""What happened, to subscribe to: Atom feeds, and a tender's timetable as a calendar. Only what is public."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import conditional_page, require_safe

from odifund.core.http import PortalRequest
from odifund.core.prose import from_plain_text
from tenders import access
from tenders.queries import calendar, feed

ODI = "The Open Data Institute"
ALL = UUID("6a8cf9d1-31ce-4c0f-9d7b-6f1d1c1d7a52")  # names the feed of all tenders for good


class Feed(Atom1Feed):
    """Atom whose `updated` is that of its newest entry, of an empty feed a fixed day: no clock is read."""

    def latest_post_date(self) -> datetime:
        """When the newest entry was written."""
        return max((item["updateddate"] for item in self.items), default=datetime(2017, 1, 1, tzinfo=UTC))


@require_safe
@conditional_page
def of_all(request: PortalRequest) -> HttpResponse:
    """Every public tender: published, announced, answered, closed, decided."""
    page, here = reverse("tenders:list"), reverse("tenders:feed")
    return _written(ALL, "Tenders of the stimulus fund", page, here, feed.entries_of_all())


@require_safe
@conditional_page
def of_tender(request: PortalRequest, reference: str) -> HttpResponse:
    """One tender."""
    tender = access.public_tender_or_404(reference)
    here = reverse("tenders:tender_feed", args=[tender.reference])
    return _written(tender.pk, str(tender), tender.get_absolute_url(), here, feed.entries_of(tender))


@require_safe
@conditional_page
def timetable(request: PortalRequest, reference: str) -> HttpResponse:
    """The timetable, for calendars to subscribe to; of a draft for who sees its preview; no rehearsal's."""
    tender = access.tender_or_404(request, reference)
    if tender.rehearses:
        raise Http404
    answer = HttpResponse(calendar.calendar_of(tender), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'inline; filename="{tender.reference}-timetable.ics"'
    return answer


def _written(key: UUID, title: str, page: str, here: str, entries: Sequence[feed.Entry]) -> HttpResponse:
    """Links begin with the portal's own address, whatever name it was asked by."""
    portal = settings.PORTAL_URL
    atom = Feed(
        title,
        f"{portal}{page}",
        "",
        language="en-GB",
        author_name=ODI,
        feed_url=f"{portal}{here}",
        feed_guid=key.urn,
    )
    for entry in entries:
        atom.add_item(
            entry.title,
            f"{portal}{entry.path}",
            from_plain_text(entry.text),
            unique_id=entry.key.urn,
            pubdate=entry.at,
            updateddate=entry.at,
        )
    return HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
