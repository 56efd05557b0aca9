"""The cast of the demonstration: invented people of invented organisations, a line on each."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Player:
    """Somebody the demonstration signs you in as. `roles` are roles at the fund."""

    key: str
    name: str
    email: str
    biography: str
    roles: tuple[str, ...] = ()
    organisation: str = ""


CAST = (
    Player(
        "administrator",
        "Amara Quill",
        "amara.quill@fund.example.org",
        "Invites staff and gives roles. Sees no proposal.",
        ("administrator",),
    ),
    Player(
        "manager",
        "Morgan Ellery",
        "morgan.ellery@fund.example.org",
        "Writes and runs the tenders, answers questions, offers contracts, reviews what is delivered.",
        ("manager",),
    ),
    Player(
        "approver",
        "Beatrix Holm",
        "beatrix.holm@fund.example.org",
        "The second person: confirms publishing, the opening and the awards, and countersigns contracts.",
        ("approver",),
    ),
    Player(
        "moderator",
        "Oskar Lindqvist",
        "oskar.lindqvist@fund.example.org",
        "Chairs the panel, and records the score that it agrees on with the reason.",
        ("moderator",),
    ),
    Player(
        "evaluator-1",
        "Tomasz Reid",
        "tomasz.reid@fund.example.org",
        "Scores proposals, and has done most of the pile.",
        ("evaluator",),
    ),
    Player(
        "evaluator-2",
        "Yewande Clarke",
        "yewande.clarke@fund.example.org",
        "Scores proposals. She declared a conflict, so one of them does not exist for her.",
        ("evaluator",),
    ),
    Player(
        "evaluator-3",
        "Haruto Bell",
        "haruto.bell@fund.example.org",
        "Scores proposals, and is in the middle of one.",
        ("evaluator",),
    ),
    Player(
        "finance",
        "Solveig Marsh",
        "solveig.marsh@fund.example.org",
        "Pays what has fallen due. Sees contracts, no proposals and no scores.",
        ("finance",),
    ),
    Player(
        "observer",
        "Ravi Thackeray",
        "ravi.thackeray@audit.example.org",
        "The probity auditor: reads the trail and everything that has been opened.",
        ("observer",),
    ),
    Player(
        "lead-a",
        "Priya Nair",
        "priya.nair@exampleshire.example.org",
        "Writes Exampleshire’s proposal in the open round, and leads a contract in delivery.",
        organisation="Exampleshire County Council",
    ),
    Player(
        "partner-a",
        "Ines Okafor",
        "ines.okafor@pattern-post.example.org",
        "A designer in Priya’s consortium and in its rival: she sees both, and they see one each.",
        organisation="Pattern & Post",
    ),
    Player(
        "lead-b",
        "Callum Frost",
        "callum.frost@sampleton.example.org",
        "Leads the rival consortium and sees nothing of Priya’s. Late with a blog in the round in delivery.",
        organisation="Sampleton Borough Council",
    ),
    Player(
        "newcomer",
        "Nia Penhallow",
        "nia.penhallow@middling.example.org",
        "Works at a small council, has registered for the open round, and has no organisation here yet.",
    ),
)

PLAYERS = {player.key: player for player in CAST}
