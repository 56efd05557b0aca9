"""A role somebody holds at the fund. Roles in one tender's panel are the tenders app's."""

from django.db import models

from odifund.core.models.base import Row, paired
from odifund.core.models.person import Person


class Role(Row):
    """Person P is a manager since D; kept when it ends."""

    class Name(models.TextChoices):
        """design.md 2: the seven roles of the fund's own people."""

        ADMINISTRATOR = "administrator", "Administrator"
        MANAGER = "manager", "Manager"
        APPROVER = "approver", "Approver"
        MODERATOR = "moderator", "Moderator"
        EVALUATOR = "evaluator", "Evaluator"
        FINANCE = "finance", "Finance"
        OBSERVER = "observer", "Observer"

    person = models.ForeignKey(Person, models.PROTECT)
    role = models.CharField(max_length=20, choices=Name.choices)
    given_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField()
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("person", "role"), condition=models.Q(ended_at=None), name="role_held_once"
            ),
            paired("ended"),
        )

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.person_id}"
