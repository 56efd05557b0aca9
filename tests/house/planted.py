"""Words planted in what is sealed, and who may read each at a stage.

Before the opening a proposal is its named people's. After it, also who oversees and the panel, without whom
a conflict, an interest or an undeclared interest keeps away. The decision publishes the titles, members and
prices of what is awarded; nothing else of a proposal is ever public, and a held one stays sealed.
"""

from collections.abc import Iterator

from tenders.models import Version
from tests.factories.proposal import TEXT
from tests.house.bidders import MARK, RIVALS_MARK, TEXTS, TITLES
from tests.house.judging import AGREED, AGREED_NOTE, BEGUN, LOCKED_EARLY, NOTE, REASON, WHY_UNFIT
from tests.house.world import LIKE, PEOPLE, STAGES

EVERYBODY = frozenset(PEOPLE) | frozenset(LIKE)
NAMED = frozenset({"lead-a", "partner-a"})
RIVALS = frozenset({"lead-b", "partner-a", "bidding-manager"})
FUND = frozenset({"manager", "approver", "observer"})
PANEL = frozenset({"evaluator-1", "moderator", "deputy"})
DECLARING = PANEL | {"conflicted", "undeclared"}
SCORERS = {"ours": ("evaluator-1", "deputy", "evaluator-3"), "theirs": ("evaluator-1", "evaluator-2")}
NOBODY: frozenset[str] = frozenset()

Readers = frozenset[str]


def words(stage: str) -> dict[str, Readers]:
    """Each word, and who may read it."""
    reached = STAGES.index(stage)
    opened, decided = reached >= STAGES.index("opened"), reached >= STAGES.index("decided")
    ours = NAMED | (FUND | PANEL if opened else NOBODY)
    theirs = RIVALS | (FUND | PANEL | {"conflicted"} if opened else NOBODY)
    unfit = FUND | PANEL | {"conflicted"} if opened else NOBODY
    found = {
        MARK: EVERYBODY if decided else ours | {"invited"},
        RIVALS_MARK: EVERYBODY if decided else theirs,
        TITLES["unfit"].split()[0]: unfit,
        TITLES["held"].split()[0]: NOBODY,
        TEXTS["ours"]: ours,
        TEXTS["theirs"]: theirs,
        TEXTS["unfit"]: unfit,
        TEXTS["held"]: NOBODY,
        TEXT[:40]: ours | theirs | unfit,
        "letters of support": ours | theirs | unfit,
        "Repairs team": ours | theirs | unfit,
        "39120.25": unfit,
        "39,120.25": unfit,
        WHY_UNFIT: unfit,
    }
    if not decided:
        found |= dict.fromkeys(("45370.50", "45,370.50"), ours | theirs)
    return found | dict(_people(opened, decided)) | dict(_receipts(stage)) | dict(_of_the_panel(stage))


def _people(opened: bool, decided: bool) -> Iterator[tuple[str, Readers]]:
    """Who bids is itself sealed until the decision; their addresses are for who has to do with them."""
    knows = FUND | PANEL if opened else NOBODY
    declares = knows | DECLARING if opened else NOBODY
    mine, colleagues = frozenset({"lead-a", "partner-a"}), frozenset({"colleague", "invited"})
    yield "priya.nair@", mine | knows | colleagues
    yield "callum.frost@", RIVALS | knows | {"conflicted"}
    yield "ines.okafor@", NAMED | RIVALS | knows | {"conflicted"}
    if not decided:
        yield "Priya Nair", mine | knows | colleagues
        yield "Callum Frost", RIVALS | knows | {"conflicted"}
        yield "Ines Okafor", NAMED | RIVALS | knows | {"conflicted"}
        yield "Exampleshire", mine | colleagues | declares
        yield "Sampleton", RIVALS | declares
        for agency in ("Pattern &amp; Post", "Pattern & Post"):
            yield agency, NAMED | RIVALS | declares | {"invited"}
    for place in ("Fenwick", "Marle"):
        yield f"{place} Council", declares


def _receipts(stage: str) -> Iterator[tuple[str, Readers]]:
    """Numbers and fingerprints, until the register publishes them."""
    if STAGES.index(stage) >= STAGES.index("closed"):
        return
    for version in Version.objects.select_related("proposal"):
        title = version.proposal.title
        readers = {TITLES["ours"]: NAMED, TITLES["theirs"]: RIVALS}.get(title, NOBODY)
        yield version.receipt_number, readers
        yield version.fingerprint, readers


def _of_the_panel(stage: str) -> Iterator[tuple[str, Readers]]:
    """Reasons and notes: one's own, until all are locked; then the panel's and, reasons, who oversees."""
    all_locked = STAGES.index(stage) >= STAGES.index("scored")
    for side, scorers in SCORERS.items():
        panel = PANEL if side == "ours" else PANEL | {"conflicted"}
        for key in scorers:
            person = {"evaluator-2": "conflicted"}.get(key, key)
            own = frozenset({person})
            yield f"{REASON}-{key}-{side}", panel | FUND if all_locked else own
            yield f"{NOTE}-{key}-{side}", panel | {"observer"} if all_locked else own
        bidders = NAMED if side == "ours" else RIVALS
        yield f"{AGREED}--{side}", bidders | panel | FUND
        yield f"{AGREED_NOTE}--{side}", panel | {"observer"}


def first_given() -> set[str]:
    """The reasons on `ours` that lie in the database before all are locked."""
    return {f"{REASON}-{key}-ours" for key in (LOCKED_EARLY, BEGUN)}
