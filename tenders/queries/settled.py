"""What was settled, against what the trail holds of it: for `verify_audit`.

The database refuses to change these rows; whoever holds its owner's keys can switch that off. The
digests that the moves left in the chain then name what was changed.
"""

from collections.abc import Callable, Iterator
from typing import Any

from odifund.core import canonical
from odifund.core.models import Event, Row
from tenders.models import AgreedScore, Decision, Moderation, Score, Settlement, Tender, Version
from tenders.models.tender import RULES
from tenders.queries import contents, held
from tenders.queries import tender as tenders


def of_score(score: Score) -> str:
    """The digest of a locked score."""
    return canonical.digest([score.score, score.reason, score.note])


def of_agreed(moderation: Moderation) -> str:
    """The digest of what the panel agreed on one proposal."""
    rows = AgreedScore.objects.filter(moderation=moderation).order_by("criterion__order", "criterion__code")
    return canonical.digest(list(rows.values_list("criterion__code", "score", "reason", "note")))


def of_rules(tender: Tender) -> str:
    """The digest of what proposals are judged by: criteria, scale, sections, and who can win how much."""
    said = tenders.content(tender)
    return canonical.digest({name: said[name] for name in ("criteria", "scale", "sections", *RULES)})


def of_decision(decision: Decision) -> str:
    """The digest of the results that were approved."""
    return canonical.digest(decision.results)


def faults() -> Iterator[str]:
    """A sentence for each settled row that is gone or says other than it did."""
    yield from _submitted()
    yield from _published()
    yield from _kept(
        "settlement.confirmed",
        Settlement,
        held.digest_of,
        "What became of a held proposal is gone",
        "What became of a held proposal was changed after it was settled",
    )
    yield from _kept(
        "score.locked",
        Score,
        of_score,
        "A score that was locked is gone",
        "A score was changed after it was locked",
    )
    yield from _kept(
        "moderation.agreed",
        Moderation,
        of_agreed,
        "Agreed scores are gone",
        "Scores were changed after they were agreed",
    )
    yield from _kept(
        "decision.approved",
        Decision,
        of_decision,
        "A decision is gone",
        "The results of a decision were changed after its approval",
        fact="results",
    )


def _told(name: str) -> Iterator[Event]:
    return Event.objects.filter(name=name).order_by("id").iterator()


def _published() -> Iterator[str]:
    gone, changed = (
        "A tender that was published is gone",
        "What proposals are judged by was changed after publication",
    )
    for name in ("tender.published", "tender.published_by_clock"):
        yield from _kept(name, Tender, of_rules, gone, changed, fact="rules")


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


def _kept(
    name: str, row: type[Row], digest: Callable[[Any], str], gone: str, changed: str, *, fact: str = "settled"
) -> Iterator[str]:
    """The rows that events of one name settled, each against the digest that its event keeps."""
    for event in _told(name):
        found = row._default_manager.filter(pk=event.subject_id).first()
        if found is None:
            yield f"{gone} (event {event.pk})."
        elif fact in event.facts and digest(found) != event.facts[fact]:
            yield f"{changed} (event {event.pk})."
