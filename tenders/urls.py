"""The addresses of the competition."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def not_built(request: HttpRequest, **parts: str) -> HttpResponse:
    """Said plainly until the page is there."""
    return HttpResponse("This page is not built yet.", status=501, content_type="text/plain")


app_name = "tenders"
urlpatterns = [
    path("tenders/", not_built, name="list"),
    path("tenders/<slug:reference>/", not_built, name="tender"),
]
