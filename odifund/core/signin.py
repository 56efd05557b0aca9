"""Sign-in by a code sent by e-mail: how django-allauth is fitted to this portal.

The code's mail is the one mail a request sends itself, so that a dead worker locks nobody out.
"""

import uuid
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.models import EmailAddress
from django import forms
from django.conf import settings
from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from odifund.core import audit, clock, devices, mail, ways
from odifund.core.forms.texts import TextField
from odifund.core.links import is_ours
from odifund.core.models import Event, Person


class NameForm(forms.Form):
    """What registering asks beside the address."""

    name = TextField(label="Your name", what="your name", characters=120, autocomplete="name")

    def signup(self, request: HttpRequest, person: Person) -> None:
        """Keep the name; called by allauth with the person it has just made."""
        person.name = self.cleaned_data["name"]
        person.joined_at = request.at  # type: ignore[attr-defined]
        person.save()


def _is_known(person: Person) -> bool:
    """Whether the trail tells already how the person came here."""
    came = ("person.registered", "person.invited")
    return Event.objects.filter(subject_id=str(person.pk), name__in=came).exists()


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """Reads who signed in together with their roles: one question less on every page."""

    def get_user(self, user_id: uuid.UUID) -> Person | None:
        """The person of a session, unless their account is closed."""
        held = ArrayAgg("role__role", filter=Q(role__ended_at=None, role__role__isnull=False), default=[])
        person = Person.objects.annotate(held_roles=held).filter(pk=user_id).first()
        return person if person and self.user_can_authenticate(person) else None


class SecondStep(ways.SecondStep):
    """The second step of signing in; a code that went to an address given up meanwhile leads nowhere."""

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """Ask for the authenticator app, or go on."""
        shown = get_authentication_records(self.request, self.login.user)
        sent_to = [record["email"] for record in shown if record["method"] == "code" and record.get("email")]
        if sent_to and sent_to[-1].lower() != self.login.user.email:
            return redirect("account_login"), False
        answer: tuple[HttpResponse | None, bool] = super().handle()
        return answer


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sends allauth's mails our way, and says what is wrong in our words."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": "That is not the code. Enter the one in the newest mail",
        "too_many_login_attempts": "That was tried too often. Wait a few minutes, then ask for a new code.",
        "rate_limited": "You asked for many codes. Wait a few minutes, then ask again.",
        "account_inactive": "This account is closed. Ring us if that is a mistake.",
    }

    def is_safe_url(self, url: str) -> bool:
        """Nobody who signed in is led out of the portal, nor to what is no address."""
        return is_ours(url)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send at once, and leave it to the outbox after five seconds."""
        message = self.render_mail(template_prefix, email, context)
        kind = f"account/{template_prefix.rpartition('/')[2]}"
        mail.send_at_once(email, message.subject, message.body, kind=kind, at=clock.now())

    def post(self, template: str, email: str, context: dict[str, Any]) -> None:
        """Send a code that somebody waits for, as the one that signs in."""
        self.send_mail(template, email, context)

    def send_account_already_exists_mail(self, email: str) -> None:
        """To somebody who registers again; allauth's own speaks of passwords, which nobody has here."""
        sign_in = f"{settings.PORTAL_URL}{reverse('account_login')}"
        context = {"email": email, "sign_in": sign_in}
        self.send_mail("account/email/account_already_exists", email, context)

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """The code was right: only now has somebody registered, who can be written down by their name."""
        confirmed = bool(super().confirm_email(request, email_address))
        person = email_address.user
        if confirmed and not _is_known(person):
            at = request.at  # type: ignore[attr-defined]
            audit.record("person.registered", person, by=person, at=at, sealed=True)
        return confirmed

    def get_login_stages(self) -> list[str]:
        """The steps of signing in, the second of them ours."""
        second = {"allauth.mfa.stages.AuthenticateStage": "odifund.core.signin.SecondStep"}
        return [second.get(stage, stage) for stage in super().get_login_stages()]

    def post_login(self, request: HttpRequest, user: Person, **more: Any) -> HttpResponse:
        """Signed in: for as long as it will be needed."""
        answer: HttpResponse = super().post_login(request, user, **more)
        devices.stay(request, user, request.at)  # type: ignore[attr-defined]
        return answer

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Never by allauth: `proof` asks, on every page that changes how one signs in."""
        return False

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Anybody may register."""
        return True
