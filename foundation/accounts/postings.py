"""Grant and end postings: who may hold what, where, and for how long."""

import datetime
from dataclasses import dataclass
from typing import Protocol

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.composition import parts
from foundation.accounts.models import Area, Department, Posting, User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import RULES, Level, Right, Role, incompatible
from foundation.ledger.record import Act, record


class PostingFollower(Protocol):
    """What must happen, in the same transaction, when somebody's posting ends (work must find an owner)."""

    def __call__(self, posting: Posting, *, by: User, on: datetime.date) -> None:
        """Re-home what hangs on `posting`, which ends with the day `on`."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What is to be granted: a role in an area, for a department where the role needs one, for a period."""

    user: User
    role: Role
    area: Area
    from_day: datetime.date
    until_day: datetime.date | None = None
    department: Department | None = None


@transaction.atomic
def grant(wanted: Grant, *, by: User, reason: str = "") -> Posting:
    """Give a person a posting. Refused where the role, the area, the period or another posting forbids it."""
    actor = by.authority(Right.GRANT_POSTINGS, wanted.area.code)
    check_grantee(wanted, by=by)
    check_grant(wanted)
    try:
        with transaction.atomic():
            posting = Posting.objects.create(
                user=wanted.user,
                role=wanted.role,
                area=wanted.area,
                department=wanted.department,
                from_day=wanted.from_day,
                until_day=wanted.until_day,
            )
    except IntegrityError as clash:
        raise Refused(_("This person already holds this posting in that period.")) from clash
    wanted.user.__dict__.pop("_duties", None)
    record(
        Act(
            "posting.granted",
            "posting",
            str(posting.pk),
            happened_on=clock.today(),
            entered_on=clock.today(),
            area=wanted.area.code,
            after="in force",
            basis=reason,
            details={
                "staff": wanted.user.pk,
                "role": wanted.role.value,
                "department": wanted.department.pk if wanted.department else None,
                "from": wanted.from_day,
                "until": wanted.until_day,
            },
        ),
        by=actor,
    )
    return posting


def check_grantee(wanted: Grant, *, by: User) -> None:
    """Refuse a grant to oneself."""
    if wanted.user.pk == by.pk:
        raise Refused(_("Nobody grants a posting to themselves: ask another security administrator."))


def check_grant(wanted: Grant) -> None:
    """Refuse a grant that the rule of its role forbids; each refusal names the field it belongs to."""
    rule = RULES[wanted.role]
    if wanted.user.is_built_in:
        raise Refused(_("The platform's own accounts hold no posting."), field="user")
    if wanted.area.level not in rule.levels:
        levels = ", ".join(str(level.label) for level in sorted(rule.levels))
        raise Refused(
            _("“%(role)s” is a post at this level: %(levels)s. Choose such an area.")
            % {"role": wanted.role.label, "levels": levels},
            field="area",
        )
    if wanted.area.retired_on is not None:
        raise Refused(_("This area is retired: choose the one that followed it."), field="area")
    if rule.needs_department and wanted.department is None:
        raise Refused(_("This role belongs to a department: choose which."), field="department")
    if not rule.needs_department and wanted.department is not None:
        raise Refused(_("This role belongs to no department: leave it empty."), field="department")
    if rule.time_limited and wanted.until_day is None:
        raise Refused(_("This role is held for a limited time: enter its last day."), field="until_day")
    if wanted.until_day is not None and wanted.until_day < wanted.from_day:
        raise Refused(_("The last day lies before the first."), field="until_day")
    _check_compatible(wanted)


def end(posting: Posting, *, by: User, on: datetime.date | None = None, reason: str) -> Posting:
    """End a posting with the day `on` (default: yesterday's duties end today); its work finds an owner."""
    actor = by.authority(Right.GRANT_POSTINGS, posting.area_id)
    last = on or clock.today()
    if not reason.strip():
        raise Refused(_("Say why the posting ends."), field="reason")
    if last < posting.from_day:
        raise Refused(_("The posting begins only later: choose a day from its first day on."), field="on")
    if posting.until_day is not None and last > posting.until_day:
        raise Refused(_("The posting has already ended by then."), field="on")
    with transaction.atomic():
        before = posting.until_day
        changed = Posting.objects.filter(pk=posting.pk, until_day=before).update(until_day=last)
        if changed != 1:
            raise Refused(_("Somebody else changed this posting meanwhile: look at it again."))
        posting.until_day = last
        for follow in parts("POSTING_FOLLOWERS"):
            follow(posting, by=by, on=last)
        record(
            Act(
                "posting.ended",
                "posting",
                str(posting.pk),
                happened_on=min(last, clock.today()),
                entered_on=clock.today(),
                area=posting.area_id,
                before=str(before or ""),
                after=str(last),
                basis=reason,
            ),
            by=actor,
        )
    return posting


def _check_compatible(wanted: Grant) -> None:
    """Look both ways through the person's other postings of the period for a role that excludes this one."""
    others = wanted.user.postings.filter(Q(until_day__isnull=True) | Q(until_day__gte=wanted.from_day))
    if wanted.until_day is not None:
        others = others.filter(from_day__lte=wanted.until_day)
    for held in others:
        if incompatible(Role(held.role), wanted.role):
            raise Refused(
                _("“%(role)s” cannot be held together with “%(held)s”, which this person has.")
                % {"role": wanted.role.label, "held": Role(held.role).label},
                field="role",
            )


def levels_of(role: Role) -> list[Level]:
    """Return the levels at which `role` may be posted, highest first."""
    return sorted(RULES[role].levels)
