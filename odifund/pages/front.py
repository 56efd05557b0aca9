"""The public front page, and the pages its foot leads to."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from odifund.core import access
from odifund.core.http import PortalRequest
from odifund.pages import cards
from tenders.queries import rounds


@require_safe
def front(request: PortalRequest) -> HttpResponse:
    """What this is, what is open, what came of it, how it works."""
    found = rounds.public_rounds(request.at)
    return render(
        request,
        "pages/front.html",
        {
            "rounds": found,
            "patterns": list(cards.newest_patterns()),
            "patterns_in_all": cards.patterns_in_all(),
            "is_staff": access.is_staff(request.user),
        },
    )


@require_safe
def help_page(request: PortalRequest) -> HttpResponse:
    """Whom to ring, how a proposal becomes a payment, what if something goes wrong."""
    return render(request, "pages/help.html")


@require_safe
def accessibility(request: PortalRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "pages/accessibility.html")


@require_safe
def privacy(request: PortalRequest) -> HttpResponse:
    """What is kept about people, how long, and who sees it."""
    return render(request, "pages/privacy.html")


@require_safe
def cookies(request: PortalRequest) -> HttpResponse:
    """The cookies by name."""
    names = {
        "signed_in": settings.SESSION_COOKIE_NAME,
        "form_key": settings.CSRF_COOKIE_NAME,
        "days": settings.SESSION_COOKIE_AGE // (24 * 3600),
    }
    return render(request, "pages/cookies.html", {"cookies": names})


@require_safe
def terms(request: PortalRequest) -> HttpResponse:
    """The terms of using the portal."""
    return render(request, "pages/terms.html")


@require_safe
def robots(request: PortalRequest) -> HttpResponse:
    """What search engines may read: everything public."""
    return render(request, "pages/robots.txt", content_type="text/plain")


@require_safe
def favicon(_request: PortalRequest) -> HttpResponse:
    """Where programs look for the mark that no page told them of. Kept for a day: its own name may change."""
    answer = redirect(static("favicon.svg"), permanent=True)
    patch_cache_control(answer, public=True, max_age=86_400)
    return answer
