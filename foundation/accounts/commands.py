"""The one manner of commands (datasets.md section 6): `--json`, `--as USER`, a progress bar, three exits.

    class Command(StageCommand):
        help = "Read areas from a CSV file."

        def add_stage_arguments(self, parser): parser.add_argument("file", metavar="FILE", type=Path)
        def act(self, *, by, progress, **options): return import_areas(options["file"], by=by)
        def sentences(self, answer): yield "…"          # what a person reads instead of the JSON

Exit 0 on success, 1 when the work was refused (one sentence on standard error), 2 for wrong usage.
"""

import argparse
import json
import sys
import time
import uuid
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.models.people import normal_username
from foundation.accounts.progress import Progress, TerminalBar
from foundation.accounts.refusals import Refused
from foundation.ledger.tracing import current_request

SHELL = "shell"


class WrongUsage(Refused):
    """The command was called wrongly: exit 2."""


class StageCommand(BaseCommand):
    """A command that calls one stage function as somebody, and prints what came of it."""

    #: Whether the answer carries `seconds`, the time the work took.
    timed = True

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options that every command has, then its own."""
        parser.add_argument("--json", action="store_true", help=_("print one JSON object and nothing else"))
        parser.add_argument(
            "--as",
            dest="username",
            metavar="USER",
            default=SHELL,
            help=_("act as this member of staff, within their areas (default: the account shell)"),
        )
        self.add_stage_arguments(parser)

    def add_stage_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the command's own arguments."""

    def act(self, *, by: User, progress: Progress, **options: Any) -> Mapping[str, Any]:
        """Call the stage function and return its answer, ready for JSON."""
        raise NotImplementedError

    def sentences(self, answer: Mapping[str, Any]) -> Iterable[str]:
        """Return the lines that tell a person what the answer says."""
        return (f"{key}: {value}" for key, value in answer.items())

    def handle(self, *args: Any, **options: Any) -> None:
        """Do the work on one business day, under one request id, and print the answer."""
        bar = TerminalBar()
        started = time.monotonic()
        request = current_request.set(f"command:{uuid.uuid4().hex}")
        try:
            with clock.one_reading():
                answer = dict(self.act(by=acting(options["username"]), progress=bar, **options))
        finally:
            current_request.reset(request)
            bar.close()
        if self.timed:
            answer["seconds"] = round(time.monotonic() - started, 2)
        if options["json"]:
            self.stdout.write(json.dumps(answer, ensure_ascii=False, default=str))
            return
        for line in self.sentences(answer):
            self.stdout.write(line)

    def run_from_argv(self, argv: list[str]) -> None:
        """Run from a shell: a refusal is one sentence on standard error and an exit status, never a trace."""
        try:
            super().run_from_argv(argv)
        except Refused as refusal:
            self.stderr.write(refusal.sentence)
            sys.exit(2 if isinstance(refusal, WrongUsage) else 1)


def acting(username: str) -> User:
    """Return the account a command acts as: `shell`, or a member of staff who may sign in."""
    if username == SHELL:
        return User.objects.built_in(SHELL)
    user = User.objects.filter(username=normal_username(username), is_active=True, is_built_in=False).first()
    if user is None:
        raise WrongUsage(_("There is no member of staff with the login name %(name)s.") % {"name": username})
    return user


def opened(path: Path) -> BinaryIO:
    """Open a file that the caller named for reading, or say in one sentence why it cannot be read."""
    try:
        return path.open("rb")
    except FileNotFoundError as missing:
        raise Refused(_("There is no file %(path)s.") % {"path": path}) from missing
    except IsADirectoryError as folder:
        raise Refused(_("%(path)s is a folder: name a file.") % {"path": path}) from folder
    except OSError as closed:
        raise Refused(
            _("The file %(path)s cannot be read: %(why)s.") % {"path": path, "why": closed.strerror}
        ) from closed


def writable(path: Path) -> TextIO:
    """Open a file that the caller named for a CSV to be written into (with a mark that spreadsheets read)."""
    try:
        return path.open("w", encoding="utf-8-sig", newline="")
    except OSError as closed:
        raise Refused(
            _("The file %(path)s cannot be written: %(why)s.") % {"path": path, "why": closed.strerror}
        ) from closed
