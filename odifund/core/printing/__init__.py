"""Tagged PDF, made by Typst from a file of ours and data.

The files (`print/`) say how things look. What people wrote goes in as data and is never
read as markup. The same data and moment give the same bytes: fonts come with the package alone,
and no clock is read.
"""

import json
import re
from datetime import datetime
from functools import lru_cache
from threading import BoundedSemaphore
from typing import Literal

import typst
from django.conf import settings

from odifund.core.errors import Busy

FILES = settings.BASE_DIR / "print"
AT_A_TIME, PATIENCE = 1, 5.0
"""So many at a time in one process, and how many seconds the next waits for its turn."""
LONGEST = 24
"""Signs of a word that no line breaks; a longer one may break anywhere."""
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
LONG = re.compile(rf"\S{{{LONGEST},}}")
Standard = Literal["ua-1"] | None
_turn = BoundedSemaphore(AT_A_TIME)


def as_pdf(file: str, data: dict[str, object], at: datetime) -> bytes:
    """The PDF, by the rules for PDF that everybody can read (PDF/UA-1). It says it was made at `at`.

    A sign that no font of ours can draw keeps it from that standard, not from being made: the
    tags and words are the same, and a box stands where the sign would.
    """
    if not _turn.acquire(timeout=PATIENCE):
        raise Busy("Too many people ask for a PDF just now.")
    try:
        return _made(file, data, at, "ua-1")
    except typst.TypstError as error:
        if "PDF/UA" not in error.message:
            raise
        return _made(file, data, at, None)
    finally:
        _turn.release()


def _made(file: str, data: dict[str, object], at: datetime, standard: Standard) -> bytes:
    made = typst.compile(
        FILES / file,
        root=FILES,
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(legible(data))},
        pdf_standards=standard,
        timestamp=int(at.timestamp()),
    )
    assert isinstance(made, bytes)
    return made


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)


def legible(data: object) -> object:
    """The same with what cannot be printed left out, and with places where a very long word may break."""
    if isinstance(data, str):
        return LONG.sub(lambda word: "\u200b".join(word[0]), UNSEEN.sub("", data))
    if isinstance(data, dict):
        return {name: value if name == "href" else legible(value) for name, value in data.items()}
    if isinstance(data, list | tuple):
        return [legible(value) for value in data]
    return data
