"""What the clock does for the core. Each task is safe to run twice and holds no state."""

from celery import shared_task

from odifund.core import audit as trail
from odifund.core import clock, mail, once, postman, reminders, scanning
from odifund.core.models import Person, Role


@shared_task(name="core.send_mail", time_limit=120)
def send_mail() -> None:
    """Send what waits in the outbox; while another worker does, there is nothing to do."""
    postman.sweep()


@shared_task(name="core.link_events")
def link_events() -> None:
    """Chain the events that were committed since the last time."""
    while trail.link(clock.now()):
        pass


@shared_task(name="core.scan_files", time_limit=300)
def scan_files() -> None:
    """Have the scanner look at every file that waits; without a scanner there is nothing to do."""
    scanning.sweep(clock.now())


@shared_task(name="core.remind")
def remind() -> None:
    """Give every reminder that is due."""
    reminders.sweep(clock.now())


@shared_task(name="core.forget_forms")
def forget_forms() -> None:
    """Forget forms that nobody can send again."""
    once.forget(clock.now())


@shared_task(name="core.mail_head")
def mail_head() -> None:
    """Once a day, mail the head of the trail to the observers (design: a chain cannot show its own end)."""
    at = clock.now()
    day = clock.today(at).isoformat()
    observers = Person.objects.filter(is_active=True, role__role=Role.Name.OBSERVER, role__ended_at=None)
    key = f"core/trail_head:{day}"
    if not observers or mail.was_queued(key):
        return
    if head := trail.publish_head(f"the mail of {day}", at=at):
        mail.queue("core/trail_head", key=key, to=observers, at=at, context={"head": head})
