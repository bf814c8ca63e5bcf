"""Let a household be asked again after an act on its case: who has just mended something sees it go.

The check runs once the act is committed, in a transaction of its own: it is never in the way of the act, and what it
cannot finish (a killed process) the night does. Acts on the register are followed by households.quality itself.
"""

from collections.abc import Collection, Sequence
from functools import partial

from django.db import connection, transaction

from assistance.models import Case
from foundation.accounts.models import User
from households.models import Household
from households.quality.checking import check_households

_LOCK = 0x43415345  # "CASE": one check after an act at a time in a village


def after_move(cases: Sequence[Case], *, by: User) -> None:
    """Ask again of cases that stand somewhere else now (CASE_FOLLOWERS)."""
    ask_again([case.household_id for case in cases])


def ask_again(households: Collection[int]) -> None:
    """Ask every rule of some households again, as soon as the present transaction is committed."""
    keys = frozenset(households)
    if keys:
        transaction.on_commit(partial(_check, keys), robust=True)


@transaction.atomic
def _check(households: frozenset[int]) -> None:
    rows = Household.objects.filter(pk__in=households).order_by("area_id")
    with connection.cursor() as cursor:
        for village in rows.values_list("area_id", flat=True).distinct():
            cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_LOCK, village])
    check_households(households)
