"""Who may hold which role where: the rules that every grant passes, one by one or by the file."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from foundation.accounts.models import Area, Department, Posting, StandIn, User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import RULES, Level, Role, incompatible


@dataclass(frozen=True, slots=True)
class Grant:
    """What is to be granted: a role in an area, for a department where the role needs one, for a period."""

    user: User
    role: Role
    area: Area
    from_day: datetime.date
    until_day: datetime.date | None = None
    department: Department | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A role that a person acts in from `from_day` until and including `until_day`, also as a stand-in."""

    role: Role
    from_day: datetime.date
    until_day: datetime.date | None
    as_stand_in: bool = False

    def overlaps(self, first: datetime.date, last: datetime.date | None) -> bool:
        """Say whether the role is held on a day of `first` … `last` (None: open end)."""
        return (last is None or self.from_day <= last) and (self.until_day is None or self.until_day >= first)


def check_grantee(wanted: Grant, *, by: User) -> None:
    """Refuse a grant to oneself, and to a person of another area whom one cannot see."""
    if wanted.user.pk == by.pk:
        raise Refused(_("Nobody grants a posting to themselves: ask another security administrator."))
    if not User.objects.visible_to(by).filter(pk=wanted.user.pk).exists():
        raise Refused(_("This person belongs to another area: let the next level up grant it."), field="user")


def check_grant(wanted: Grant, *, held: Iterable[Held] | None = None) -> None:
    """Refuse a grant that the rule of its role forbids; each refusal names the field it belongs to.

    `held` are the person's other roles, where the caller has read them for many people at once.
    """
    if wanted.user.is_built_in:
        raise Refused(_("The platform's own accounts hold no posting."), field="user")
    if not wanted.user.is_active:
        raise Refused(_("This account is disabled: enable it before it gets a posting."), field="user")
    _check_area(wanted)
    _check_department(wanted)
    check_period(wanted)
    check_compatible(
        wanted.role,
        held_by(wanted.user) if held is None else held,
        wanted.from_day,
        wanted.until_day,
    )


def check_period(wanted: Grant) -> None:
    """Refuse a period that ends before it begins, or stays open where the role is held for a limited time."""
    if RULES[wanted.role].time_limited and wanted.until_day is None:
        raise Refused(_("This role is held for a limited time: enter its last day."), field="until_day")
    if wanted.until_day is not None and wanted.until_day < wanted.from_day:
        raise Refused(_("The last day lies before the first."), field="until_day")


def check_compatible(
    wanted: Role, held: Iterable[Held], first: datetime.date, last: datetime.date | None
) -> None:
    """Refuse a role that shares a day with one that excludes it, be it held or stood in for."""
    for other in held:
        if not (other.overlaps(first, last) and incompatible(other.role, wanted)):
            continue
        sentence = (
            _("“%(role)s” cannot be held together with “%(held)s”, which this person stands in for.")
            if other.as_stand_in
            else _("“%(role)s” cannot be held together with “%(held)s”, which this person has.")
        )
        raise Refused(sentence % {"role": wanted.label, "held": other.role.label}, field="role")


def held_by(user: User, *, without: Posting | None = None) -> list[Held]:
    """Return every role a person has or stands in for, past and future; two queries."""
    return held_by_many([user.pk], without=without).get(user.pk, [])


def held_by_many(users: Iterable[int], *, without: Posting | None = None) -> dict[int, list[Held]]:
    """Return the roles of many people by their id; two queries whatever their number."""
    people = list(users)
    roles: dict[int, list[Held]] = {}
    own = Posting.objects.standing().filter(user_id__in=people)
    if without is not None:
        own = own.exclude(pk=without.pk)
    for user, role, first, last in own.values_list("user_id", "role", "from_day", "until_day"):
        roles.setdefault(user, []).append(Held(Role(role), first, last))
    stood_in = StandIn.objects.standing().filter(substitute_id__in=people)
    for user, role, first, last in stood_in.values_list(
        "substitute_id", "posting__role", "from_day", "until_day"
    ):
        roles.setdefault(user, []).append(Held(Role(role), first, last, as_stand_in=True))
    return roles


def lock(*people: User) -> None:
    """Hold the accounts until the transaction ends, so that two grants to one person come one after the other."""
    list(User.objects.select_for_update().filter(pk__in=[person.pk for person in people]).order_by("pk"))


def levels_of(role: Role) -> list[Level]:
    """Return the levels at which `role` may be posted, highest first."""
    return sorted(RULES[role].levels)


def _check_area(wanted: Grant) -> None:
    if wanted.area.level not in RULES[wanted.role].levels:
        levels = ", ".join(str(level.label) for level in levels_of(wanted.role))
        raise Refused(
            _("“%(role)s” is a post at this level: %(levels)s. Choose such an area.")
            % {"role": wanted.role.label, "levels": levels},
            field="area",
        )
    if wanted.area.retired_on is not None:
        raise Refused(_("This area is retired: choose the one that followed it."), field="area")


def _check_department(wanted: Grant) -> None:
    needed = RULES[wanted.role].needs_department
    if needed and wanted.department is None:
        raise Refused(_("This role belongs to a department: choose which."), field="department")
    if not needed and wanted.department is not None:
        raise Refused(_("This role belongs to no department: leave it empty."), field="department")
