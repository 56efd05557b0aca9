"""A person: one account for every tender, known by an e-mail address."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models.functions import Lower
from django.utils.functional import cached_property


class PersonManager(BaseUserManager["Person"]):
    """Makes people. None has a password: sign-in is by a code sent by e-mail."""

    def make(self, email: str, name: str, **more: Any) -> "Person":
        """A saved person with this address, in lower case. The first sign-in code verifies the address."""
        from allauth.account.models import EmailAddress

        person = self.model(email=email.strip().lower(), name=name.strip(), **more)
        person.set_unusable_password()
        person.save(using=self._db)
        EmailAddress.objects.using(self._db).create(user=person, email=person.email, primary=True)
        return person

    def with_roles(self) -> "models.QuerySet[Person]":
        """People read together with the roles they hold now."""
        from odifund.core.models.role import Role

        held = Role.objects.filter(person=models.OuterRef("pk"), ended_at=None)
        return self.annotate(held=ArraySubquery(held.values("role")))


class Person(AbstractBaseUser):
    """Somebody who can sign in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(null=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = PersonManager()

    class Meta:
        constraints = (models.UniqueConstraint(Lower("email"), name="person_email_once"),)

    def __str__(self) -> str:
        return self.name or self.email

    @cached_property
    def roles(self) -> frozenset[str]:
        """The names of the roles this person holds now, read once a request."""
        if (held := self.__dict__.get("held")) is not None:
            return frozenset(held)
        return frozenset(self.role_set.filter(ended_at=None).values_list("role", flat=True))
