"""The words of the demonstration, read from `content/*.toml`."""

import tomllib
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "content"


def read(name: str) -> dict[str, Any]:
    """One file of words: "organisations", "reasons", or a round such as "open"."""
    with (FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)
