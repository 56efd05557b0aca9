"""The task list of a draft, and the choices its forms offer."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet, prefetch_related_objects
from django.urls import reverse

from odifund.core.models import TwoPersonMove
from odifund.core.wording import counted
from tenders.models import CostLine, OwedDeliverable, Programme, Tender
from tenders.queries.tender import EMPTY, Missing, missing

TASKS: tuple[tuple[str, str, str], ...] = (
    ("about", "About and programme", "edit_about"),
    ("money", "Money", "edit_money"),
    ("timetable", "Timetable", "edit_timetable"),
    ("who", "Who may bid", "edit_who"),
    ("criteria", "Criteria and weights", "criteria"),
    ("scale", "What the scores mean", "edit_scale"),
    ("panel", "Rule of selection", "edit_panel"),
    ("sections", "Sections of a proposal", "sections"),
    ("costs", "Cost template", "edit_costs"),
    ("deliverables", "Deliverables and payments", "deliverables"),
    ("terms", "Further terms of the contract (optional)", "edit_terms"),
    ("documents", "Documents (optional)", "documents"),
    ("people", "People and deputies of the panel (optional)", "panel"),
)
"""Part, title, and the name of its address."""

TO_CHECK = "Holds an assumption of the template’s: look whether it is right"
ASSUMED_IN = {
    "times": "timetable",
    "answers_due_at": "timetable",
    "starts_on": "timetable",
    "highest_price": "money",
    "without_vat": "money",
    "paid_to_lead": "money",
    "organisations_least": "who",
} | {f"owed.{kind}": "deliverables" for kind in OwedDeliverable.Kind.values}
"""The part in which an assumption stands; one that is named like its part stands there."""

LEFT_OUT = "None added"
"""The status of a part that a tender can do without."""

OPTIONAL = {"documents", "terms", "people"}

LISTS = {
    "criteria": "criteria",
    "scale": "scale",
    "sections": "sections",
    "deliverables": "owed",
    "documents": "documents",
    "people": "panel",
}
"""The parts that are lists, and the relation that holds each."""


@dataclass(frozen=True)
class Task:
    """A line of the task list."""

    title: str
    url: str
    status: str
    kind: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Lack:
    """A sentence of what is missing, and where it is put right; nowhere for what is not in the tender."""

    sentence: str
    url: str


def tasks(tender: Tender, at: datetime, able: int | None = None) -> tuple[list[Task], list[Missing]]:
    """The parts with how far each is, and all that is missing. `able`: how many could confirm it."""
    lacking = list(missing(tender, at, able))
    parts = {each.part for each in lacking}
    assumed = {ASSUMED_IN.get(name, name) for name in tender.assumptions}
    listed = [
        Task(
            title,
            reverse(f"tenders:{name}", args=[tender.reference]),
            *_status(tender, part, parts),
            hint=_hint(tender, part, lacking, is_assumed=part in assumed),
        )
        for part, title, name in TASKS
    ]
    return listed, lacking


def _hint(tender: Tender, part: str, lacking: Sequence[Missing], *, is_assumed: bool) -> str:
    """What keeps a part that is begun from being complete, and whether it holds an assumption."""
    reasons = [each.sentence for each in lacking if each.part == part] if _is_begun(tender, part) else []
    more = len(reasons) - 1
    said = [*reasons[:1], f"And {counted(more, 'thing')} more." if more > 0 else ""]
    return " ".join([each for each in said if each] + ([TO_CHECK] if is_assumed else []))


def read_whole(tender: Tender) -> None:
    """Fetch every list of the draft at once: the pages that show it whole read each several times."""
    lists = ("criteria", "scale", "sections", "documents", "owed", "panel")
    prefetch_related_objects([tender], "programme", *lists)


def _status(tender: Tender, part: str, lacking: Collection[str]) -> tuple[str, str]:
    if part in OPTIONAL and not _is_begun(tender, part):
        return LEFT_OUT, "quiet"
    if part not in lacking:
        return "Completed", ""
    return ("In progress", "part") if _is_begun(tender, part) else ("Not started yet", "quiet")


def _is_begun(tender: Tender, part: str) -> bool:
    """Whether anything is there: a field of what would be missing, or a row of the part's list."""
    if part in LISTS:
        return bool(getattr(tender, LISTS[part]).all())
    if part == "terms":
        return bool(tender.further_terms)
    return any(getattr(tender, field) for of, field, _ in EMPTY if of == part)


def last_tasks(tender: Tender, lacking: Sequence[Missing], move: TwoPersonMove | None) -> list[Task]:
    """Checking, and the second person."""
    count = len(lacking)
    things = "1 thing is missing" if count == 1 else f"{count} things are missing"
    check = Task(
        "Check and propose publishing",
        reverse("tenders:check_tender", args=[tender.reference]),
        *_status_of_check(is_lacking=bool(count), move=move),
        hint=things if count else "Nothing is missing",
    )
    if move is None:
        waits = "Opens when one person has proposed it"
        return [check, Task("A second person confirms", "", "Cannot start yet", "quiet", waits)]
    proposed = f"Proposed by {move.proposed_by}"
    url = reverse("tenders:publish", args=[tender.reference])
    return [check, Task("A second person confirms", url, "Waiting", "live", proposed)]


def _status_of_check(*, is_lacking: bool, move: TwoPersonMove | None) -> tuple[str, str]:
    if is_lacking:
        return "Cannot start yet", "quiet"
    return ("Completed", "") if move else ("Ready", "live")


def lacks(tender: Tender, lacking: Sequence[Missing]) -> list[Lack]:
    """Each sentence with the address of its task."""
    addresses = {part: name for part, _, name in TASKS}
    return [
        Lack(
            each.sentence,
            reverse(f"tenders:{addresses[each.part]}", args=[tender.reference])
            if each.part in addresses
            else "",
        )
        for each in lacking
    ]


def kinds_of_cost() -> list[tuple[str, str]]:
    """Every kind of cost there is."""
    return [(value, str(label)) for value, label in CostLine.Kind.choices]


def programmes() -> list[tuple[str, str]]:
    """Every programme, for a list to choose from."""
    return [
        (str(key), title) for key, title in Programme.objects.order_by("title").values_list("pk", "title")
    ]


def programme(key: str) -> Programme:
    """The chosen one."""
    return Programme.objects.get(pk=key)


WHOLE = 100
"""What weights add to, and payments in per cent."""
NEWEST = 40
"""How many earlier tenders the page lists that begins a copy."""


def earlier(tenders: QuerySet[Tender], chosen: str) -> list[tuple[str, str]]:
    """The newest tenders to copy, and the chosen one whatever its age."""
    newest = list(tenders.values_list("reference", "title")[:NEWEST])
    if chosen and chosen not in dict(newest):
        newest += tenders.filter(reference=chosen).values_list("reference", "title")
    return [(reference, f"{reference}, {title}") for reference, title in newest]


def to_copy(tenders: QuerySet[Tender], chosen: str) -> dict[str, str]:
    """What the page starts with when it was reached from the tender to copy."""
    found = tenders.filter(reference=chosen).first()
    if found is None:
        return {}
    return {
        "start": "copy",
        "earlier": found.reference,
        "programme": str(found.programme_id),
        "title": found.title.removeprefix(found.mark),
    }


def next_reference() -> str:
    """A reference to suggest: one after the greatest number that follows SF."""
    taken = Tender.objects.filter(reference__regex=r"^SF[0-9]{1,6}$").values_list("reference", flat=True)
    return f"SF{max((int(each[2:]) for each in taken), default=0) + 1}"


def kinds_left(tender: Tender) -> list[tuple[str, str]]:
    """The kinds of deliverable that are not on the list yet; “Something else” is always left."""
    kinds = OwedDeliverable.Kind
    taken = set(tender.owed.values_list("kind", flat=True)) - {kinds.OTHER}
    return [(value, str(label)) for value, label in kinds.choices if value not in taken]


def criteria_choices(tender: Tender) -> list[tuple[str, str]]:
    """The tender's criteria, for a section to be judged under."""
    return [(str(each.pk), each.title) for each in tender.criteria.all()]


def off(total: int, unit: str = "") -> str:
    """How far what has to add to 100 is off: 1 too many; 1% missing; nothing when it adds up."""
    if total == WHOLE:
        return ""
    return f"{abs(total - WHOLE)}{unit} {'too many' if total > WHOLE else 'missing'}"


def weights(tender: Tender) -> int:
    """What the weights add to."""
    return sum(each.weight for each in tender.criteria.all())


def payments(tender: Tender) -> int:
    """What the payments add to, in per cent."""
    return sum(each.payment_percent for each in tender.owed.all())
