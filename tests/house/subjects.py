"""What stands in each address: the keys of the world's rows, by the names of their parts."""

import uuid
from collections.abc import Iterable

from consortia.models import Invitation, JoinRequest, Member
from deliverables.models import BlogPost, Deliverable, Delivery, Pattern, Payment, ReleasedData
from odifund.core.models import OutboxMessage
from tenders import access
from tenders.models import AddressWatch, Contract, Programme, Proposal, Question, Tender
from tests import cast
from tests.factories.tender import PUBLISHED

MARK = "Zymurgy"
"""The word planted in our own proposal."""
NOBODY = uuid.UUID(int=0)
NOT_YET = "not-there-yet"
Subjects = dict[str, dict[str, object]]


def subjects(tender: Tender) -> Subjects:
    """What stands in an address, by the name of its part; a key of nothing where there is nothing yet."""
    ours = Proposal.objects.filter(title__startswith=MARK).first()
    contract = Contract.objects.filter(proposal=ours).first() if ours else None
    return (
        {"": _anywhere(tender, ours)}
        | _of_people()
        | _of_an_address(tender)
        | _of_the_tender(tender)
        | _of_the_consortium(ours)
        | _of_delivery(contract)
    )


def _each(app: str, names: Iterable[str], **parts: object) -> Subjects:
    """The same parts for several addresses of an app."""
    return {f"{app}:{name}": parts for name in names}


def _key(row: object) -> object:
    return row.pk if row else NOBODY


def _anywhere(tender: Tender, ours: Proposal | None) -> dict[str, object]:
    lines, attachments = (ours.cost_lines, ours.attachments) if ours else (None, None)
    on_its_way = ours.uploads.first() if ours else None
    partner = cast.person("partner-a", at=PUBLISHED)
    return {
        "reference": tender.reference,
        "slug": Programme.objects.get().slug,
        "key": _key(ours),
        "section": _key(tender.sections.first()),
        "line": _key(lines.first() if lines else None),
        "attachment": _key(attachments.first() if attachments else None),
        "upload": _key(on_its_way),
        "number": 1,
        "file": attachments.first().file_id if attachments else NOBODY,
        "pk": NOBODY,
        "part": uuid.UUID(int=1),
        "comment": uuid.UUID(int=1),
        "person_pk": partner.pk,
        "person": partner.pk,
        "role": "manager",
        "criterion": _key(tender.criteria.first()),
        "code": tender.criteria.first().code,
        "proposal": _key(ours),
    }


def _of_people() -> Subjects:
    organisation = cast.person("lead-a", at=PUBLISHED).belongings.first().organisation
    invited = OutboxMessage.objects.filter(kind="core/person_invited").first()
    theirs = ("organisation", "edit_organisation", "leave_organisation", "add_person", "remove_person")
    asked = JoinRequest.objects.order_by("asked_at").first()
    asking = ("request", "withdraw_request", "answer_request", "decide_request")
    return (
        _each("pages", ("person", "end_role"), key=cast.person("manager", at=PUBLISHED).pk)
        | _each("pages", ("send_again",), key=_key(invited))
        | {"pages:account_of": {"key": cast.person("newcomer", at=PUBLISHED).pk}}
        | {"account_end_device": {"pk": 0}, "mfa_remove_webauthn": {"pk": 0}}  # of nobody
        | _each("consortia", theirs, pk=organisation.pk)
        | _each("consortia", asking, pk=_key(asked))
    )


def _of_an_address(tender: Tender) -> Subjects:
    """The keys that the mails to an address carried."""
    watched = AddressWatch.objects.filter(tender=tender).first()
    return {
        "tenders:confirm_address": {"key": access.confirming_key(watched) if watched else NOT_YET},
        "tenders:leave_by_address": {"key": access.leaving_key(watched) if watched else "any"},  # all alike
    }


def _of_the_tender(tender: Tender) -> Subjects:
    rows = (("criterion", tender.criteria), ("section", tender.sections), ("owed", tender.owed))
    found: Subjects = {}
    for noun, each in rows:
        found |= _each(
            "tenders", (f"{verb}_{noun}" for verb in ("edit", "remove", "move")), key=_key(each.first())
        )
    asked = Question.objects.filter(status="asked").order_by("asked_at", "pk").first()
    questions = (
        "answer_question",
        "answer_alone",
        "merge_question",
        "decline_question",
        "own_question",
        "take_back_answer",
    )
    documents = ("document", "replace_document", "remove_document")
    held = ("settle_held", "confirm_settlement", "take_back_settlement")
    late = ("late_attempt", "confirm_admission", "take_back_admission")
    return (
        found
        | _each("tenders", held, key=NOBODY)
        | _each("tenders", late, key=NOBODY)
        | _each("tenders", questions, pk=_key(asked))
        | _each("tenders", documents, key=_key(tender.documents.first()))
    )


def _of_the_consortium(ours: Proposal | None) -> Subjects:
    consortium = ours.consortium if ours else None
    partner = Member.objects.filter(consortium=consortium, is_lead=False).first() if ours else None
    version = ours.versions.first() if ours else None
    sent = Invitation.objects.filter(status="sent").order_by("invited_at", "pk").first()
    answers = (
        "invitation",
        "accept_invitation",
        "decline_invitation",
        "withdraw_invitation",
        "resend_invitation",
    )
    return (
        _each("tenders", ("consortium", "rename_consortium", "invite"), pk=_key(consortium))
        | _each(
            "tenders", ("name_person", "give_part", "unname_person", "leave_consortium"), pk=_key(partner)
        )
        | _each("tenders", answers, pk=_key(sent))
        | _each("tenders", ("agreement",), member=_key(partner))
        | _each("tenders", ("receipt",), number=version.number if version else 1)
    )


def _of_delivery(contract: Contract | None) -> Subjects:
    owed = Deliverable.objects.filter(contract=contract) if contract else Deliverable.objects.none()

    def first(model: type) -> object:
        return model.objects.filter(deliverable__in=owed).first()

    def one(kind: str) -> object:
        return _key(owed.filter(kind=kind).first())

    pattern, post, delivery = first(Pattern), first(BlogPost), first(Delivery)
    of_contract = ("contract", "accept_contract", "countersign_contract", "complete_contract")
    of_pattern = ("add_pattern", "change_pattern", "remove_pattern", "draft_file")
    whole = {"key": one("report"), "data": _key(first(ReleasedData)), "pattern": _key(pattern)}
    return (
        {"deliverables:": whole, "delivery": {"number": delivery.number if delivery else 1}}
        | _each("deliverables", of_contract, key=_key(contract))
        | _each("deliverables", ("announce", "take_off", "record_attendance"), key=one("workshop"))
        | _each("deliverables", ("write_blog_post",), key=one("blog"))
        | _each("deliverables", of_pattern, key=one("pattern"))
        | _each("deliverables", ("add_data", "say_no_data", "remove_data"), key=one("data"))
        | _each("deliverables", ("pay",), key=_key(first(Payment)))
        | _each("deliverables", ("pattern", "pattern_file"), slug=_slug(pattern))
        | _each("deliverables", ("blog_post", "blog_post_elsewhere"), slug=_slug(post))
    )


def _slug(row: object) -> str:
    return row.slug if row else NOT_YET
