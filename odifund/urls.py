"""Every address of the portal, app by app."""

from django.urls import include, path

urlpatterns = [
    path("", include("odifund.core.urls")),
]
