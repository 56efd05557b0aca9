"""What is new: in the tenders somebody follows, and in their own proposals and consortia."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import CharField, F, IntegerField, Q, QuerySet, TextField, UUIDField, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse

from consortia import access as parties
from consortia.models import Invitation
from odifund.core.access import is_staff
from odifund.core.models import Person
from odifund.core.todo import News
from tenders import access
from tenders.models import Notice, Proposal, Question, Tender, Version, Watch

WINDOW = timedelta(days=14)
READ, MOST = 40, 8
REHEARSED = " in a rehearsal"
DECIDED = {"decided": "the awards are decided", "without award": "nothing is awarded"}


class Row(NamedTuple):
    """One thing that happened, of whatever kind."""

    at: datetime
    kind: str
    reference: str
    words: str
    who: str
    number: int | None
    key: UUID | None


def news_for(person: Person, at: datetime) -> list[News]:
    """The last two weeks, the newest first: followed tenders, or all for staff, and what is their own."""
    since = at - WINDOW
    tenders = Tender.objects.exclude(status=Tender.Status.DRAFT)
    found = []
    if not is_staff(person):
        watched = Watch.objects.filter(person=person, ended_at=None).values("tender")
        named = parties.consortia_for(person).values("formed_for")
        tenders = tenders.filter(Q(pk__in=watched) | Q(pk__in=named))
        found = list(_own(person, since))
    rows = list(_public(tenders, since)) + found
    newest = rows[0].union(*rows[1:], all=True).order_by("-happened_at")[:READ]
    return _told([Row(*row) for row in newest])


def _public(tenders: QuerySet[Tender], since: datetime) -> Iterator[QuerySet[Any, Any]]:
    """Notices, answers, openings and decisions."""
    notices = Notice.objects.filter(tender__in=tenders, published_at__gte=since)
    yield _rows(notices, "notice", "published_at", "tender__reference", "title")
    published = Question.objects.filter(status=Question.Status.ANSWERED)  # not those to an asker alone
    answers = published.filter(tender__in=tenders, answered_at__gte=since)
    yield _rows(answers, "answer", "answered_at", "tender__reference", "public_text", number="number")
    opened = tenders.filter(opened_at__gte=since)
    yield _rows(opened, "opened", "opened_at", "reference", "title")
    decided = tenders.filter(decided_at__gte=since)
    awarded, without = (
        decided.filter(decision__no_award_reason=""),
        decided.exclude(decision__no_award_reason=""),
    )
    yield _rows(awarded, "decided", "decided_at", "reference", "title")
    yield _rows(without, "without award", "decided_at", "reference", "title")


def _own(person: Person, since: datetime) -> Iterator[QuerySet[Any, Any]]:
    """What was submitted, withdrawn or decided of one's proposals, and who answered an invitation."""
    submitted = Version.objects.filter(proposal__in=access.named_proposals(person), submitted_at__gte=since)
    withdrawn = access.named_proposals(person).filter(withdrawn_at__gte=since)
    for rehearsed, again in ((False, ""), (True, REHEARSED)):
        sent = submitted.filter(tender__rehearses=rehearsed)
        named = ("submitted_at", "tender__reference", _led("title", "proposal__"), "submitted_by__name")
        yield _rows(sent, f"submitted{again}", *named, key="proposal_id")
        gone = withdrawn.filter(tender__rehearses=rehearsed)
        words = _led("title")
        yield _rows(gone, f"withdrawn{again}", "withdrawn_at", "tender__reference", words, key="id")
    outcome = access.named_proposals(person).filter(
        tender__decided_at__gte=since, status=Proposal.Status.SUBMITTED
    )
    yield _rows(outcome, "outcome", "tender__decided_at", "tender__reference", _led("title"), key="id")
    answered = Invitation.objects.filter(
        consortium__in=parties.consortia_for(person),
        status__in=(Invitation.Status.ACCEPTED, Invitation.Status.DECLINED),
        answered_at__gte=since,
    )
    yield _rows(
        answered,
        "invitation",
        "answered_at",
        "status",
        _led("consortium__name"),
        "organisation_name",
        key="consortium_id",
    )


def _led(name: str, of: str = "") -> Concat:
    """“A title” (lead: B): whoever is named in two rivals sees at once which one it is."""
    lead = f"{of}consortium__lead__name"
    return Concat(Value("“"), F(name), Value("” (lead: "), F(lead), Value(")"), output_field=TextField())


def _rows(
    things: QuerySet[Any], kind: str, at: str, reference: str, words: str | Concat, who: str = "", **more: str
) -> QuerySet[Any, Any]:
    """These things in the columns of Row, so that one query reads all kinds."""
    number = F(more["number"]) if "number" in more else Value(None)
    key = F(more["key"]) if "key" in more else Value(None)
    rows: QuerySet[Any, Any] = (
        things.order_by()
        .annotate(happened_at=F(at))
        .values_list(
            "happened_at",
            Value(kind, CharField()),
            Cast(reference, TextField()),
            Cast(words, TextField()),
            Cast(who, TextField()) if who else Value("", TextField()),
            Cast(number, IntegerField()),
            Cast(key, UUIDField()),
        )
    )
    return rows


def _told(rows: list[Row]) -> list[News]:
    """The answers of a tender are one line, where its newest stands."""
    answers: dict[str, list[Row]] = {}
    for row in rows:
        if row.kind == "answer":
            answers.setdefault(row.reference, []).append(row)
    shown = [row for row in rows if row.kind != "answer" or row is answers[row.reference][0]]
    return [_news(row, len(answers.get(row.reference, ()))) for row in shown[:MOST]]


def _news(row: Row, answers: int) -> News:
    at, kind, reference, words, who, _, key = row
    if kind == "answer":
        return _answered(row, answers)
    again = Tender.REHEARSAL if kind.endswith(REHEARSED) else ""
    if kind.startswith("submitted"):
        return News(at, f"{again}{who} submitted {words}", reverse("tenders:proposal", args=[key]))
    if kind.startswith("withdrawn"):
        return News(at, f"{again}{words} was withdrawn", reverse("tenders:proposal", args=[key]))
    if kind == "invitation":
        return News(
            at, f"{who} {reference} the invitation to {words}", reverse("tenders:consortium", args=[key])
        )
    if kind == "outcome":
        page = reverse("tenders:proposal_outcome", args=[key])
        return News(at, f"{reference}: the outcome of {words}, with scores and reasons", page)
    if kind in DECIDED:
        return News(at, f"{reference}: {DECIDED[kind]}", reverse("tenders:tender_outcome", args=[reference]))
    page = reverse("tenders:tender", args=[reference])
    if kind == "opened":
        return News(at, f"{reference}: two people opened the proposals", page)
    return News(at, f"{reference}: {words}", f"{page}#notices")


def _answered(row: Row, answers: int) -> News:
    """One answer by its question; more by how many."""
    page = reverse("tenders:questions", args=[row.reference])
    if answers > 1:
        return News(row.at, f"{row.reference}: {answers} questions are answered", page)
    words = f"{row.reference}: question {row.number} is answered"
    return News(row.at, words, f"{page}#question-{row.number}", row.words)
