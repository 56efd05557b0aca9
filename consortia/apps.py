"""The consortia app."""

from django.apps import AppConfig


class ConsortiaConfig(AppConfig):
    """Registers the event sentences."""

    name = "consortia"

    def ready(self) -> None:
        """Tell the trail how to say this app's events."""
        from consortia import events
        from odifund.core import audit

        audit.sentences.update(events.SENTENCES)
        audit.sealed_sentences.update(events.SEALED)
