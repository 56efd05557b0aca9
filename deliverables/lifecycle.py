"""READ FIRST: every move of what a contract owes."""

from deliverables import access
from deliverables.models import BlogPost, Deliverable, Pattern, Payment
from odifund.core.lifecycle import Lifecycle, Step

D, P, L, B = Deliverable.Status, Payment.Status, Pattern.Status, BlogPost.Status

DELIVERABLE = Lifecycle(
    Deliverable,
    #    verb      event                    from                    to           who
    Step("deliver", "deliverable.delivered", (D.DUE, D.RETURNED), D.DELIVERED, access.delivers),
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
