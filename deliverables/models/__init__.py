"""The tables of delivery, a module a noun."""

from deliverables.models.blog_post import BlogPost
from deliverables.models.deliverable import Attendance, Deliverable, Delivery, Prototype
from deliverables.models.pattern import Pattern
from deliverables.models.payment import Payment
from deliverables.models.released_data import ReleasedData
from deliverables.models.review import Review

__all__ = [
    "Attendance",
    "BlogPost",
    "Deliverable",
    "Delivery",
    "Pattern",
    "Payment",
    "Prototype",
    "ReleasedData",
    "Review",
]
