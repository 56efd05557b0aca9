"""The tenders app."""

from django.apps import AppConfig


class TendersConfig(AppConfig):
    """Registers the event sentences and the reminders."""

    name = "tenders"

    def ready(self) -> None:
        """Tell the trail how to say this app's events, and the sweeps what is this app's."""
        from odifund.core import audit, devices, scanning
        from odifund.core import reminders as core
        from tenders import events, reminders
        from tenders.actions import attachment
        from tenders.queries import settled, unsubmitted

        audit.sentences.update(events.SENTENCES)
        audit.sealed_sentences.update(events.SEALED)
        audit.settled.append(settled.faults)
        scanning.found_harmful.append(attachment.found_harmful)
        core.sources.append(reminders.questions_close)
        core.sources.append(reminders.proposals_close)
        core.sources.append(reminders.try_signing_in)
        devices.needed_until.append(unsubmitted.needed_until)
