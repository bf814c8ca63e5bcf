#!/usr/bin/env python
"""Run a management command inside an environment that `./run` has prepared (use `./run manage COMMAND`)."""

import os
import sys


def main() -> None:
    """Hand the command line to Django."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        from django.core.management import execute_from_command_line
    except ImportError:
        sys.exit("Django is not installed here: use ./run manage COMMAND, which prepares everything first.")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
