"""The ODI stimulus fund portal: wiring of its apps."""

from odifund.celery import app as celery_app

__all__ = ["celery_app"]
