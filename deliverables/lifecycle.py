"""READ FIRST: every move of what a contract owes.

Each of a contract's payments falls due with an acceptance; nobody makes that move alone. What is
missing before a delivery is said by queries.deliverable in sentences.
"""

from deliverables import access
from deliverables.models import BlogPost, Deliverable, Pattern, Payment
from deliverables.queries.deliverable import missing_for_attendance, missing_for_delivery
from odifund.core.lifecycle import Lifecycle, Step

D, P, L, B = Deliverable.Status, Payment.Status, Pattern.Status, BlogPost.Status

DELIVERABLE = Lifecycle(
    Deliverable,
    #    verb           event                      from                    to            who
    Step("announce", "workshop.announced", (D.DUE,), None, access.announces),
    Step(
        "record_attendance",
        "workshop.attended",
        (D.DUE,),
        D.ACCEPTED,
        access.takes_attendance,
        needs=missing_for_attendance,
    ),
    Step(
        "deliver",
        "deliverable.delivered",
        (D.DUE, D.RETURNED),
        D.DELIVERED,
        access.hands_in,
        needs=missing_for_delivery,
    ),
    Step("return", "deliverable.returned", (D.DELIVERED,), D.RETURNED, access.reviews),
    Step("accept", "deliverable.accepted", (D.DELIVERED,), D.ACCEPTED, access.reviews),
)

PAYMENT = Lifecycle(
    Payment,
    Step(
        "fall_due",
        "payment.fell_due",
        (P.WAITING,),
        P.DUE,
        lambda person, payment: access.reviews(person, payment.deliverable),
    ),
    Step("pay", "payment.paid", (P.DUE,), P.PAID, access.pays),
)

PATTERN = Lifecycle(
    Pattern,
    Step(
        "publish",
        "pattern.published",
        (L.DRAFT,),
        L.PUBLISHED,
        lambda person, pattern: access.reviews(person, pattern.deliverable),
    ),
)

BLOG_POST = Lifecycle(
    BlogPost,
    Step(
        "publish",
        "blog_post.published",
        (B.DRAFT,),
        B.PUBLISHED,
        lambda person, post: access.reviews(person, post.deliverable),
    ),
)
