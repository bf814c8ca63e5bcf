"""At night: households whose income sheet is overdue are told to who helps them and to the township, once per period.

Who helps is who accepted to (assistance.helping); where nobody did, who visits the village.
"""

import datetime
from collections import Counter, defaultdict
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F, Q

from assistance.income import telling
from assistance.income.selectors import missing, with_period
from assistance.lifecycle import HELD
from assistance.models import Case, HelperPlace
from foundation.accounts.models import User
from foundation.accounts.roles import Level

_AT_ONCE = 1000


def night_work(*, by: User, on: datetime.date) -> None:
    """Tell of the sheets that became overdue (foundation.accounts.next_day.NightWork)."""
    remind(on=on)


@transaction.atomic
def remind(*, on: datetime.date) -> int:
    """Tell helpers and townships of households without the sheet of a period after its last day; returns how many.

    The period of which they were told stays on the case, so nobody hears of it again before the next one.
    """
    untold = Q(sheet_told_until__isnull=True) | Q(sheet_told_until__lt=F("last"))
    late = missing(with_period(Case.objects.filter(state__in=HELD))).filter(untold, due__lt=on)
    townships: Counter[str] = Counter()
    people: Counter[int] = Counter()
    villages: Counter[str] = Counter()
    done = list(late.order_by("pk").values_list("pk", "area", "last"))
    helpers = _helpers([key for key, _area, _last in done])
    for key, area, _last in done:
        townships[area[: Level.TOWNSHIP]] += 1
        people.update(helpers.get(key, ()))
        if key not in helpers:
            villages[area] += 1
    telling.tell_overdue(townships, people, villages)
    by_last: dict[datetime.date, list[int]] = defaultdict(list)
    for key, _area, last in done:
        by_last[last].append(key)
    for last, keys in by_last.items():
        Case.objects.filter(pk__in=keys).update(sheet_told_until=last)
    return len(done)


def _helpers(cases: Sequence[int]) -> dict[int, list[int]]:
    """Return who helps each case, by its key; cases that nobody helps are not there."""
    found: dict[int, list[int]] = defaultdict(list)
    for first in range(0, len(cases), _AT_ONCE):
        held = HelperPlace.objects.held().filter(case__in=cases[first : first + _AT_ONCE])
        for case, person in held.values_list("case", "person").distinct():
            found[case].append(person)
    return dict(found)
