"""What a lead confirms before a proposal can be submitted, in the words that are then written down."""

from tenders.models import Tender

ELIGIBILITY = (
    "No ground for exclusion of the Procurement Act 2023, Schedules 6 and 7, applies to any of us.",
    "Every organisation in the consortium knows of this proposal and agrees to take part.",
)
"""Our assumption: the notice names no grounds. Nothing here replaces what the fund checks itself."""

DECLARATIONS = (
    "What this proposal says is true as far as we know.",
    "We have made our price without agreeing it with anybody who proposes against us.",
    "We have told the fund of every interest that its people have in us, as far as we know of any.",
    "We accept the terms of the contract, and that our patterns are published under an open licence.",
    "Everybody whom this proposal names has agreed to be named.",
)


def conditions(tender: Tender) -> list[str]:
    """What the tender asks of a consortium, in sentences."""
    least = tender.organisations_least
    said = [f"It has at least {least} organisation{'s' if least > 1 else ''}."]
    if tender.needs_uk_public_sector:
        said.append("One of them at least is a UK public sector organisation.")
    if tender.one_consortium_each:
        said.append("No organisation in it is in another consortium of this tender.")
    else:
        said.append("An organisation leads one consortium of this tender, and may be in others too.")
    return said
