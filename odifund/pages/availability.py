"""The canary, and the public page that says when the portal was away."""

from datetime import timedelta
from functools import lru_cache

from django.conf import settings
from django.db import Error
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from odifund.core import availability
from odifund.core.http import PortalRequest
from odifund.core.wording import span
from odifund.pages.health import could_take_a_proposal

DAYS = timedelta(days=30)
SHOWN = 100


@csrf_exempt  # it does nothing in anybody's name: that it was asked and answered is all it says
@never_cache
@require_POST
def canary(request: PortalRequest) -> HttpResponse:
    """Write it, where web, database and storage could take a proposal at this moment."""
    remembered = max(1.0, settings.CANARY_SECONDS / 3)
    written = _written(request.at.timestamp() // remembered)
    words = "written" if written else "no proposal could be taken"
    return HttpResponse(words, status=200 if written else 503, content_type="text/plain")


@lru_cache(maxsize=1)
def _written(_span: float) -> bool:
    """Once in each span of some seconds, by each process: anybody may ask."""
    if not could_take_a_proposal():
        return False
    try:
        availability.note()
    except Error:
        return False
    return True


@require_safe
def show(request: PortalRequest) -> HttpResponse:
    """How long the portal was away in the last 30 days, and each time of it."""
    since = request.at - DAYS
    found = availability.gaps(since, request.at)
    length = availability.away(found, since, request.at)
    context = {
        "gaps": [(gap, span(gap.length)) for gap in found[:SHOWN]],
        "more": len(found) - SHOWN if len(found) > SHOWN else 0,
        "length": span(length) if length else "",
        "began_at": availability.began_at(),
        "since": since,
        "seconds": settings.CANARY_SECONDS,
    }
    return render(request, "pages/availability.html", context)
