"""The deliverables app."""

from django.apps import AppConfig


class DeliverablesConfig(AppConfig):
    """Registers the event sentences."""

    name = "deliverables"

    def ready(self) -> None:
        """Tell the trail how to say this app's events."""
        from deliverables import events
        from odifund.core import audit

        audit.sentences.update(events.SENTENCES)
        audit.sealed_sentences.update(events.SEALED)
