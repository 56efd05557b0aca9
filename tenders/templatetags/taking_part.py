"""What the parts of a tender's public page need: answered questions, notices, and where the reader stands."""

from dataclasses import dataclass
from datetime import datetime

from django import template
from django.template import Context

from consortia.models import Consortium
from odifund.core.access import signed_in
from tenders import access
from tenders.forms.address_watch import AddressForm
from tenders.models import Question, Tender
from tenders.queries.consortium import consortia_in
from tenders.queries.question import public_questions
from tenders.queries.rehearsal import open_for
from tenders.queries.watch import watches

register = template.Library()
SHOWN = 3


@register.simple_tag(takes_context=True)
def address_form(context: Context, tender: Tender) -> AddressForm | None:
    """Where whoever is not signed in leaves an address to watch with. In a preview it cannot be sent."""
    preview = bool(context.get("preview"))
    if not access.takes_addresses(tender) or (signed_in(context["user"]) and not preview):
        return None
    form = AddressForm()
    form.fields["email"].disabled = preview
    return form


@dataclass(frozen=True)
class Answered:
    """How many questions are answered, and the newest of them."""

    count: int
    newest: list[Question]


@register.simple_tag
def answered(tender: Tender) -> Answered:
    """The newest answers; the rest are on the page of questions."""
    newest = list(public_questions(tender).order_by("-number")[:SHOWN])
    return Answered(newest[0].number or 0 if newest else 0, newest)


@dataclass(frozen=True)
class Standing:
    """Where the reader stands: their consortia, whether they watch or may take part, where they rehearse."""

    consortia: list[Consortium]
    watches: bool
    may_take_part: bool
    rehearsal: str = ""


@register.simple_tag(takes_context=True)
def where_i_stand(context: Context, tender: Tender) -> Standing:
    """Where the reader stands in this tender. The fund's own people do not; a preview is anybody's."""
    user, open_now = context["user"], tender.accepts_proposals(context["at"])
    if not user.is_authenticated or context.get("preview"):
        return Standing([], watches=False, may_take_part=open_now)
    mine = list(consortia_in(user, tender))
    may = open_now and not mine and access.takes_part(user, tender)
    rehearsal = open_rehearsal(context, tender) if mine or may else ""
    return Standing(mine, watches=watches(user, tender), may_take_part=may, rehearsal=rehearsal)


@register.simple_tag(takes_context=True)
def open_rehearsal(context: Context, tender: Tender) -> str:
    """Where a bidder to a real tender tries an upload and a submission now: the reference."""
    return "" if tender.is_practice else open_for(context["user"], context["at"])


@register.filter
def asks_until(tender: Tender, at: datetime) -> bool:
    """Whether questions are still open at this moment."""
    return tender.accepts_questions(at)
