"""The migrations that have landed: `python -m tests.house.landed` adds those that are new.

`landed_migrations.txt` has a line for each, its SHA-256 and its path. From the first landing on
migrations are only added to, since `make run` keeps its data: what a line says never changes.
"""

import hashlib

from tests.house.source import PACKAGES, ROOT

LIST = ROOT / "tests" / "house" / "landed_migrations.txt"


def present() -> dict[str, str]:
    """The fingerprint of every migration that is here, by its path."""
    files = (file for package in PACKAGES for file in (ROOT / package).rglob("migrations/0*.py"))
    return {str(file.relative_to(ROOT)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def landed() -> dict[str, str]:
    """The fingerprint of every migration that has landed, by its path."""
    lines = LIST.read_text().splitlines() if LIST.exists() else []
    return {path: digest for digest, path in (line.split() for line in lines)}


def main() -> None:
    """Add what is new; what has landed keeps its line."""
    known = present() | landed()
    LIST.write_text("".join(f"{known[path]}  {path}\n" for path in sorted(known)))


if __name__ == "__main__":
    main()
