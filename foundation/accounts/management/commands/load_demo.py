"""Load the demonstration: two invented counties with their staff, and accounts to sign in with."""

import argparse
import sys
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from foundation.accounts.commands import StageCommand
from foundation.accounts.demo.loading import load_demo
from foundation.accounts.models import User
from foundation.accounts.progress import Progress


class Command(StageCommand):
    """Print, on standard output, nothing but the accounts with their passwords, which are shown only once."""

    help = "Load the demonstration into an empty database and print its accounts."
    timed = False

    def add_stage_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the one option."""
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing where there are areas or staff already"
        )

    def act(self, *, by: User, progress: Progress, **options: Any) -> Mapping[str, Any]:
        """Load, in Chinese: names of roles in the table are those on the pages."""
        seen = progress if sys.stderr.isatty() else self._told
        with override("zh-hans"):
            accounts = load_demo(by=by, if_empty=options["if_empty"], progress=seen)
        return {"accounts": [asdict(account) for account in accounts]}

    def sentences(self, answer: Mapping[str, Any]) -> Iterable[str]:
        """Return the table of accounts, or nothing where nothing was loaded."""
        rows = [list(account.values()) for account in answer["accounts"]]
        if not rows:
            return []
        with override("zh-hans"):
            head = [_("Login name"), _("Name"), _("Role"), _("Area"), _("Password")]
        return _table([head, *rows])

    def _told(self, done: int, total: int) -> None:
        """Tell the progress in plain lines, where standard error is no terminal."""
        self.stderr.write(
            _("Demonstration: %(done)d of %(total)d days played") % {"done": done, "total": total}
        )


def _table(rows: list[list[str]]) -> list[str]:
    """Return rows as lines with their columns aligned; a Chinese character is two columns wide."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    ]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
