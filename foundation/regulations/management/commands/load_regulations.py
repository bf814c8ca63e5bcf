"""Load the files of values again, or only check them (prepare_database loads them at every new version)."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from foundation.accounts.models import User
from foundation.regulations.checks import check_expressions
from foundation.regulations.contents import FileError
from foundation.regulations.files import FOLDER, read_folder
from foundation.regulations.loading import load


class Command(BaseCommand):
    """For whoever writes a file of values: the first thing that does not obey is named with file and key."""

    help = "Check the files of regulation values and load those that changed."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare what to read, and --check: read only."""
        parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
        parser.add_argument("--check", action="store_true", help="only read the files, change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check and load; one sentence says what was done or what is wrong."""
        try:
            files = read_folder(options["folder"])
            check_expressions(files)
            count = sum(len(read.values) for read in files.values())
            if options["check"]:
                self.stdout.write(f"{len(files)} files with {count} values obey the form.")
                return
            if options["folder"] != FOLDER:
                raise CommandError("Only the shipped files are loaded: add --check to read another folder.")
            done = load(by=User.objects.built_in("shell"))
        except FileError as wrong:
            raise CommandError(str(wrong)) from wrong
        self.stdout.write(
            f"{len(done.files)} files differed: {done.added} values added, "
            f"{done.corrected} corrected, {done.removed} removed."
        )
