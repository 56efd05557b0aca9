"""Registers that number organisations, by their codes at org-id.guide, and what a number of each looks like.

A short choice: those in which bidders from the UK stand. Knows neither Django nor us.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Scheme:
    """One register. `form` is what its numbers match, `looks` says so, `digits` counts leading zeros too."""

    code: str
    name: str
    form: str
    looks: str
    digits: int = 0
    prefix: str = ""


SCHEMES = {
    scheme.code: scheme
    for scheme in (
        Scheme(
            "GB-COH",
            "Companies House (companies, community interest companies)",
            r"\d{8}|[A-Z]{2}\d{6}|R\d{7}",
            "8 characters, like 01234567 or SC123456",
            digits=8,
        ),
        Scheme("GB-LAE", "Local authorities in England", r"[A-Z]{3,4}", "3 or 4 letters, like KEN"),
        Scheme("GB-LAS", "Local authorities in Scotland", r"[A-Z]{3}", "3 letters, like ORK"),
        Scheme("GB-PLA", "Principal local authorities in Wales", r"[A-Z]{3}", "3 letters, like AGY"),
        Scheme("GB-LANI", "Local authorities in Northern Ireland", r"[A-Z]{3}", "3 letters, like BFS"),
        Scheme(
            "GB-CHC",
            "Charity Commission for England and Wales",
            r"\d{6,7}",
            "6 or 7 figures, like 1098765",
        ),
        Scheme(
            "GB-SC",
            "Office of the Scottish Charity Regulator",
            r"SC\d{6}",
            "SC and 6 figures, like SC012345",
            digits=6,
            prefix="SC",
        ),
        Scheme("GB-NIC", "Charity Commission for Northern Ireland", r"\d{6}", "6 figures, like 101234"),
        Scheme("GB-NHS", "NHS organisation codes", r"[A-Z0-9]{3,6}", "3 to 6 letters and figures, like RX1"),
        Scheme("GB-UKPRN", "UK Register of Learning Providers", r"1\d{7}", "8 figures, like 10001234"),
    )
}
"""By code, in the order they are offered: councils and companies first."""


class NotANumber(ValueError):
    """What was typed is no number of this register; the message says what one looks like."""


def number_of(code: str, typed: str) -> str:
    """The number as the register writes it: in capitals, without spaces, its leading zeros kept."""
    scheme = SCHEMES[code]
    plain = re.sub(r"[\s./-]", "", typed.upper())
    plain = plain.removeprefix(code.replace("-", "")) or plain
    if re.fullmatch(scheme.form, plain, re.ASCII):
        return plain
    if whole := _with_zeros(scheme, plain):
        raise NotANumber(f"A number of this register has {scheme.looks}. Did you mean {whole}?")
    raise NotANumber(f"Enter the number as the register has it: {scheme.looks}")


def _with_zeros(scheme: Scheme, plain: str) -> str:
    """The number whose leading zeros, or letters, were left out; nothing where it is not that."""
    figures = plain.removeprefix(scheme.prefix)
    if not scheme.digits or not figures.isascii() or not figures.isdigit() or len(figures) > scheme.digits:
        return ""
    return f"{scheme.prefix}{figures.zfill(scheme.digits)}"
