"""Every address of the portal, app by app."""

from django.urls import include, path

handler400 = "odifund.core.http.unreadable"
handler500 = "odifund.core.http.failed"

urlpatterns = [
    path("", include("odifund.core.urls")),
    path("", include("odifund.pages.urls")),
    path("", include("consortia.urls")),
    path("", include("tenders.urls")),
    path("", include("deliverables.urls")),
]
