"""What was held at the opening: what stands of it, what becomes of it, and who is told."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from odifund.core import canonical, files, two_person
from odifund.core.models import StoredFile, TwoPersonMove
from tenders.models import OpeningCheck, Proposal, Settlement, Tender, Version
from tenders.queries import contents


def check_of(proposal: Proposal) -> OpeningCheck | None:
    """The check that holds or held this proposal, with what became of it; none where it matched."""
    found = OpeningCheck.objects.filter(version__proposal=proposal, matches=False)
    return found.select_related("version", "settlement").first()


def settlement_of(held: OpeningCheck) -> Settlement | None:
    """What was proposed for it or became of it."""
    found = Settlement.objects.filter(held=held)
    return found.select_related("held__version__tender", "prepared_by", "settled_by").first()


def waiting(settlement: Settlement | None) -> TwoPersonMove | None:
    """The proposed outcome that waits for another person."""
    return two_person.waiting("settle", settlement) if settlement else None


def stands(version: Version) -> dict[str, object]:
    """Digests of the words and the files as they stand now."""
    listed = contents.of(version).files if is_readable(version) else []
    stored = StoredFile.objects.in_bulk([file.id for file in listed])
    return {
        "words": contents.fingerprint(version.manifest),
        "files": {str(key): files.digest_of(file) for key, file in stored.items()},
    }


def is_readable(version: Version) -> bool:
    """Whether its words can be read at all."""
    try:
        contents.of(version)
    except (ValueError, KeyError, TypeError):
        return False
    return True


def content(settlement: Settlement) -> dict[str, object]:
    """What one person proposes and another confirms: this outcome of exactly what stands."""
    return {
        "held": settlement.held_id,
        "outcome": settlement.outcome,
        "reason": settlement.reason,
        "stands": stands(settlement.held.version),
    }


def stops_settling(settlement: Settlement, at: datetime) -> Iterator[str]:
    """What cannot be admitted as it stands, in sentences."""
    if settlement.outcome != Settlement.Outcome.ADMITTED:
        return
    version = settlement.held.version
    if not is_readable(version):
        yield "Its words cannot be read. Have the record restored first, or leave the proposal out."
    elif not contents.tells_what_was_written(version):
        yield (
            "Its title, price, members or moment differ from its own words, so it stands in two ways."
            " Have the record restored first, or leave the proposal out."
        )


def digest_of(settlement: Settlement) -> str:
    """What was settled, for the trail."""
    return canonical.digest([settlement.outcome, settlement.reason, settlement.stands])


def admitted_words(version: Version) -> str | None:
    """The fingerprint of the words that two people admitted; none where it was never held."""
    admitted = _admitted(version)
    return str(admitted.stands["words"]) if admitted else None


def admitted_file(version: Version, stored: StoredFile) -> str | None:
    """The digest of a file as two people admitted it."""
    admitted = _admitted(version)
    return admitted.stands["files"].get(str(stored.pk)) if admitted else None


def _admitted(version: Version) -> Settlement | None:
    return Settlement.objects.filter(
        held__version=version, status=Settlement.Status.SETTLED, outcome=Settlement.Outcome.ADMITTED
    ).first()


@dataclass(frozen=True)
class Held:
    """How many were held, and what became of them."""

    count: int
    admitted: int

    @property
    def left_out(self) -> int:
        """Those that are not in the table."""
        return self.count - self.admitted


def counts(tender: Tender) -> Held:
    """Of a tender that is decided: what was not admitted is left out."""
    rows = OpeningCheck.objects.filter(opening__tender=tender, matches=False)
    settled = list(rows.values_list("settlement__status", "settlement__outcome"))
    admitted = (Settlement.Status.SETTLED.value, Settlement.Outcome.ADMITTED.value)
    return Held(len(settled), sum(row == admitted for row in settled))
