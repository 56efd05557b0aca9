#!/usr/bin/env python
"""The portal's commands."""

import os
import sys


def main() -> None:
    """Run the command named on the line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "odifund.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
