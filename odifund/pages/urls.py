"""The addresses above all apps."""

from django.urls import path

from odifund.pages import accounts, availability, demo, front, home, people, trail
from odifund.pages.health import health

app_name = "pages"
urlpatterns = [
    path("favicon.ico", front.favicon, name="favicon"),
    path("robots.txt", front.robots, name="robots"),
    path("healthz", health, name="health"),
    path("canary/", availability.canary, name="canary"),
    path("availability/", availability.show, name="availability"),
    path("", front.front, name="front"),
    path("home/", home.home, name="home"),
    path("help/", front.help_page, name="help"),
    path("accessibility/", front.accessibility, name="accessibility"),
    path("privacy/", front.privacy, name="privacy"),
    path("cookies/", front.cookies, name="cookies"),
    path("terms/", front.terms, name="terms"),
    path("staff/people/", people.list_people, name="people"),
    path("staff/people/invite/", people.invite, name="invite_person"),
    path("staff/people/<uuid:key>/", people.person, name="person"),
    path("staff/people/<uuid:key>/roles/<slug:role>/end/", people.end_role, name="end_role"),
    path("staff/accounts/", accounts.find, name="find_account"),
    path("staff/accounts/<uuid:key>/", accounts.change_address, name="account_of"),
    path("staff/trail/", trail.trail, name="trail"),
    path("staff/outbox/", trail.letters, name="outbox"),
    path("staff/outbox/<uuid:key>/send-again/", trail.send_again, name="send_again"),
    path("demo/", demo.cast, name="demo"),
    path("demo/sign-in/", demo.sign_in, name="demo_sign_in"),
    path("demo/mail/", demo.sent_mail, name="demo_mail"),
]
