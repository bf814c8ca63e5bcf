"""The first people of an empty production installation: three administrators, three different people."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.eligibility import Grant
from foundation.accounts.models import Area, Posting, User
from foundation.accounts.models.people import normal_username
from foundation.accounts.postings import grant
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import ADMINISTRATORS, Role
from foundation.accounts.staff import NewAccount, open_account, set_one_time_password


@dataclass(frozen=True, slots=True)
class Person:
    """A login name and a name."""

    username: str
    name: str


@dataclass(frozen=True, slots=True)
class Opened:
    """One first account and the password for its first sign-in."""

    role: Role
    user: User
    password: str


@transaction.atomic
def open_first_accounts(area: str, people: Mapping[Role, Person], *, by: User) -> list[Opened]:
    """Open the system, security and audit administrator of an area; refused once any of them exists there.

    From then on these three make everybody else: nobody holds two of the offices, and there is no superuser.
    """
    if not by.is_built_in:
        raise Refused(_("The first accounts are opened on the server, by the command alone."))
    place = Area.objects.living().filter(pk=area).first()
    if place is None:
        raise Refused(
            _("There is no area %(code)s: import the areas first (import_areas).") % {"code": area},
            field="area",
        )
    logins = {normal_username(person.username) for person in people.values()}
    names = {person.name.strip() for person in people.values()}
    if min(len(logins), len(names)) < len(ADMINISTRATORS):
        raise Refused(_("Name three different people: one for each office."))
    _check_none_yet(place)
    return [_open(role, people[role], place, by) for role in ADMINISTRATORS]


def _check_none_yet(area: Area) -> None:
    taken = Posting.objects.in_force().filter(area=area, role__in=ADMINISTRATORS).first()
    if taken is not None:
        raise Refused(
            _("%(area)s already has a %(role)s: its administrators open every further account.")
            % {"area": area, "role": Role(taken.role).label}
        )


def _open(role: Role, person: Person, area: Area, by: User) -> Opened:
    user = open_account(NewAccount(person.username, person.name, area), by=by)
    grant(Grant(user, role, area, clock.today()), by=by, reason=_("First accounts of this installation"))
    return Opened(role, user, set_one_time_password(user, by=by))
