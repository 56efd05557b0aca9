"""The criteria of a draft and what each score means."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from django.utils.text import slugify

from odifund.core import canonical
from odifund.core.errors import NotReady
from odifund.core.models import Person
from tenders.actions import rows
from tenders.models import Criterion, ScaleStep, Tender


@dataclass(frozen=True)
class Judged:
    """What a criterion judges. `least_score` is what an award needs in it at least; None when nothing is."""

    title: str
    weight: int
    guidance: str = ""
    kind: str = Criterion.Kind.QUALITY
    least_score: int | None = None


def add(tender: Tender, judged: Judged, *, by: Person, at: datetime) -> Criterion:
    """A new criterion, after the others."""
    criterion = Criterion(tender=tender, **asdict(judged))
    with rows.changing(tender, f"added the criterion “{judged.title}”", "criteria", by=by, at=at):
        _only_once(criterion)
        criterion.code, criterion.order = _code(criterion), rows.next_order(tender.criteria)
        criterion.save(force_insert=True)
    return criterion


def edit(criterion: Criterion, judged: Judged, *, by: Person, at: datetime, seen: str = "") -> None:
    """Other words, another weight, another least score."""
    what = f"changed the criterion “{judged.title}”"
    with rows.changing(criterion.tender, what, "criteria", by=by, at=at):
        rows.afresh(criterion, seen)
        for name, value in asdict(judged).items():
            setattr(criterion, name, value)
        _only_once(criterion)
        criterion.code = _code(criterion)
        criterion.save(force_update=True)


def remove(criterion: Criterion, *, by: Person, at: datetime) -> None:
    """Take it out of the draft. Sections that answered it stay."""
    with rows.changing(criterion.tender, f"removed the criterion “{criterion}”", "criteria", by=by, at=at):
        criterion.delete()


def move_up(criterion: Criterion, *, by: Person, at: datetime) -> None:
    """Change places with the one before."""
    with rows.changing(criterion.tender, f"moved the criterion “{criterion}” up", "criteria", by=by, at=at):
        rows.swap_with_before(criterion, criterion.tender.criteria)


def accept(tender: Tender, *, by: Person, at: datetime) -> None:
    """The criteria that the portal assumed are right as they stand: the fund's own from now on."""
    with rows.changing(tender, "said that the criteria are right", "criteria", by=by, at=at):
        pass


def set_scale(
    tender: Tender, steps: Mapping[int, tuple[str, str]], *, by: Person, at: datetime, seen: str = ""
) -> None:
    """What the scores mean: (name, meaning) by score."""
    with rows.changing(tender, "changed what the scores mean", "criteria", by=by, at=at):
        rows.unchanged(seen, digest_of_scale(tender))
        for score, (name, meaning) in steps.items():
            ScaleStep.objects.update_or_create(
                tender=tender, score=score, defaults={"name": name, "meaning": meaning}
            )


def digest_of_scale(tender: Tender) -> str:
    """The digest of what the scores mean now."""
    return canonical.digest(list(tender.scale.values_list("score", "name", "meaning")))


def _only_once(criterion: Criterion) -> None:
    others = Criterion.objects.filter(tender=criterion.tender_id, title__iexact=criterion.title)
    if others.exclude(pk=criterion.pk).exists():
        raise NotReady(
            [f"There is a criterion “{criterion.title}” already. Give this one a title of its own."]
        )


def _code(criterion: Criterion) -> str:
    """The word for it in addresses and open data, once in a tender."""
    stem = slugify(criterion.title)[:36].strip("-") or "criterion"
    taken = set(
        Criterion.objects.filter(tender=criterion.tender_id)
        .exclude(pk=criterion.pk)
        .values_list("code", flat=True)
    )
    return next(
        code for n in range(1, len(taken) + 2) if (code := stem if n == 1 else f"{stem}-{n}") not in taken
    )
