"""What happened in public, as the entries of a feed: nothing of who asked, nothing of a sealed proposal."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.db.models import QuerySet
from django.urls import reverse

from odifund.core.wording import moment
from tenders import access
from tenders.models import Notice, Question, Tender
from tenders.queries.notice import with_changes

MOST = 50
AWARDS = "the awards are decided", "The outcome says who won, by which rule, with every agreed score."
NOTHING = "nothing is awarded", "The outcome says why."


@dataclass(frozen=True)
class Entry:
    """One thing that happened. `key` never changes, wherever the portal moves; `path` is where it stands."""

    key: UUID
    at: datetime
    title: str
    text: str
    path: str


def entries_of_all() -> list[Entry]:
    """The newest of every public tender."""
    return _newest(access.public_tenders())


def entries_of(tender: Tender) -> list[Entry]:
    """The newest of one tender."""
    return _newest(access.public_tenders().filter(pk=tender.pk))


def _newest(tenders: QuerySet[Tender]) -> list[Entry]:
    found = [*_notices(tenders), *_answers(tenders), *_moves(tenders)]
    return sorted(found, key=lambda entry: (entry.at, entry.key), reverse=True)[:MOST]


def _notices(tenders: QuerySet[Tender]) -> Iterator[Entry]:
    rows = Notice.objects.filter(tender__in=tenders).select_related("tender").order_by("-published_at")
    for notice in rows[:MOST]:
        tender = notice.tender
        yield Entry(
            notice.pk,
            notice.published_at,
            f"{tender.reference}: {notice.title}",
            with_changes(notice),
            f"{tender.get_absolute_url()}#notices",
        )


def _answers(tenders: QuerySet[Tender]) -> Iterator[Entry]:
    """Only what was published of a question is read at all."""
    rows = Question.objects.filter(tender__in=tenders, status=Question.Status.ANSWERED)
    public = rows.order_by("-answered_at").values_list(
        "pk", "answered_at", "number", "public_text", "answer", "tender__reference"
    )
    for pk, at, number, text, answer, reference in public[:MOST]:
        assert at is not None
        yield Entry(
            pk,
            at,
            f"{reference}: question {number} is answered",
            f"{text}\n\n{answer}",
            f"{reverse('tenders:questions', args=[reference])}#question-{number}",
        )


def _moves(tenders: QuerySet[Tender]) -> Iterator[Entry]:
    """Publication, closing and outcome of the tenders that moved last."""
    known = tenders.select_related("decision")
    for field in ("published_at", "closed_at", "decided_at"):
        moved: Iterable[Tender] = known.filter(**{f"{field}__isnull": False}).order_by(f"-{field}")[:MOST]
        for tender in moved:
            yield _move(tender, field)


def _move(tender: Tender, field: str) -> Entry:
    at, page, where = getattr(tender, field), tender.get_absolute_url(), [tender.reference]
    if field == "published_at":
        assert tender.proposals_close_at is not None
        closes = f"Proposals close at {moment(tender.proposals_close_at)}."
        title, text = f"published: {tender.title}", f"{tender.summary}\n\n{closes}"
    elif field == "closed_at":
        title, page = "proposals closed", reverse("tenders:register", args=where)
        text = "The register of what was in time is public. Proposals stay sealed until two people open them."
    else:
        title, text = NOTHING if tender.is_without_award else AWARDS
        page = reverse("tenders:tender_outcome", args=where)
    return Entry(uuid5(tender.pk, field.removesuffix("_at")), at, f"{tender.reference}: {title}", text, page)
