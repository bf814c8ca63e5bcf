"""Keep the list of differences in step with the facts: found again whenever a record, a measure or a roll changes."""

import datetime
from collections import defaultdict
from collections.abc import Collection

from django.db import transaction

from assistance.aid.feeds import Feed, feeds
from assistance.aid.gaps import Gap, Home, Way, gaps_of
from assistance.aid.promising import COMPARED, Promises, since
from assistance.aid.reading import Payments, Person, payments_of
from assistance.lifecycle import HELD
from assistance.models import AidGap, Case
from assistance.models.aid_gaps import Side
from foundation.accounts import clock
from foundation.accounts.roles import Level
from foundation.files.stores import Missing
from foundation.regulations.lookup import value
from households.models import Resident

#: The value of the area: how many months a single payment may come before or after its promise.
GRACE = "aid_match_months"
USUAL_GRACE = 1
_AT_ONCE = 2000


@transaction.atomic
def refresh(cases: Collection[int], codes: Collection[str] | None = None) -> int:
    """Find the differences of these cases again and write down what changed; returns how many stand.

    `codes` names the help that changed: only the data that know it are read. None: all of them.
    """
    known = [each for each in feeds().values() if codes is None or set(codes) & set(each.measures)]
    if not known:
        return 0
    rows = list(Case.objects.filter(pk__in=cases, state__in=COMPARED))
    AidGap.objects.filter(case__in=set(cases) - {row.pk for row in rows}).delete()
    by_county: dict[str, list[Case]] = defaultdict(list)
    for row in rows:
        by_county[row.area_id[: Level.COUNTY]].append(row)
    return sum(_refresh_county(county, some, known) for county, some in by_county.items())


def refresh_area(area: str) -> int:
    """Find the differences of all cases under an area again; returns how many stand."""
    keys = Case.objects.filter(area__code__startswith=area).order_by("pk").values_list("pk", flat=True)
    concerned = list(keys.filter(state__in=COMPARED))
    AidGap.objects.filter(case__in=keys.exclude(state__in=COMPARED)).delete()
    return sum(refresh(concerned[first : first + _AT_ONCE]) for first in range(0, len(concerned), _AT_ONCE))


def _refresh_county(county: str, cases: list[Case], known: Collection[Feed]) -> int:
    members = _members({row.household_id for row in cases})
    at_home: dict[int, list[int]] = defaultdict(list)
    for person in members:
        at_home[person.household].append(person.resident)
    promises = Promises([row.pk for row in cases], clock.today())
    answer = value(GRACE, area=county)
    grace = USUAL_GRACE if answer.amount is None else int(answer.amount)
    count = 0
    for feed in known:
        try:
            payments = payments_of(feed, _asked(feed, cases, members, promises), county)
        except Missing:
            continue  # the file of a delivery is gone: what was found with it stays until it can be read again
        found = {
            row.pk: _gaps(row, feed, at_home[row.household_id], promises, payments, grace) for row in cases
        }
        count += _write(feed, found)
    return count


def _asked(feed: Feed, cases: list[Case], members: list[Person], promises: Promises) -> list[Person]:
    """Return whose payments are looked for: where only a broken promise is asked about, who was promised something."""
    if Side.UNRECORDED in feed.surfaces:
        return members
    homes = {row.household_id for row in cases if any(each.binds for each in promises.of(row, feed))}
    return [each for each in members if each.household in homes]


def _members(homes: Collection[int]) -> list[Person]:
    rows = Resident.objects.present().filter(household__in=homes).order_by("household", "relation", "pk")
    return [Person(*row) for row in rows.values_list("pk", "identity_id", "household")]


def _gaps(
    case: Case, feed: Feed, mine: Collection[int], promises: Promises, payments: Payments, grace: int
) -> list[Gap]:
    home = Home(
        members=mine,
        # Who left is promised nothing any more; their records stay as they are.
        promises=[each for each in promises.of(case, feed) if each.resident is None or each.resident in mine],
        paid={
            (person, month): row for person in mine for month, row in payments.paid.get(person, {}).items()
        },
        covered=payments.covers(case.area_id),
        since=since(case, clock.today()),
        told=promises.told(case, feed),
        undated=payments.undated & set(mine),
    )
    sides = [side for side in feed.surfaces if side == Side.UNPAID or case.state in HELD]
    return gaps_of(home, Way(feed.monthly, grace, feed.yearly, feed.lasting), sides)


def _write(feed: Feed, found: dict[int, list[Gap]]) -> int:
    """Make the rows of a feed those that were found; what stays the same keeps its key."""
    there: dict[tuple[int, str, int | None, datetime.date], AidGap] = {
        (row.case_id, row.side, row.resident_id, row.first_month): row
        for row in AidGap.objects.filter(case__in=found, feed=feed.code).select_for_update()
    }
    made, changed = [], []
    for case, gaps in found.items():
        for gap in gaps:
            row = there.pop((case, gap.side, gap.resident, gap.first), None)
            if row is None:
                made.append(_row(case, feed, gap))
            elif (row.last_month, row.amount) != (gap.last, gap.amount):
                row.last_month, row.amount = gap.last, gap.amount
                changed.append(row)
    AidGap.objects.filter(pk__in=[row.pk for row in there.values()]).delete()
    AidGap.objects.bulk_update(changed, ["last_month", "amount"])
    AidGap.objects.bulk_create(made)
    return sum(len(gaps) for gaps in found.values())


def _row(case: int, feed: Feed, gap: Gap) -> AidGap:
    return AidGap(
        case_id=case,
        resident_id=gap.resident,
        feed=feed.code,
        side=gap.side,
        first_month=gap.first,
        last_month=gap.last,
        amount=gap.amount,
        delivery_id=gap.row.delivery if gap.row else None,
        row_key=gap.row.row_key if gap.row else None,
    )
