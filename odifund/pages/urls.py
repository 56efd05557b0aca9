"""The addresses above all apps."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from odifund.pages import demo
from odifund.pages.health import health


def not_built(request: HttpRequest, **parts: str) -> HttpResponse:
    """Said plainly until the page is there."""
    return HttpResponse("This page is not built yet.", status=501, content_type="text/plain")


app_name = "pages"
urlpatterns = [
    path("healthz", health, name="health"),
    path("", not_built, name="front"),
    path("home/", not_built, name="home"),
    path("help/", not_built, name="help"),
    path("accessibility/", not_built, name="accessibility"),
    path("privacy/", not_built, name="privacy"),
    path("cookies/", not_built, name="cookies"),
    path("terms/", not_built, name="terms"),
    path("demo/", demo.cast, name="demo"),
    path("demo/sign-in/", demo.sign_in, name="demo_sign_in"),
    path("demo/mail/", demo.sent_mail, name="demo_mail"),
]
