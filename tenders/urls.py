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
    path("tenders/<slug:reference>/register/", not_built, name="register"),
    path("tenders/<slug:reference>/register.json", not_built, name="register_json"),
    path("proposals/<uuid:key>/", not_built, name="proposal"),
    path("proposals/<uuid:key>/about/", not_built, name="edit_proposal"),
    path("proposals/<uuid:key>/sections/<uuid:section>/", not_built, name="section"),
    path("proposals/<uuid:key>/costs/", not_built, name="costs"),
    path("proposals/<uuid:key>/receipts/<int:number>/", not_built, name="receipt"),
    path("tenders/<slug:reference>/outcome/", not_built, name="tender_outcome"),
    path("proposals/<uuid:key>/outcome/", not_built, name="proposal_outcome"),
]
