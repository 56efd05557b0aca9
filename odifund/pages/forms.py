"""The forms of the pages above all apps."""

from typing import Any

from odifund.core import forms, outbox, people


def _roles() -> list[tuple[str, str]]:
    return [forms.choice(role.value, str(role.label), does) for role, does in people.ROLES.items()]


class Invitation(forms.Form):
    """Who is invited to work for the fund, and as what."""

    email = forms.EmailField(label="E-mail address", help_text="They sign in with a code sent to it.")
    name = forms.TextField(label="Name", what="their name", characters=120, width=20)
    roles = forms.ChoicesField(label="What they will do", what="at least one role", choices=_roles)


class NewRole(forms.Form):
    """A role to give to somebody who is known."""

    role = forms.ChoiceField(label="Role", what="a role", choices=_roles)


class TrailFilter(forms.Form):
    """Which part of the trail to read."""

    says_optional = False
    tender = forms.SelectField(label="Tender", required=False)
    person = forms.EmailField(label="Person, by e-mail address", required=False)
    since = forms.DateField(label="From", what="the first day", required=False)
    until = forms.DateField(label="To", what="the last day", required=False)

    def __init__(self, *args: Any, tenders: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["tender"].choices = [("", "All"), *tenders]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", "The last day must be the first day or later")
        return cleaned


class OutboxFilter(forms.Form):
    """Which mails to look at."""

    says_optional = False
    state = forms.SelectField(label="State", required=False, choices=lambda: [("", "All"), *outbox.STATES])
