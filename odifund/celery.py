"""Celery, and the whole timetable of what the clock does by itself.

Every task takes nothing or ids, calls one action and is safe to run twice: rows in
PostgreSQL are the truth, and the broker may lose everything (docs/adr/0005).
"""

import os

from celery import Celery

from odifund.core.worker import SignOfLife

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "odifund.settings")

app = Celery("odifund")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["odifund.core", "tenders", "deliverables"])


def _every(task: str, seconds: float) -> dict[str, object]:
    """One line of the timetable; a run nobody took before the next is due is dropped."""
    return {"task": task, "schedule": seconds, "options": {"expires": max(seconds, 5.0)}}


app.steps["consumer"].add(SignOfLife)
app.conf.beat_scheduler = "odifund.core.beat:Timetable"
app.conf.beat_schedule = {
    "send what waits in the outbox": _every("core.send_mail", 5),
    "link new events": _every("core.link_events", 15),
    "scan files that wait": _every("core.scan_files", 5),
    "remind": _every("core.remind", 30),
    "remind addresses that watch": _every("tenders.remind_addresses", 30),
    "forget addresses that watched": _every("tenders.forget_addresses", 3600),
    "tell of answers": _every("tenders.tell_of_answers", 30),
    "publish tenders": _every("tenders.publish_tenders", 5),
    "close tenders": _every("tenders.close_tenders", 5),
    "expire invitations": _every("tenders.expire_invitations", 60),
    "forget forms sent long ago": _every("core.forget_forms", 3600),
    "forget files that stopped on their way": _every("tenders.forget_uploads", 3600),
    "publish the head of the trail": _every("core.mail_head", 3600),
}
