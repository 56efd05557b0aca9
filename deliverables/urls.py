"""The addresses of delivery and the library."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def not_built(request: HttpRequest, **parts: str) -> HttpResponse:
    """Said plainly until the page is there."""
    return HttpResponse("This page is not built yet.", status=501, content_type="text/plain")


app_name = "deliverables"
urlpatterns = [
    path("contracts/<uuid:key>/", not_built, name="contract"),
    path("deliverables/<uuid:key>/", not_built, name="deliverable"),
    path("staff/tenders/<slug:reference>/delivery/", not_built, name="delivery"),
    path("payments/", not_built, name="payments"),
    path("patterns/", not_built, name="patterns"),
    path("patterns/<slug:slug>/", not_built, name="pattern"),
    path("blog/", not_built, name="blog"),
    path("blog/<slug:slug>/", not_built, name="blog_post"),
]
