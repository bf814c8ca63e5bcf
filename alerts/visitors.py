"""Who can be sent to many households: who works in their villages, stand-ins too, and how much each has open."""

from collections.abc import Collection, Iterable

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from alerts.models import Alert
from foundation.accounts.models import Kin, Posting, StandIn, User
from foundation.accounts.models.areas import ancestors
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Level, Right, roles_with
from foundation.accounts.scope import prefixes, within

#: States in which an alert lies with who visits.
WITH_THE_VISITOR = ("assigned", "returned")


class Visitors:
    """The people who visit in the villages of some alerts; read once, then asked for each."""

    def __init__(self, alerts: Collection[Alert]) -> None:
        """Read postings, stand-ins, kin and open work; five queries whatever the number of alerts."""
        villages = {alert.area_id for alert in alerts}
        codes = {
            code
            for village in villages
            for code in (village, *ancestors(village))
            if len(code) > Level.TOWNSHIP
        }
        self._by_area: dict[str, set[int]] = {}
        for area, person in _posted(codes):
            self._by_area.setdefault(area, set()).add(person)
        people = {person for some in self._by_area.values() for person in some}
        self._load = dict.fromkeys(people, 0) | _open_work(people)
        kin = Kin.objects.filter(withdrawn_on__isnull=True, user__in=people)
        self._kin = set(kin.values_list("user_id", "household"))

    def of(self, alert: Alert) -> list[int]:
        """Return who may be sent to the household of an alert, whoever has least open first."""
        fitting = {
            person
            for code in (alert.area_id, *ancestors(alert.area_id))
            for person in self._by_area.get(code, ())
            if not any((person, key) in self._kin for key in alert.recusal_keys())
        }
        return sorted(fitting, key=lambda person: (self._load[person], person))

    def least_busy(self, alert: Alert) -> int:
        """Return who of them has least open, and count this as theirs; refuse where nobody works there."""
        found = self.of(alert)
        if not found:
            raise Refused(
                _("Nobody who visits households works in this village, or all are kin of the household.")
            )
        return self._given(found[0])

    def named(self, alert: Alert, person: int) -> int:
        """Return the one who was named, if they work there; refuse otherwise."""
        if person not in self.of(alert):
            raise Refused(_("This person does not visit households of this village, or is kin of this one."))
        return self._given(person)

    def _given(self, person: int) -> int:
        self._load[person] += 1
        return person


def _posted(codes: Collection[str]) -> Iterable[tuple[str, int]]:
    """Yield (area, person) of who visits there today; for who is away, whoever stands in."""
    posts = Posting.objects.in_force().filter(
        role__in=roles_with(Right.VISIT_HOUSEHOLDS), area__in=codes, user__is_active=True
    )
    stand_ins = StandIn.objects.in_force().filter(posting__in=posts, substitute__is_active=True)
    away = dict(stand_ins.values_list("posting_id", "substitute_id"))
    for key, area, person in posts.values_list("pk", "area_id", "user_id"):
        yield area, away.get(key, person)


def _open_work(people: Collection[int]) -> dict[int, int]:
    rows = Alert.objects.filter(visitor__in=people, state__in=WITH_THE_VISITOR).order_by()
    return dict(rows.values("visitor").annotate(count=Count("pk")).values_list("visitor", "count"))


def people_to_send(user: User) -> list[User]:
    """Return who visits households in the areas in which `user` has visits reviewed, by name."""
    there = within("area__code", prefixes(user, Right.REVIEW_VISITS))
    posts = Posting.objects.in_force().filter(
        there, role__in=roles_with(Right.VISIT_HOUSEHOLDS), user__is_active=True
    )
    away = StandIn.objects.in_force().filter(posting__in=posts, substitute__is_active=True)
    people = Q(pk__in=posts.values("user")) | Q(pk__in=away.values("substitute"))
    return list(User.objects.filter(people).order_by("name", "pk"))
