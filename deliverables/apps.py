"""The deliverables app."""

from django.apps import AppConfig


class DeliverablesConfig(AppConfig):
    """Registers the event sentences, the reminders, and what a decided tender's pages show of delivery."""

    name = "deliverables"

    def ready(self) -> None:
        """Tell the trail how to say this app's events, and the clock whom to remind."""
        from deliverables import events
        from deliverables.queries import library
        from deliverables.queries import reminders as ours
        from odifund.core import audit, reminders
        from tenders.queries import seen

        audit.sentences.update(events.SENTENCES)
        audit.sealed_sentences.update(events.SEALED)
        reminders.sources.append(ours.due)
        seen.came_of.append(library.rows_behind)
