"""Nothing stays with a post that ended (field.md 5.25): open visits go to the stand-in, a colleague, or the next level.

The same holds for who may not act on the household any more (kin declared meanwhile) and for disabled accounts.
"""

import datetime
from collections import Counter
from collections.abc import Collection, Sequence

from django.db import transaction

from alerts.models import Alert
from alerts.querysets import AlertQuerySet
from alerts.verification.assigning import assign_many
from alerts.verification.holding import AT_THE_DOOR, unique
from alerts.verification.neighbours import still_going
from alerts.verification.urging import place_of
from alerts.verification.visitors import may_go
from foundation.accounts import clock
from foundation.accounts.models import Posting, User
from foundation.accounts.roles import Right, Role
from foundation.accounts.vacancies import Roster
from foundation.inbox.notices import holders, notify

_AT_ONCE = 2_000


def after_posting_end(posting: Posting, *, by: User, on: datetime.date) -> None:
    """Hand on what lies with the holder of a post that has ended; one that ends later is left to the night after."""
    if on < clock.today():
        hand_on(Alert.objects.filter(visitor=posting.user_id))


def night_work(*, by: User, on: datetime.date) -> None:
    """Hand on what lies with people who visit there no more (foundation.accounts.next_day.NightWork)."""
    hand_on(Alert.objects.filter(visitor__isnull=False))


@transaction.atomic
def hand_on(rows: AlertQuerySet) -> int:
    """Give open visits among `rows` whose visitor may not go any more to who may; returns how many were left behind.

    Who goes now is told of it, and so is the township; where nobody may go, the township is told alone.
    """
    done, last = 0, 0
    waiting = rows.filter(state__in=AT_THE_DOOR).select_related("household").order_by("pk")
    while some := list(waiting.filter(pk__gt=last)[:_AT_ONCE]):
        last = some[-1].pk
        done += _hand_on(some)
    return done


def _hand_on(rows: Sequence[Alert]) -> int:
    allowed = may_go(rows)
    left = [row for row in rows if row.visitor_id not in allowed[row.pk]]
    staying = still_going(left) if left else frozenset()
    left = [row for row in left if row.pk not in staying]
    if not left:
        return 0
    found = _successors(left, allowed)
    given = [row for row in left if row.pk in found]
    assign_many(given, lambda row: found[row.pk], by=User.objects.built_in("system"))
    _tell_townships(left)
    return len(left)


def _successors(rows: Sequence[Alert], allowed: dict[int, frozenset[int]]) -> dict[int, User]:
    """Return by alert who goes instead: of those who own the village's work, who has least to do."""
    roster = Roster.read({row.area_id for row in rows})
    people = {row.pk: _who_may(roster, row.area_id, allowed[row.pk]) for row in rows}
    load = _load({person.pk for some in people.values() for person in some})
    found: dict[int, User] = {}
    for row in rows:
        if people[row.pk]:
            found[row.pk] = min(people[row.pk], key=lambda person: (load[person.pk], person.pk))
            load[found[row.pk].pk] += 1
    return found


def _who_may(roster: Roster, area: str, allowed: Collection[int]) -> list[User]:
    """Return who owns the village's work and may go; those who may not are passed over, up to the next level."""
    passed: set[int] = set()
    while owners := roster.owners(area, Role.VILLAGE_ASSISTANT, without=passed):
        people = unique(owner.user for owner in owners)
        if able := [person for person in people if person.pk in allowed]:
            return able
        passed |= {person.pk for person in people}
    return []


def _load(people: set[int]) -> Counter[int]:
    open_visits = Alert.objects.filter(visitor__in=people, state__in=AT_THE_DOOR)
    return Counter(open_visits.values_list("visitor", flat=True))


def _tell_townships(rows: Sequence[Alert]) -> None:
    by_township: dict[str, list[Alert]] = {}
    for row in rows:
        by_township.setdefault(row.township, []).append(row)
    for township, left in by_township.items():
        asked = {"area": township, "state": "assigned"}
        people = holders(Right.REVIEW_VISITS, township)
        notify(people, "alerts_left", place=place_of(left, asked), group=township, count=len(left))
