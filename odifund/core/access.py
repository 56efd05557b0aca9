"""Who holds which role. Each app's own `access.py` decides about its own things with these."""

from typing import TYPE_CHECKING, TypeGuard

from django.db.models import QuerySet

from odifund.core.models import Person, Role

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
