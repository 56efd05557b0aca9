"""What of proposals nobody but their named people may read before the opening, by who asks."""

from tenders.models import Version
from tests.factories.proposal import TEXT
from tests.house import world

BEFORE_THE_OPENING = ("published", "submitted", "closed")
OURS = {"Priya Nair", "priya.nair@", "Exampleshire"}
THEIRS = {"Callum Frost", "callum.frost@", "Sampleton"}
SHARED = {"Ines Okafor", "ines.okafor@", "Pattern &amp; Post", "Pattern & Post"}
NAMED = {"lead-a", "partner-a"}
"""Whose proposal the addresses are about: its own people."""


def planted() -> set[str]:
    """Words and numbers that only named people may read."""
    words = {world.MARK, world.RIVALS_MARK, TEXT[:40], "letters of support", "45370.50", "45,370.50"}
    for version in Version.objects.all():
        words |= {version.receipt_number, version.fingerprint}
    return words


def secrets_of(person: str, stage: str) -> set[str]:
    """What this person must not read. One's own organisation, colleagues and proposal are no secret."""
    words = planted()
    if stage == "closed":  # the register is public: numbers and fingerprints, nothing else
        published = Version.objects.all()
        words -= {version.receipt_number for version in published}
        words -= {version.fingerprint for version in published}
    if person == "lead-b":
        theirs = Version.objects.filter(proposal__title__startswith=world.RIVALS_MARK)
        own = {world.RIVALS_MARK, TEXT[:40], "letters of support", "45370.50", "45,370.50"}
        own |= {number for version in theirs for number in (version.receipt_number, version.fingerprint)}
        return (words - own) | OURS
    if person == "invited":
        return words - {world.MARK} | THEIRS
    if person == "colleague":
        return words | THEIRS | SHARED
    return words | OURS | THEIRS | SHARED


def leaks(person: str, path: str, told: str, secrets: set[str]) -> list[str]:
    """A sentence for each secret that the answer tells this person."""
    return [f"{path} tells {person} {word!r}" for word in secrets if word in told]
