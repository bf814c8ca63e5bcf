"""Let a household be asked again after an act on its case: who has just mended something sees it go.

The check runs once the act is committed, in a transaction of its own: it is never in the way of the act, and what it
cannot finish (a killed process) the night does. Acts on the register are followed by households.quality itself.
"""

import threading
from collections.abc import Collection, Sequence

from django.db import connection, transaction

from assistance.models import Case
from foundation.accounts.models import User
from households.models import Household
from households.quality.checking import check_households

_LOCK = 0x43415345  # "CASE": one check after an act at a time in a village
_kept = threading.local()


def after_move(cases: Sequence[Case], *, by: User) -> None:
    """Ask again of cases that stand somewhere else now (CASE_FOLLOWERS)."""
    ask_again([case.household_id for case in cases])


def ask_again(households: Collection[int]) -> None:
    """Ask every rule of some households again, once, as soon as the present transaction is committed."""
    if households:
        _waiting().update(households)
        transaction.on_commit(_check_waiting, robust=True)


def _waiting() -> set[int]:
    """Return the households that this thread will ask about; one of an act that came to nothing does no harm."""
    if not hasattr(_kept, "households"):
        _kept.households = set[int]()
    households: set[int] = _kept.households
    return households


def _check_waiting() -> None:
    """Check what waits: the first of several acts of a transaction takes it all, and the others find nothing."""
    households = frozenset(_waiting())
    _waiting().clear()
    if households:
        _check(households)


@transaction.atomic
def _check(households: Collection[int]) -> None:
    rows = Household.objects.filter(pk__in=households).order_by("area_id")
    with connection.cursor() as cursor:
        for village in rows.values_list("area_id", flat=True).distinct():
            cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_LOCK, village])
    check_households(households)
