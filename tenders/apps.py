"""The tenders app."""

from django.apps import AppConfig


class TendersConfig(AppConfig):
    """Registers the event sentences."""

    name = "tenders"

    def ready(self) -> None:
        """Tell the trail how to say this app's events."""
        from odifund.core import audit
        from tenders import events

        audit.sentences.update(events.SENTENCES)
        audit.sealed_sentences.update(events.SEALED)
