"""The addresses above all apps."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from odifund.pages import demo, home, people, trail
from odifund.pages.health import health


def not_built(request: HttpRequest, **parts: str) -> HttpResponse:
    """Said plainly until the page is there."""
    return HttpResponse("This page is not built yet.", status=501, content_type="text/plain")


app_name = "pages"
urlpatterns = [
    path("healthz", health, name="health"),
    path("", not_built, name="front"),
    path("home/", home.home, name="home"),
    path("help/", not_built, name="help"),
    path("accessibility/", not_built, name="accessibility"),
    path("privacy/", not_built, name="privacy"),
    path("cookies/", not_built, name="cookies"),
    path("terms/", not_built, name="terms"),
    path("staff/people/", people.list_people, name="people"),
    path("staff/people/invite/", people.invite, name="invite_person"),
    path("staff/people/<uuid:key>/", people.person, name="person"),
    path("staff/people/<uuid:key>/roles/<slug:role>/end/", people.end_role, name="end_role"),
    path("staff/trail/", trail.trail, name="trail"),
    path("staff/outbox/", trail.letters, name="outbox"),
    path("demo/", demo.cast, name="demo"),
    path("demo/sign-in/", demo.sign_in, name="demo_sign_in"),
    path("demo/mail/", demo.sent_mail, name="demo_mail"),
]
