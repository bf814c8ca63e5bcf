"""What must hold of a visit before it is written down: who, how, where, when."""

import datetime
from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.kin import recused, recused_people
from foundation.accounts.models import Posting, User
from foundation.accounts.models.areas import ancestors
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Level, Right, Role
from foundation.ledger.record import Actor
from households.models import Household, Visit
from households.visits.told import Place, Told

#: So many members of staff may go together.
MOST_VISITORS = 6
#: A clock that runs ahead by so much is forgiven (minutes).
_AHEAD = 10
#: Nothing on earth is farther away than half its circumference (metres).
_FARTHEST = 20_037_508
_AWAY = frozenset({Visit.Way.PHONE, Visit.Way.VIDEO, Visit.Way.PROXY})
_NO_VISITORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN, Role.EXTERNAL_AUDITOR})


def may_visit(household: Household, by: User) -> Actor:
    """Return as whom `by` writes visits to a household down; refused without the right, and for one's own or kin's."""
    actor = by.authority(Right.VISIT_HOUSEHOLDS, household.area_id, of=household)
    if rule := recused(by, household.recusal_keys):
        raise Refused(rule)
    if household.dissolved_on is not None:
        raise Refused(_("This household was dissolved: visit the household where its people live now."))
    return actor


def companions(household: Household, by: User) -> list[User]:
    """Return who may have gone along: who has a post in the household's village or township today, kin apart."""
    near = [
        code for code in (*ancestors(household.area_id), household.area_id) if len(code) >= Level.TOWNSHIP
    ]
    posts = Posting.objects.in_force().filter(area__in=near).exclude(role__in=_NO_VISITORS)
    people = User.objects.filter(pk__in=posts.values("user"), is_active=True).exclude(pk=by.pk)
    barred = recused_people(household.recusal_keys)
    return [each for each in people.order_by("name", "pk") if each.pk not in barred]


def check(household: Household, told: Told, on: datetime.date, *, by: User) -> None:
    """Refuse what cannot be; answers are checked by households.visits.answers."""
    _check_way(told)
    _check_people(household, told, on)
    _check_visitors(household, told, by)
    _check_time(told, on)
    if told.way not in _AWAY:
        _check_place(told)


def visitors_of(told: Told, by: User) -> Sequence[User]:
    """Return who made the visit: who is named, or whoever tells it."""
    return told.visitors or (by,)


def place_of(told: Told) -> tuple[Place | None, str]:
    """Return the place that is kept, and why there is none: who telephones was not there."""
    if told.way in _AWAY:
        return None, Visit.NoPlace.NOT_THERE
    return told.place, "" if told.place else told.no_place


def _check_way(told: Told) -> None:
    if told.way not in Visit.Way.values:
        raise Refused(_("Choose how you spoke with the household."), field="way")
    if told.outcome not in Visit.Outcome.values:
        raise Refused(_("Say whether you spoke with anybody."), field="outcome")
    if told.way != Visit.Way.HOME and not told.way_reason.strip():
        raise Refused(_("Say why it was not at home: the reason stays with the visit."), field="way_reason")


def _check_people(household: Household, told: Told, on: datetime.date) -> None:
    """Refuse a visit that met somebody and nobody at once, and people of another household."""
    if told.outcome == Visit.Outcome.NOBODY:
        if told.met or told.others.strip():
            raise Refused(
                _("You say nobody was met: take the people out, or say you spoke with them."), field="met"
            )
        return
    if not told.met and not told.others.strip():
        raise Refused(_("Say whom you spoke with: tick the members, or write who else it was."), field="met")
    for each in told.met:
        if each.household_id != household.pk or (each.left_on is not None and each.left_on <= on):
            raise Refused(_("Choose members of this household who live there."), field="met")


def _check_visitors(household: Household, told: Told, by: User) -> None:
    others = {each.pk for each in told.visitors} - {by.pk}
    if len(others) >= MOST_VISITORS:
        raise Refused(_("At most %(most)d visitors.") % {"most": MOST_VISITORS}, field="visitors")
    if barred := others & recused_people(household.recusal_keys):
        names = "、".join(each.name for each in told.visitors if each.pk in barred)
        raise Refused(
            _("%(names)s declared this household as their own or their kin's: somebody else must go.")
            % {"names": names},
            field="visitors",
        )
    if others - {each.pk for each in companions(household, by)}:
        raise Refused(_("Choose people with a post in this village or township."), field="visitors")


def _check_time(told: Told, on: datetime.date) -> None:
    if told.at is None or clock.is_pinned():
        return
    now = timezone.localtime(timezone=clock.SHANGHAI)
    ahead = now + datetime.timedelta(minutes=_AHEAD)
    if on == ahead.date() and told.at > ahead.time():
        raise Refused(_("The time lies in the future: correct it."), field="at")


def _check_place(told: Told) -> None:
    if told.place is None:
        if told.no_place not in (Visit.NoPlace.NO_SIGNAL, Visit.NoPlace.FORBIDDEN, Visit.NoPlace.PAPER):
            raise Refused(_("Take the place, or say why there is none."), field="no_place")
        return
    latitude, longitude, accuracy = told.place.latitude, told.place.longitude, told.place.accuracy
    exact = accuracy is None or 0 <= accuracy <= _FARTHEST
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180 and exact):
        raise Refused(_("The device told an impossible place: take it again."), field="no_place")
