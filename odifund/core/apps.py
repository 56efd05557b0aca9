"""The core app."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Registers the core's event sentences."""

    name = "odifund.core"
    label = "core"
    verbose_name = "Core"

    def ready(self) -> None:
        """Tell the trail how to say the core's events."""
        from odifund.core import audit, events

        audit.sentences.update(events.SENTENCES)
        audit.sealed_sentences.update(events.SEALED)
