"""The addresses of delivery and the library."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def not_built(request: HttpRequest, **parts: str) -> HttpResponse:
    """Said plainly until the page is there."""
    return HttpResponse("This page is not built yet.", status=501, content_type="text/plain")


app_name = "deliverables"
urlpatterns = [
    path("patterns/", not_built, name="patterns"),
    path("blog/", not_built, name="blog"),
]
