"""The words of the demonstration, read from `content/`: a folder a round, a file a proposal."""

import tomllib
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from odifund.core.forms import sniffing

FOLDER = Path(__file__).parent / "content"


@cache
def read(name: str) -> dict[str, Any]:
    """One file of words: "organisations", "open/round", or a proposal such as "open/repairs"."""
    with (FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def upload(name: str) -> SimpleUploadedFile:
    """A file to take along, as the form would have taken it."""
    words = (FOLDER / "files" / name).read_bytes()
    return SimpleUploadedFile(name, words, sniffing.kind_of(BytesIO(words)).media_type)
