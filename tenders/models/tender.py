"""A tender: an invitation to tender, from draft to finished."""

import uuid
from datetime import datetime
from functools import cached_property

import pgtrigger
from django.db import models
from django.urls import reverse

from odifund.core.models import Person, Row
from tenders.models.programme import Programme

RULES = (
    "pot",
    "highest_price",
    "awards_least",
    "awards_most",
    "organisations_least",
    "needs_uk_public_sector",
    "one_consortium_each",
    "evaluators_least",
)
"""The fields that decide who can win how much, and how many score. Frozen at publication."""
_OLD, _NEW = (", ".join(f"{row}.{name}" for name in RULES) for row in ("OLD", "NEW"))
_CHANGES_RULES = f"OLD.status <> 'draft' AND ({_OLD}) IS DISTINCT FROM ({_NEW})"


class Tender(Row):
    """An invitation to tender. Fields may be empty while it is a draft; `lifecycle` says what is missing."""

    class Status(models.TextChoices):
        """Where a tender stands; lifecycle.py is the only writer."""

        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Open"
        CLOSED = "closed", "Closed"
        OPENED = "opened", "Being scored"
        DECIDED = "decided", "Decided"
        FINISHED = "finished", "Finished"
        CANCELLED = "cancelled", "Cancelled"

    PRACTICE = "Practice: "
    """What the title of a practice begins with, in every list, mail and event."""
    REHEARSAL = "Rehearsal: "
    """The same of a practice that bidders rehearse on."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="tenders")
    reference = models.SlugField(max_length=20, unique=True)
    title = models.CharField(max_length=160)
    summary = models.CharField(max_length=300, blank=True)
    purpose = models.TextField(blank=True)
    who_may_bid = models.TextField(blank=True)
    is_practice = models.BooleanField(default=False)
    """Whether it is only practised with: the fund's staff play every part, and nobody else ever sees it."""
    rehearses = models.BooleanField(default=False)
    """Whether bidders rehearse on this practice: whoever is signed in from outside. It is never opened."""
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.DRAFT)

    # Money: pounds without VAT.
    pot = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    highest_price = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    awards_least = models.PositiveSmallIntegerField(null=True)
    awards_most = models.PositiveSmallIntegerField(null=True)
    money_note = models.TextField(blank=True)

    cost_guidance = models.TextField(blank=True)
    cost_kinds = models.JSONField(default=list, blank=True)
    """The kinds of cost that proposals may use; every kind where none is named."""
    bidders_plan_payments = models.BooleanField(default=False)
    """Whether a proposal may divide its price over the payments in its own way; else as is set here."""
    further_terms = models.TextField(blank=True)
    """What the contracts say beside the portal's own words. Markdown."""

    # Who may bid.
    organisations_least = models.PositiveSmallIntegerField(default=1)
    needs_uk_public_sector = models.BooleanField(default=True)
    one_consortium_each = models.BooleanField(default=False)
    """Whether an organisation may be in one consortium only; else in several, rivals too."""

    # The timetable, in the order it happens (timetable.py tells it). Half open: on the moment is late.
    # What winners owe, and when, are the rows of OwedDeliverable.
    publish_on = models.DateField(null=True)
    publish_hour = models.PositiveSmallIntegerField(default=9)
    """At which hour of that day in London the clock publishes it, where two people leave it to the clock."""
    questions_close_at = models.DateTimeField(null=True)
    answers_due_at = models.DateTimeField(null=True)
    proposals_close_at = models.DateTimeField(null=True)
    decision_on = models.DateField(null=True)
    contracts_on = models.DateField(null=True)
    starts_on = models.DateField(null=True)

    evaluators_least = models.PositiveSmallIntegerField(default=3)
    assumptions = models.JSONField(default=list)
    """What is the portal's own assumption and shown as such: fields, `owed.<kind>`, and a few wider names."""

    drafted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    publish_at = models.DateTimeField(null=True)
    """When the clock publishes it, as two people confirmed. A draft with it cannot be changed."""
    published_at = models.DateTimeField(null=True)
    extended_at = models.DateTimeField(null=True)
    extended_from_at = models.DateTimeField(null=True)
    """The deadline before the newest extension, so that its page tells it without another query."""
    closed_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        triggers = (
            pgtrigger.Protect(
                name="rules_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(_CHANGES_RULES),
            ),
        )
        constraints = (
            models.CheckConstraint(condition=models.Q(pot__gt=0) | models.Q(pot=None), name="pot_is_money"),
            models.CheckConstraint(
                condition=models.Q(status="draft") | models.Q(proposals_close_at__isnull=False),
                name="published_tenders_have_a_deadline",
            ),
            models.CheckConstraint(
                condition=models.Q(rehearses=False) | models.Q(is_practice=True),
                name="rehearsals_are_practices",
            ),
        )
        indexes = (
            models.Index(fields=("status", "proposals_close_at")),
            models.Index(fields=("-drafted_at", "reference"), name="tenders_newest_draft_first"),
        )

    def __str__(self) -> str:
        return f"{self.reference}, {self.title}"

    def get_absolute_url(self) -> str:
        """Its public page."""
        return reverse("tenders:tender", args=[self.reference])

    @property
    def audit_scope(self) -> uuid.UUID:
        """Where its events belong: to itself."""
        return self.pk

    @property
    def is_published(self) -> bool:
        """Whether it is no draft any more: what it says is settled."""
        return self.status != self.Status.DRAFT

    @property
    def mark(self) -> str:
        """What its title, and the subject of every mail about it, begins with: nothing where it counts."""
        if self.rehearses:
            return self.REHEARSAL
        return self.PRACTICE if self.is_practice else ""

    @property
    def is_for_staff_alone(self) -> bool:
        """Whether the fund's staff play the bidders too, and nobody from outside sees it."""
        return self.is_practice and not self.rehearses

    @property
    def is_public(self) -> bool:
        """Whether anybody can read it: published, and no practice."""
        return self.is_published and not self.is_practice

    @property
    def waits_for_the_clock(self) -> bool:
        """Whether two people confirmed it, and the clock publishes it at `publish_at`."""
        return self.status == self.Status.DRAFT and self.publish_at is not None

    @property
    def is_opened(self) -> bool:
        """Whether the seal of its proposals has been opened."""
        return self.opened_at is not None

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes: finished, or ended before a decision."""
        return self.status in {self.Status.FINISHED, self.Status.CANCELLED}

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was ended while it was open: no proposal was ever in time for it."""
        return self.cancelled_at is not None and self.closed_at is None

    @property
    def closes_at(self) -> datetime | None:
        """Until when it takes proposals: its deadline, or the moment at which it was withdrawn before."""
        return self.cancelled_at if self.is_withdrawn else self.proposals_close_at

    @property
    def questions_end_at(self) -> datetime | None:
        """Until when it takes questions: the cut-off, or the moment at which it was ended before."""
        ended, cut_off = self.cancelled_at, self.questions_close_at
        return min(ended, cut_off) if ended and cut_off else cut_off

    @property
    def was_reopened(self) -> bool:
        """Whether its deadline had passed when it was extended last."""
        extended_at, before = self.extended_at, self.extended_from_at
        return bool(extended_at and before and extended_at >= before)

    @property
    def is_without_award(self) -> bool:
        """Whether it was decided that nothing is awarded."""
        return self.decided_at is not None and bool(self.decision.no_award_reason)

    @cached_property
    def has_signed_contract(self) -> bool:
        """Whether a contract was countersigned: then it is in delivery. Lists read it with the row."""
        return self.contracts.filter(countersigned_at__isnull=False).exists()

    def accepts_proposals(self, at: datetime) -> bool:
        """Whether a proposal submitted at this moment is in time. On the deadline is late."""
        return (
            self.status == self.Status.PUBLISHED
            and self.proposals_close_at is not None
            and at < self.proposals_close_at
        )

    def accepts_questions(self, at: datetime) -> bool:
        """Whether a question asked at this moment is in time. On the cut-off is late."""
        return (
            self.status == self.Status.PUBLISHED
            and self.questions_close_at is not None
            and at < self.questions_close_at
        )
