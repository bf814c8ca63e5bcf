"""Find pairs by likeness: members of two households of one village with the same name, birth date and sex.

Looked for in the transaction of every change of the register and every night, set-wise. No flood: in a village so many
wait at a time, the next come when these are decided; a name and birth date that many share is a placeholder. A pair
that somebody decided does not come back, wherever the two live later. Twins have two names.
"""

import datetime
from collections.abc import Collection
from pathlib import Path

from django.db import connection, transaction
from django.db.models import Q

from foundation.accounts import clock
from foundation.accounts.models import User
from households.models import Duplicate
from households.models.households import NAMELESS
from households.pairs import settling, waiting

_SEEK = (Path(__file__).parent / "sql" / "seek.sql").read_text(encoding="utf-8")
#: As many of one name and birth date in a village may be one person; more are rows that nobody filled in.
MOST_ALIKE = 3
#: As many pairs by likeness wait in a village at a time.
MOST_WAITING = 20
_EVERYWHERE = ""
#: Of whom one of the two is: somebody of the households that changed, or of whole areas.
_OF_HOUSEHOLDS = "one.household_id = ANY (%(households)s)"
_OF_AREAS = "one.area_id LIKE ANY (%(areas)s)"


@transaction.atomic
def seek(areas: Collection[str], households: Collection[int] | None = None) -> int:
    """Settle what is no pair any more, note what is one; returns how many were noted. Few statements."""
    settling.settle(areas, households)
    given = {
        "areas": [f"{area}%" for area in areas],
        "households": None if households is None else list(households),
        "nameless": NAMELESS,
        "alike": MOST_ALIKE,
        "most": MOST_WAITING,
        "today": clock.today(),
    }
    with connection.cursor() as cursor:
        cursor.execute(_SEEK.replace("{scope}", _OF_AREAS if households is None else _OF_HOUSEHOLDS), given)
        made = int(cursor.rowcount)
    # Those that a file named (households.register.duplicates) were noted in this transaction as well.
    new = Duplicate.objects.filter(found_on=clock.today())
    waiting.begin(new, clock.today())
    return made


def after_register_change(
    areas: Collection[str], households: Collection[int] | None, *, by: User, on: datetime.date
) -> None:
    """Look among what has changed (households.followers.RegisterFollower)."""
    seek(areas, households)


def forget(residents: Collection[int], subjects: Collection[object]) -> None:
    """Destroy the pairs by likeness of an erased person: they say a name (households.followers.ErasureFollower)."""
    about = Q(resident__in=residents) | Q(other__in=residents)
    Duplicate.objects.filter(about, basis=Duplicate.Basis.LIKENESS).delete()


def night_work(*, by: User, on: datetime.date) -> None:
    """Look everywhere (foundation.accounts.next_day.NightWork): villages whose pairs were decided get the next."""
    seek([_EVERYWHERE])
