"""Who may be sent to a household: who visits in its village, without its own people and kin."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import QuerySet

from alerts.models import Alert
from foundation.accounts import clock
from foundation.accounts.kin import household_number, recused_people
from foundation.accounts.models import Kin, Posting, User
from foundation.accounts.models.areas import ancestors
from foundation.accounts.roles import Right, roles_with


def assignable(where: Alert | str) -> QuerySet[User]:
    """Return who may be sent for an alert, or in an area (a code), by name; for an alert nobody of its kin."""
    if isinstance(where, Alert):
        people = _holders({where.area_id})[where.area_id] - recused_people(where.recusal_keys())
    else:
        people = _holders({where})[where]
    return User.objects.filter(pk__in=people, is_active=True, is_built_in=False).order_by("name", "pk")


def may_go(alerts: Sequence[Alert]) -> dict[int, frozenset[int]]:
    """Return by alert the keys of those who may be sent; a few queries for thousands."""
    holders = _holders({alert.area_id for alert in alerts})
    kin = _kin_of(alerts)
    return {alert.pk: holders[alert.area_id] - kin[alert.household.code] for alert in alerts}


def _holders(areas: Iterable[str]) -> dict[str, frozenset[int]]:
    """Return by area who visits households there today: by a posting there or above, or standing in for one."""
    codes = set(areas)
    above = {code: {*ancestors(code), code} for code in codes}
    today = clock.today()
    posts = Posting.objects.in_force(today).filter(
        role__in=roles_with(Right.VISIT_HOUSEHOLDS),
        area_id__in={each for some in above.values() for each in some},
        user__is_active=True,
    )
    people: dict[str, set[int]] = defaultdict(set)
    for area, user in posts.values_list("area_id", "user_id"):
        people[area].add(user)
    stand_ins = posts.filter(
        stand_ins__from_day__lte=today, stand_ins__until_day__gte=today, stand_ins__withdrawn_on__isnull=True
    )
    for area, user in stand_ins.values_list("area_id", "stand_ins__substitute_id"):
        people[area].add(user)
    return {code: frozenset().union(*(people[each] for each in some)) for code, some in above.items()}


def _kin_of(alerts: Sequence[Alert]) -> dict[str, frozenset[int]]:
    """Return by household number who declared it as their own or their kin's."""
    by_number = {household_number(alert.household.code): alert.household.code for alert in alerts}
    declared: dict[str, set[int]] = defaultdict(set)
    rows = Kin.objects.filter(withdrawn_on__isnull=True, household__in=by_number)
    for number, user in rows.values_list("household", "user_id"):
        declared[by_number[number]].add(user)
    return {alert.household.code: frozenset(declared[alert.household.code]) for alert in alerts}


def kin_households(alerts: Sequence[Alert]) -> set[int]:
    """Return the alerts on households that some member of staff declared as their own or their kin's."""
    kin = _kin_of(alerts)
    return {alert.pk for alert in alerts if kin[alert.household.code]}
