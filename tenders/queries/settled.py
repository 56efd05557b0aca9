"""What was settled, against what the trail holds of it: for `verify_audit`.

The database refuses to change these rows; whoever holds its owner's keys can switch that off. The
digests that the moves left in the chain then name what was changed.
"""

from collections.abc import Iterator

from odifund.core import canonical
from odifund.core.models import Event
from tenders.models import AgreedScore, Decision, Moderation, Score, Settlement, Version
from tenders.queries import contents, held


def of_score(score: Score) -> str:
    """The digest of a locked score."""
    return canonical.digest([score.score, score.reason, score.note])


def of_agreed(moderation: Moderation) -> str:
    """The digest of what the panel agreed on one proposal."""
    rows = AgreedScore.objects.filter(moderation=moderation).order_by("criterion__order", "criterion__code")
    return canonical.digest(list(rows.values_list("criterion__code", "score", "reason", "note")))


def faults() -> Iterator[str]:
    """A sentence for each settled row that is gone or says other than it did."""
    yield from _submitted()
    yield from _held()
    yield from _locked()
    yield from _agreed()
    yield from _decided()


def _told(name: str) -> Iterator[Event]:
    return Event.objects.filter(name=name).order_by("id").iterator()


def _submitted() -> Iterator[str]:
    for event in _told("proposal.submitted"):
        receipt = event.facts["receipt"]
        version = Version.objects.filter(pk=event.facts["version"]).first()
        if version is None:
            yield f"The submitted proposal {receipt} is gone."
        elif version.fingerprint != event.facts["fingerprint"] or not contents.is_as_written(version):
            yield f"The submitted proposal {receipt} was changed."
        elif not contents.tells_what_was_written(version):
            yield f"The row of {receipt} says other than what was submitted."


def _held() -> Iterator[str]:
    for event in _told("settlement.confirmed"):
        settlement = Settlement.objects.filter(pk=event.subject_id).first()
        if settlement is None:
            yield f"What became of a held proposal is gone (event {event.pk})."
        elif held.digest_of(settlement) != event.facts["settled"]:
            yield f"What became of a held proposal was changed after it was settled (event {event.pk})."


def _locked() -> Iterator[str]:
    for event in _told("score.locked"):
        score = Score.objects.filter(pk=event.subject_id).first()
        if score is None:
            yield f"A score that was locked is gone (event {event.pk})."
        elif of_score(score) != event.facts["settled"]:
            yield f"A score was changed after it was locked (event {event.pk})."


def _agreed() -> Iterator[str]:
    for event in _told("moderation.agreed"):
        moderation = Moderation.objects.filter(pk=event.subject_id).first()
        if moderation is None:
            yield f"Agreed scores are gone (event {event.pk})."
        elif of_agreed(moderation) != event.facts["settled"]:
            yield f"Scores were changed after they were agreed (event {event.pk})."


def _decided() -> Iterator[str]:
    for event in _told("decision.approved"):
        decision = Decision.objects.filter(pk=event.subject_id).first()
        if decision is None:
            yield f"A decision is gone (event {event.pk})."
        elif canonical.digest(decision.results) != event.facts["results"]:
            yield f"The results of a decision were changed after its approval (event {event.pk})."
