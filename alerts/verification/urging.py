"""Urging (催办, from the county 督办): who holds an alert is told that it is waited for, and their superior too."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from alerts.lifecycle import OPEN
from alerts.models import Alert
from alerts.querysets import AlertQuerySet
from alerts.verification.holding import Holding
from foundation.accounts import clock
from foundation.accounts.models import Kin, User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.inbox.notices import notify
from foundation.ledger.record import Act, Actor, record_many

#: The county dispatches and supervises, the township has households visited and urges.
RIGHTS = (Right.DISPATCH_ALERTS, Right.REVIEW_VISITS)
#: So many are urged in one go at most.
MOST = 5_000


class Way(StrEnum):
    """From where it is urged."""

    URGED = "urged"
    SUPERVISED = "supervised"


#: What the act is called, by the right that it is done with.
NAMES = {
    Right.DISPATCH_ALERTS: pgettext_lazy("from the county", "Urge"),
    Right.REVIEW_VISITS: pgettext_lazy("from the township", "Urge"),
}
_WAYS = {Right.DISPATCH_ALERTS: Way.SUPERVISED, Right.REVIEW_VISITS: Way.URGED}


@dataclass(slots=True)
class Urged:
    """What came of urging: the alerts that were urged, the refusal of the others by key, and how many people know."""

    alerts: list[Alert] = field(default_factory=list)
    refused: dict[int, Refused] = field(default_factory=dict)
    people: int = 0


def urgeable(user: User) -> AlertQuerySet:
    """Return the open alerts that `user` may urge."""
    rows = [Alert.objects.visible_to(user, right) for right in RIGHTS if user.holds(right)]
    found = Alert.objects.none() if not rows else rows[0] if len(rows) == 1 else rows[0] | rows[1]
    return found.filter(state__in=OPEN)


def may_urge(user: User, alert: Alert) -> bool:
    """Say whether `user` may urge an alert that they see."""
    return alert.is_open and any(user.holds(right, alert.area_id) for right in RIGHTS)


def name_for(user: User) -> str:
    """Return what urging is called for `user`: 督办 from the county, 催办 from the township."""
    right = next((right for right in RIGHTS if user.holds(right)), Right.REVIEW_VISITS)
    return str(NAMES[right])


def label_for(user: User) -> str:
    """Return what urging is called for `user`, or nothing where they urge nobody."""
    return name_for(user) if any(user.holds(right) for right in RIGHTS) else ""


def urge(alert: Alert, *, by: User) -> Alert:
    """Urge one alert, or raise the refusal."""
    done = urge_many([alert], by=by)
    for refusal in done.refused.values():
        raise refusal
    alert.refresh_from_db()
    return alert


@transaction.atomic
def urge_many(alerts: Sequence[Alert], *, by: User) -> Urged:
    """Urge many alerts at once, each on its own, at most once a day; a few statements and one notice per person."""
    if len(alerts) > MOST:
        raise Refused(
            _("At most %(most)s at once: set filters until fewer are left.") % {"most": f"{MOST:,}"}
        )
    today, done = clock.today(), Urged()
    keys = [row.pk for row in alerts]
    rows = Alert.objects.filter(pk__in=keys).order_by("pk").select_for_update(no_key=True)
    found = list(rows)
    allowed = _allowed(found, by, today, done)
    if not allowed:
        return done
    done.alerts = [row for some in allowed.values() for row in some]
    pressed = [row.pk for row in done.alerts]
    Alert.objects.filter(pk__in=pressed).update(urged=F("urged") + 1, urged_on=today)
    holding = Holding(done.alerts)
    for (right, actor), some in allowed.items():
        record_many([_act(row, _WAYS[right], holding, today) for row in some], by=actor)
    done.people = _tell(done.alerts, holding, by)
    return done


def _allowed(
    rows: Iterable[Alert], by: User, today: datetime.date, done: Urged
) -> dict[tuple[Right, Actor], list[Alert]]:
    """Return the rows that may be urged by the right and actor that does it, and note the refusal of the others."""
    numbers = frozenset(
        Kin.objects.filter(user=by, withdrawn_on__isnull=True).values_list("household", flat=True)
    )
    own = (
        set(Alert.objects.filter(household__code__in=numbers).values_list("pk", flat=True)) if numbers else ()
    )
    found: dict[tuple[Right, Actor], list[Alert]] = {}
    actors: dict[str, tuple[Right, Actor]] = {}
    for row in rows:
        try:
            _check(row, today, own=row.pk in own)
            if row.area_id not in actors:
                actors[row.area_id] = _authority(by, row.area_id)
        except Refused as refusal:
            done.refused[row.pk] = refusal
        else:
            found.setdefault(actors[row.area_id], []).append(row)
    return found


def _check(row: Alert, today: datetime.date, *, own: bool) -> None:
    if row.state not in OPEN:
        raise Refused(_("This warning has ended."))
    if row.urged_on == today:
        raise Refused(_("It was urged today already: once a day is enough."))
    if own:
        raise Refused(
            _("You declared this household as your own or your kin's: somebody else must act (recusal).")
        )


def _authority(by: User, area: str) -> tuple[Right, Actor]:
    right = next((right for right in RIGHTS if by.holds(right, area)), RIGHTS[-1])
    return right, by.authority(right, area)


def _act(row: Alert, way: Way, holding: Holding, today: datetime.date) -> Act:
    return Act(
        "alert.urged",
        "alerts.alert",
        str(row.pk),
        today,
        today,
        area=row.area_id,
        details={
            "way": way.value,
            "state": row.state,
            "times": row.urged + 1,
            "due": str(row.step_due_on or ""),
            "staff": [user.pk for user in holding.holders(row)],
        },
    )


def _tell(alerts: Sequence[Alert], holding: Holding, by: User) -> int:
    """Tell holders and superiors, each in one notice; who urges is not told."""
    told: set[int] = set()
    for kind, asked in (("alerts_urged", holding.holders), ("alerts_urged_below", holding.superiors)):
        mine: dict[int, tuple[User, list[Alert]]] = {}
        for row in alerts:
            for person in asked(row):
                mine.setdefault(person.pk, (person, []))[1].append(row)
        for person, rows in mine.values():
            if person.pk != by.pk:
                told.add(person.pk)
                notify([person], kind, place=place_of(rows), count=len(rows))
    return len(told)


def place_of(rows: Sequence[Alert], query: Mapping[str, str] | None = None) -> str:
    """Return where a notice about alerts leads: the page of a single one, else the queue with the urged ones."""
    if len(rows) == 1:
        return reverse("alerts:alert", args=[rows[0].pk])
    asked = query or {"urged": "yes"}
    return f"{reverse('alerts:queue')}?" + "&".join(f"{name}={value}" for name, value in asked.items())
