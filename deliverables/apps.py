"""The deliverables app."""

from django.apps import AppConfig


class DeliverablesConfig(AppConfig):
    """Registers the event sentences and the reminders."""

    name = "deliverables"

    def ready(self) -> None:
        """Tell the trail how to say this app's events, and the clock whom to remind."""
        from deliverables import events
        from deliverables.queries import reminders as ours
        from odifund.core import audit, reminders

        audit.sentences.update(events.SENTENCES)
        audit.sealed_sentences.update(events.SEALED)
        reminders.sources.append(ours.due)
