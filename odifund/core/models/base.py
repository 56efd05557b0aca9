"""What tables have in common: opaque keys, pairs of who and when, and rows that never change."""

import uuid
from typing import ClassVar

import pgtrigger
from django.db import models

LONGEST_WEB_ADDRESS = 2020  # characters: what a form takes, and the https:// that it puts before


class Row(models.Model):
    """A row with an opaque key, so that an address tells nothing about how many there are."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


class AppendOnly(models.Model):
    """Rows that are written once.

    Held twice: by these triggers, and by the serving role's lack of rights
    (`manage.py grant_portal_role` reads `append_only`).
    """

    append_only: ClassVar[bool] = True

    class Meta:
        abstract = True
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Protect(name="written_once", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="never_emptied",
                level=pgtrigger.Statement,
                when=pgtrigger.Before,
                operation=pgtrigger.Truncate,
                func="RAISE EXCEPTION 'rows of % are written once', TG_TABLE_NAME;",
            ),
        ]


def settled(**when: object) -> list[pgtrigger.Trigger]:
    """Triggers: a row that has these values is neither changed nor deleted any more; none given: no row."""
    condition = pgtrigger.Q(**{f"old__{name}": value for name, value in when.items()}) if when else None
    deeds = pgtrigger.Update | pgtrigger.Delete
    return [pgtrigger.Protect(name="settled", operation=deeds, condition=condition)]


def paired(stem: str) -> models.CheckConstraint:
    """The constraint that `<stem>_by` and `<stem>_at` are both set or both empty."""
    both = models.Q(**{f"{stem}_by__isnull": False, f"{stem}_at__isnull": False})
    neither = models.Q(**{f"{stem}_by__isnull": True, f"{stem}_at__isnull": True})
    return models.CheckConstraint(condition=both | neither, name=f"%(class)s_{stem}_by_and_at")


def frozen_with(table: str, column: str, unless: str) -> list[pgtrigger.Trigger]:
    """Triggers: rows belong to a row of `table` by `column`, and stay as they are unless it is so."""
    func = f"""
        IF EXISTS (SELECT FROM {table} WHERE id IN (NEW.{column}, OLD.{column}) AND NOT ({unless})) THEN
            RAISE EXCEPTION 'rows of % are frozen', TG_TABLE_NAME;
        END IF;
        RETURN NULL;
    """
    deeds = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete
    return [pgtrigger.Trigger(name="frozen", when=pgtrigger.After, operation=deeds, func=func)]
