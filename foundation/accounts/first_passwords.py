"""Passwords for the first sign-in, for everybody of an area who has none yet: made once, shown once, kept nowhere."""

from dataclasses import dataclass

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.models import Area, Posting, StandIn, User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import ADMINISTRATORS, Right
from foundation.accounts.scope import prefixes, within
from foundation.accounts.spans import spans
from foundation.accounts.staff import hashed_once, one_time_password
from foundation.ledger.record import Act, record

#: So many slips fit on one page of the browser; the next lot is made by asking again.
AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class FirstPassword:
    """The password for somebody's first sign-in: shown once, stored nowhere."""

    user: User
    password: str


@transaction.atomic
def give_first_passwords(area: Area, *, by: User) -> list[FirstPassword]:
    """Give a password to each account of an area that has none, at most AT_ONCE; who has one keeps it.

    Left out are administrators (`staff.set_one_time_password` says why) and people who also work outside the
    areas that `by` manages.
    """
    actor = by.authority(Right.MANAGE_ACCOUNTS, area.code)
    people = list(without_password(area, by=by).select_for_update(of=("self",))[:AT_ONCE])
    if not people:
        raise Refused(_("Everybody here who may get a password from you already has one."), field="area")
    given = [FirstPassword(user, one_time_password()) for user in people]
    for first in given:
        first.user.password, first.user.must_change_password = hashed_once(first.password), True
    User.objects.bulk_update(people, ["password", "must_change_password"], batch_size=500)
    day = clock.today()
    record(
        Act(
            "staff.first_passwords_set",
            "area",
            area.code,
            day,
            day,
            details={"accounts": len(people), "staff": spans(user.pk for user in people)},
        ),
        by=actor,
    )
    return given


def without_password(area: Area, *, by: User) -> QuerySet[User]:
    """Return the accounts of an area that never had a password and that `by` manages, by name."""
    today = clock.today()
    codes = prefixes(by, Right.MANAGE_ACCOUNTS)
    current = Posting.objects.overlapping(today, None)
    here = current.filter(area__code__startswith=area.code)
    elsewhere = current.exclude(within("area__code", codes))
    stood_in = StandIn.objects.overlapping(today, None).exclude(within("posting__area__code", codes))
    people = (
        User.objects.filter(is_active=True, is_built_in=False, password__startswith=UNUSABLE_PASSWORD_PREFIX)
        .filter(Q(pk__in=here.values("user_id")) | Q(home__code__startswith=area.code))
        .exclude(pk__in=elsewhere.values("user_id"))
        .exclude(pk__in=stood_in.values("substitute_id"))
        .exclude(pk=by.pk)
        .select_related("home")
        .order_by("initials", "pk")
    )
    if by.is_built_in:
        return people
    offices = current.filter(role__in=ADMINISTRATORS)
    return people.exclude(pk__in=offices.values("user_id"))
