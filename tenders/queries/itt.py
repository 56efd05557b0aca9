"""A tender whole, for print: everything its public page says, and what stands behind its links.

Facts and people's texts as plain data; `print/itt.typ` has the words around them. Nothing
of who asked a question is read.
"""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string

from odifund.core.printing.blocks import from_markdown, from_plain_text
from odifund.core.wording import day, file_size, in_words, moment, plain_day, pounds, time_of_day, zone
from tenders.models import Document, Tender
from tenders.queries.contract import blank_terms
from tenders.queries.notice import notices_of, with_changes
from tenders.queries.question import public_questions
from tenders.queries.tender_page import OwedRow, Row, TenderPage, page

Data = dict[str, object]


def itt(tender: Tender, at: datetime) -> Data:
    """Everything, as it stands at this moment. Dates that a draft lacks are left empty."""
    shown = page(tender, at)
    return {
        **_head(shown, at),
        **_money(tender),
        "purpose": from_plain_text(tender.purpose),
        "programme": tender.programme.title,
        "who": from_plain_text(tender.who_may_bid),
        "organisations": in_words(tender.organisations_least),
        "needs_public_sector": tender.needs_uk_public_sector,
        "one_consortium_each": tender.one_consortium_each,
        "assumed": sorted(shown.assumed),
        "timetable": [_row(row) for row in shown.rows],
        **_judging(shown),
        "sections": _sections(shown),
        "costs": from_plain_text(tender.cost_guidance),
        "bidders_plan_payments": tender.bidders_plan_payments,
        "documents": [_document(each.newest) for each in shown.documents],
        "owed": [_owed(each) for each in shown.owed],
        "terms": from_markdown("\n".join(blank_terms(tender).splitlines()[1:]), top=3),
        "questions_close": _said(tender.questions_close_at),
        "answers_due": _said(tender.answers_due_at),
        "may_ask": tender.accepts_questions(at),
        **_published(tender),
    }


def _said(at: datetime | None) -> str:
    return moment(at) if at else ""


def _head(shown: TenderPage, at: datetime) -> Data:
    tender, closes = shown.tender, shown.tender.proposals_close_at
    return {
        "reference": tender.reference,
        "title": tender.title,
        "summary": tender.summary,
        "url": f"{settings.PORTAL_URL}{tender.get_absolute_url()}",
        "as_of": moment(at),
        "zone": zone(closes) if closes else "",
        "is_public": tender.is_published,
        "withdrawn": _said(tender.cancelled_at) if tender.is_withdrawn else "",
        "is_open": shown.standing.is_open,
        "standing": shown.standing.words,
        "next": shown.standing.next,
        "published": plain_day(tender.published_at) if tender.published_at else "",
        "closes": _said(closes),
        "stroke": time_of_day(closes) if closes else "",
        "contact": settings.CONTACT,
        "awarded": [
            {
                "title": entry.version.title,
                "by": ", ".join([entry.lead, *entry.members]),
                "price": pounds(entry.version.price),
            }
            for entry in shown.awarded
        ],
        "no_award": from_plain_text(tender.decision.no_award_reason) if tender.is_without_award else [],
        "awards": shown.awards,
    }


def _money(tender: Tender) -> Data:
    return {
        "pot": pounds(tender.pot) if tender.pot else "",
        "highest_price": pounds(tender.highest_price) if tender.highest_price else "",
        "money_note": from_plain_text(tender.money_note),
    }


def _row(row: Row) -> Data:
    entry = row.entry
    time = f", {time_of_day(entry.at)}" if entry.is_timed else ""
    return {
        "when": f"{day(entry.when)}{time}",
        "what": entry.what,
        "who": entry.who,
        "is_now": row.is_now,
        "assumed": row.is_assumed,
    }


def _judging(shown: TenderPage) -> Data:
    return {
        "evaluators": in_words(shown.tender.evaluators_least),
        "criteria": [
            {
                "title": each.title,
                "guidance": each.guidance,
                "weight": each.weight,
                "least": each.least_score or 0,
            }
            for each in shown.criteria
        ],
        "weights": shown.weights,
        "heaviest": shown.heaviest,
        "scale": [
            {"score": str(each.score), "name": each.name, "meaning": each.meaning} for each in shown.scale
        ],
        "rule": from_plain_text(render_to_string("tenders/selection_rule.txt", {"tender": shown.tender})),
    }


def _sections(shown: TenderPage) -> list[Data]:
    judged = {criterion.pk: criterion.title for criterion in shown.criteria}
    return [
        {
            "title": each.title,
            "guidance": from_plain_text(each.guidance),
            "room": each.room,
            "required": each.required,
            "criterion": judged.get(each.criterion_id, "") if each.criterion_id else "",
        }
        for each in shown.sections
    ]


def _document(document: Document) -> Data:
    return {
        "title": document.title,
        "name": f"{document.file.name}, {file_size(document.file.size)}",
        "version": f"version {document.number} of {plain_day(document.added_at)}",
    }


def _owed(each: OwedRow) -> Data:
    due = each.due_at
    time = f", {time_of_day(due)}" if due and not each.is_event else ""
    return {
        "title": each.title,
        "guidance": each.guidance,
        "due": f"{plain_day(due)}{time}" if due else "",
        "percent": each.percent,
    }


def _published(tender: Tender) -> Data:
    """Answers and notices, the oldest first: read from the beginning on paper."""
    return {"questions": list(_answers(tender)), "notices": list(_notices(tender))}


def _answers(tender: Tender) -> Iterator[Data]:
    """Only what was published of a question is read at all."""
    published = public_questions(tender).values_list("number", "public_text", "answer", "answered_at")
    for number, text, answer, answered_at in published:
        assert answered_at is not None
        yield {
            "number": number,
            "text": text,
            "answer": from_plain_text(answer),
            "answered": plain_day(answered_at),
        }


def _notices(tender: Tender) -> Iterator[Data]:
    for notice in reversed(notices_of(tender)):
        yield {"at": moment(notice.at), "title": notice.title, "text": from_plain_text(with_changes(notice))}
