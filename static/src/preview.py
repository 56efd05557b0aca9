"""Draws static/preview.png, the picture beside a link to the portal, from the mark in `print/`.

Run it after the mark has changed; tests/house says when the picture is not the one that its source gives.
"""

from pathlib import Path

import typst

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "print" / "preview.typ"
PICTURE = ROOT / "static" / "preview.png"


def drawn() -> bytes:
    """600 by 600 points of the screen."""
    picture = typst.compile(SOURCE, root=SOURCE.parent, format="png", ppi=144, timestamp=0)
    assert isinstance(picture, bytes)
    return picture


if __name__ == "__main__":
    PICTURE.write_bytes(drawn())
    print(f"static/preview.png: {PICTURE.stat().st_size:,} bytes")
