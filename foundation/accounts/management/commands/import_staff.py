"""Import staff from a workbook: accounts and postings, row by row checked."""

import argparse
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.accounts.commands import StageCommand
from foundation.accounts.models import User
from foundation.accounts.progress import Progress
from foundation.accounts.refusals import Refused
from foundation.accounts.staff_import import import_staff
from foundation.accounts.staff_sheets import first_passwords, rejected

_SHOWN = 20


class Command(StageCommand):
    """Take in FILE; without --passwords nobody can sign in until an administrator sets a password."""

    help = "Import staff from an XLSX or CSV file."

    def add_stage_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the file and what is written beside it."""
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument(
            "--passwords",
            metavar="FILE.xlsx",
            type=Path,
            help=_("write a password for the first sign-in of each new account into this new file"),
        )
        parser.add_argument(
            "--rejects", metavar="FILE.xlsx", type=Path, help=_("write the rejected rows into this new file")
        )

    def act(self, *, by: User, progress: Progress, **options: Any) -> Mapping[str, Any]:
        """Import; if a sheet cannot be written, nothing is imported either."""
        passwords, rejects = options["passwords"], options["rejects"]
        for path in filter(None, (passwords, rejects)):
            _check_new(path)
        try:
            with options["file"].open("rb") as file, transaction.atomic():
                imported = import_staff(file, by=by, with_passwords=passwords is not None, progress=progress)
                if passwords is not None and imported.passwords:
                    write_private(passwords, first_passwords(imported.passwords))
                if rejects is not None and imported.rejects:
                    write_private(rejects, rejected(imported.rejects))
        except OSError as unreadable:
            raise Refused(
                _("%(file)s: %(reason)s") % {"file": unreadable.filename, "reason": unreadable.strerror}
            ) from unreadable
        self._rejects = imported.rejects
        return imported.counts()

    def sentences(self, answer: Mapping[str, Any]) -> Iterable[str]:
        """Return the counts and the first rejected rows."""
        yield _("%(rows_read)d rows read, %(rows_accepted)d accepted, %(rows_rejected)d rejected.") % answer
        yield (
            _("%(accounts_opened)d accounts opened, %(postings_granted)d postings granted, ") % answer
            + _("%(postings_unchanged)d unchanged, %(postings_waiting)d waiting for the other administrator.")
            % answer
        )
        for reject in self._rejects[:_SHOWN]:
            yield f"{reject.sheet}!{reject.row} {reject.column}: {reject.sentence}"
        if len(self._rejects) > _SHOWN:
            yield _("… and %d more: --rejects FILE.xlsx writes them all.") % (len(self._rejects) - _SHOWN)


def write_private(path: Path, content: bytes) -> None:
    """Write a new file that only its owner can read."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)


def _check_new(path: Path) -> None:
    if path.exists():
        raise Refused(_("%(file)s already exists: name a new file.") % {"file": path})
    if not path.parent.is_dir():
        raise Refused(_("There is no folder %(folder)s.") % {"folder": path.parent})
