#!/usr/bin/env python
"""The portal's commands. Beside a running `make run` they speak to its database, unless told of another."""

import json
import os
import sys
from pathlib import Path


def main() -> None:
    """Run the command named on the line; that no database answers is said in one line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "odifund.settings")
    told = Path(os.environ.get("ODIFUND_VAR") or Path(__file__).parent / "var") / "told.json"
    if "DATABASE_URL" not in os.environ and told.exists():
        for name, value in json.loads(told.read_text()).items():
            os.environ.setdefault(name, value)
    from django.core.management import execute_from_command_line
    from django.db import OperationalError

    try:
        execute_from_command_line(sys.argv)
    except OperationalError as failed:
        reason = str(failed).strip().splitlines()[0]
        sys.exit(
            f"The database does not answer: {reason}. Set DATABASE_URL, or start the portal with make run."
        )


if __name__ == "__main__":
    main()
