"""Open the three first administrators of an installation that nobody can sign in to yet."""

import argparse
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from foundation.accounts.commands import StageCommand, WrongUsage
from foundation.accounts.first_accounts import Person, open_first_accounts
from foundation.accounts.models import User
from foundation.accounts.progress import Progress
from foundation.accounts.roles import ADMINISTRATORS, Role


class Command(StageCommand):
    """Run once, on the server: `open_first_accounts --area 411121 --system zhang=张三 --security … --audit …`."""

    help = "Open the system, security and audit administrator of an area, with passwords shown once."
    timed = False

    def add_stage_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the area and one person for each office."""
        parser.add_argument("--area", required=True, metavar="CODE")
        for role in ADMINISTRATORS:
            parser.add_argument(
                f"--{_office(role)}", required=True, metavar="LOGIN=NAME", help=str(role.label)
            )

    def act(self, *, by: User, progress: Progress, **options: Any) -> Mapping[str, Any]:
        """Open the accounts and answer with their passwords: the only time these are seen."""
        people = {role: _person(options[_office(role)]) for role in ADMINISTRATORS}
        opened = open_first_accounts(options["area"], people, by=by)
        return {
            "accounts": [
                {"role": each.role.value, "username": each.user.username, "password": each.password}
                for each in opened
            ]
        }

    def sentences(self, answer: Mapping[str, Any]) -> Iterable[str]:
        """Return one line per person, and what happens next."""
        for account in answer["accounts"]:
            yield f"{Role(account['role']).label}  {account['username']}  {account['password']}"
        yield _("These passwords are not shown again; each person chooses their own at the first sign-in.")


def _office(role: Role) -> str:
    return role.value.removesuffix("_admin")


def _person(typed: str) -> Person:
    username, equals, name = typed.partition("=")
    if not (username and equals and name):
        raise WrongUsage(_("Write a person as LOGIN=NAME, not as %(typed)s.") % {"typed": typed})
    return Person(username, name)
