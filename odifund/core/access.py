"""Who holds which role. Each app's own `access.py` decides about its own things with these."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeGuard
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from odifund.core.errors import WrongPerson
from odifund.core.models import OutboxMessage, Person, Role, StoredFile

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

ADMINISTRATOR, MANAGER, APPROVER = Role.Name.ADMINISTRATOR, Role.Name.MANAGER, Role.Name.APPROVER
MODERATOR, EVALUATOR = Role.Name.MODERATOR, Role.Name.EVALUATOR
FINANCE, OBSERVER = Role.Name.FINANCE, Role.Name.OBSERVER


def signed_in(user: "Person | AnonymousUser | None") -> TypeGuard[Person]:
    """Whether this is a person, signed in and active."""
    return isinstance(user, Person) and user.is_active


def holds(user: "Person | AnonymousUser | None", *roles: str) -> bool:
    """Whether the person holds one of these roles now."""
    return signed_in(user) and not user.roles.isdisjoint(roles)


def holders(*roles: str) -> QuerySet[Person]:
    """Everybody who holds one of these roles now: whom a notice to staff goes to."""
    held = Role.objects.filter(role__in=roles, ended_at=None)
    return Person.objects.filter(pk__in=held.values("person"), is_active=True).order_by("name", "pk")


def is_staff(user: "Person | AnonymousUser | None") -> bool:
    """Whether the person holds any role at the fund."""
    return signed_in(user) and bool(user.roles)


def administers(user: "Person | AnonymousUser | None", _thing: object = None) -> bool:
    """Whether the person may invite people and give roles."""
    return holds(user, ADMINISTRATOR)


def reads_trail(user: "Person | AnonymousUser | None", _thing: object = None) -> bool:
    """Whether the person may read the trail: observers, and managers of their own work."""
    return holds(user, OBSERVER, MANAGER, ADMINISTRATOR)


def reads_outbox(user: "Person | AnonymousUser | None", _thing: object = None) -> bool:
    """Whether the person may see which mails went out."""
    return holds(user, MANAGER, ADMINISTRATOR)


def only(request: HttpRequest, rule: "Callable[[Person | AnonymousUser], bool]") -> None:
    """Who is not of the fund's staff finds no page (404); staff without the role are told so (403)."""
    if not is_staff(request.user):
        raise Http404
    if not rule(request.user):
        raise WrongPerson("Your role does not reach this page.")


def staff() -> QuerySet[Person]:
    """Everybody who holds or held a role at the fund. People of bidders are no part of it."""
    return Person.objects.filter(role__isnull=False).distinct().order_by("name", "email")


def mail_or_404(request: HttpRequest, key: UUID) -> OutboxMessage:
    """A mail of the outbox, for whoever may see which mails went out."""
    only(request, reads_outbox)
    return get_object_or_404(OutboxMessage, pk=key)


def person_or_404(request: HttpRequest, key: UUID) -> Person:
    """Anybody with an account, for who may put its address right."""
    only(request, administers)
    return get_object_or_404(Person, pk=key)


def staff_or_404(request: HttpRequest, key: UUID) -> Person:
    """Somebody of the fund's staff."""
    return get_object_or_404(staff(), pk=key)


def opens(user: "Person | AnonymousUser | None", stored: StoredFile) -> bool:
    """Whether the scan lets the person open a file that they were let in to.

    Until it was checked only who sent it does; what is harmful nobody does. Where the portal has no
    scanner, what was never found harmful is open, and pages say that it is not checked.
    """
    if stored.is_harmful:
        return False
    if stored.is_clean or not settings.CLAMD:
        return True
    return signed_in(user) and user.pk == stored.uploaded_by_id
