"""Who may be sent to a household: who visits in its village, without its own people and kin; else the neighbours."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from django.db.models import QuerySet

from alerts.models import Alert
from foundation.accounts import clock
from foundation.accounts.kin import household_number, recused_people
from foundation.accounts.models import Kin, Posting, User
from foundation.accounts.models.areas import ancestors
from foundation.accounts.querysets import PostingQuerySet
from foundation.accounts.roles import Level, Right, roles_with
from foundation.accounts.scope import within


def assignable(where: Alert | str) -> QuerySet[User]:
    """Return who may be sent for an alert, or in an area (a code), by name; for an alert nobody of its kin.

    Where nobody of the household's own village may go, that is who visits in the township's other villages too.
    """
    people = may_go([where])[where.pk] if isinstance(where, Alert) else _holders({where})[where]
    return User.objects.filter(pk__in=people, is_active=True, is_built_in=False).order_by("name", "pk")


def nobody_at_home(alert: Alert) -> bool:
    """Say whether nobody of the household's own village may go: all are its kin, or the posts stand empty."""
    return not _posted({alert.area_id})[alert.area_id] - recused_people(alert.recusal_keys())


def may_go(alerts: Sequence[Alert]) -> dict[int, frozenset[int]]:
    """Return by alert the keys of those who may be sent; a few queries for thousands."""
    holders = _holders({alert.area_id for alert in alerts})
    kin = _kin_of(alerts)
    found = {alert.pk: holders[alert.area_id] - kin[alert.household.code] for alert in alerts}
    at_home = _posted({alert.area_id for alert in alerts})
    bereft = [alert for alert in alerts if not at_home[alert.area_id] & found[alert.pk]]
    near = _in_villages_of({alert.township for alert in bereft})
    return found | {
        alert.pk: found[alert.pk] | (near[alert.township] - kin[alert.household.code]) for alert in bereft
    }


def _holders(areas: Iterable[str]) -> dict[str, frozenset[int]]:
    """Return by area who visits households there today: by a posting there or above, or standing in for one."""
    above = {code: {*ancestors(code), code} for code in areas}
    people = _posted({each for some in above.values() for each in some})
    return {code: frozenset().union(*(people[each] for each in some)) for code, some in above.items()}


def _posted(areas: Iterable[str]) -> dict[str, frozenset[int]]:
    """Return by area who holds a post in that very area by which households are visited, or stands in for one."""
    return _people_of(_posts().filter(area_id__in=set(areas)))


def _in_villages_of(townships: Collection[str]) -> dict[str, frozenset[int]]:
    """Return by township who visits households in any of its villages; no query for no township."""
    if not townships:
        return {}
    posts = _posts().filter(within("area__code", townships), area__level=Level.VILLAGE)
    people: dict[str, frozenset[int]] = defaultdict(frozenset)
    for area, some in _people_of(posts).items():
        people[area[: Level.TOWNSHIP]] |= some
    return people


def _posts() -> PostingQuerySet:
    return Posting.objects.in_force(clock.today()).filter(
        role__in=roles_with(Right.VISIT_HOUSEHOLDS), user__is_active=True
    )


def _people_of(posts: PostingQuerySet) -> dict[str, frozenset[int]]:
    """Return by area who holds some posts today, or stands in for one of them."""
    today = clock.today()
    standing_in = posts.filter(
        stand_ins__from_day__lte=today, stand_ins__until_day__gte=today, stand_ins__withdrawn_on__isnull=True
    )
    people: dict[str, frozenset[int]] = defaultdict(frozenset)
    for rows, person in ((posts, "user_id"), (standing_in, "stand_ins__substitute_id")):
        for area, user in rows.values_list("area_id", person):
            people[area] |= {user}
    return people


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
