"""Give the serving role its rights: it reads and writes rows, and cannot change what is written once."""

import os
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db import connection


class Command(BaseCommand):
    """Run as the owner, after migrate; the role's name is in PORTAL_ROLE."""

    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        """Grant, then take back UPDATE, DELETE and TRUNCATE on append-only tables."""
        role = os.environ.get("PORTAL_ROLE", "")
        if not role.isidentifier():
            raise CommandError("Set PORTAL_ROLE to the name of the role that serves.")
        statements = [
            f"GRANT USAGE ON SCHEMA public TO {role}",
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
            f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
            f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}",
        ]
        statements += [
            f"REVOKE UPDATE, DELETE, TRUNCATE ON {model._meta.db_table} FROM {role}"
            for model in apps.get_models()
            if getattr(model, "append_only", False)
        ]
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
