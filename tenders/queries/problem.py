"""What a report keeps of the page it is about: where, and no key that only its reader has."""

import re

from odifund.core.links import parts_of

KEYS = re.compile(r"(?<=/)(?:[0-9a-fA-F]{8}-[0-9a-fA-F-]{27}|[^/]*\.[^/]{20,})(?=/|$)")
LONGEST = 300


def path_of(address: str) -> str:
    """The path of a page of ours; nothing where it is none."""
    path = parts_of(address).path
    is_ours = path.startswith("/") and not path.startswith("//") and "\\" not in path
    return path if is_ours and len(path) <= LONGEST else ""


def without_keys(path: str) -> str:
    """The path without its keys: a proposal stays sealed, and a link in a mail its reader's."""
    return KEYS.sub("…", path)
