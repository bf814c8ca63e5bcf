"""Give one account a password for its next sign-in: what is left when an administrator has lost theirs."""

import argparse
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from foundation.accounts.commands import StageCommand, acting
from foundation.accounts.models import User
from foundation.accounts.progress import Progress
from foundation.accounts.staff import set_one_time_password


class Command(StageCommand):
    """Run on the server: `set_password LOGIN`; the person must choose their own at the next sign-in."""

    help = "Set a one-time password and print it once."
    timed = False

    def add_stage_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the account."""
        parser.add_argument("login", metavar="LOGIN")

    def act(self, *, by: User, progress: Progress, **options: Any) -> Mapping[str, Any]:
        """Set the password and answer with it."""
        account = acting(options["login"])
        return {"username": account.username, "password": set_one_time_password(account, by=by)}

    def sentences(self, answer: Mapping[str, Any]) -> Iterable[str]:
        """Return name and password."""
        yield f"{answer['username']}  {answer['password']}"
        yield _("This password is not shown again; the person chooses their own at the next sign-in.")
