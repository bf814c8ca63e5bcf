"""The list of a person who is sent to households: what is due, what is overdue, and what was done today."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Prefetch, Q, QuerySet
from django.urls import reverse

from alerts import wording
from alerts.models import Alert, Signal
from alerts.querysets import LIVING
from alerts.verification.concluding import QUESTIONNAIRE
from alerts.verification.purpose import notes_from
from alerts.verification.visiting import TO_VISIT
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.columns import Badge
from households.models import Household, Resident, Visit
from households.models.households import HEAD

#: A page shows so many; who has more sees the most urgent.
MOST = 60


@dataclass(frozen=True, slots=True)
class Work:
    """One household to go to. `attempts` counts visits since the warning that met nobody; `photos` leads to them."""

    alert: Alert
    head: str
    code: str
    place: str
    notes: Sequence[str]
    due: datetime.date | None
    state: Badge
    attempts: int
    may_call: bool
    form: str
    photos: str


@dataclass(frozen=True, slots=True)
class OwnList:
    """Everything of one person: to do, the most urgent first, and done today."""

    works: Sequence[Work]
    total: int
    today: int
    overdue: int
    done: Sequence[Work]


def own_list(user: User) -> OwnList:
    """Return the list of `user`; a few queries, whatever its length."""
    today, rows = clock.today(), to_visit(user)
    counts = rows.order_by().aggregate(
        total=Count("pk"),
        today=Count("pk", filter=Q(step_due_on=today)),
        overdue=Count("pk", filter=Q(step_due_on__lt=today)),
    )
    first = rows.order_by(F("step_due_on").asc(nulls_last=True), "-priority", "pk")[:MOST]
    done = Alert.objects.visible_to(user).filter(visit__entered_by=user, visit__entered_on=today)
    return OwnList(
        works=_told(first, user),
        done=_told(done.exclude(state__in=TO_VISIT).order_by("-visit")[:MOST], user),
        **counts,
    )


def to_visit(user: User) -> QuerySet[Alert]:
    """Return the warnings that `user` was sent to and has not reported."""
    rows: QuerySet[Alert] = Alert.objects.visible_to(user, Right.VISIT_HOUSEHOLDS)
    return rows.filter(visitor=user, state__in=TO_VISIT)


def form_url(household: int) -> str:
    """Return where the doorstep check of a household is written down."""
    return f"{reverse('households:visit_write', args=[household])}?form={QUESTIONNAIRE}"


def _told(rows: QuerySet[Alert], user: User) -> list[Work]:
    heads = Resident.objects.present().filter(relation=HEAD)
    living = (
        Signal.objects.filter(LIVING).select_related("standard", "resident", "finding").order_by("day", "pk")
    )
    alerts = list(
        rows.select_related("household", "area").prefetch_related(
            Prefetch("household__residents", heads, to_attr="heads"),
            Prefetch("signals", living, to_attr="living"),
        )
    )
    visits = _visits({each.household_id for each in alerts}, user)
    return [_work(each, user, visits.get(each.household_id, [])) for each in alerts]


def _visits(households: set[int], user: User) -> dict[int, list[Visit]]:
    """Return the visits to each household that stand, the newest first; one query."""
    found: dict[int, list[Visit]] = {}
    rows = Visit.objects.visible_to(user).filter(household__in=households, state="recorded")
    for visit in rows.order_by("-happened_on", "-pk"):
        found.setdefault(visit.household_id, []).append(visit)
    return found


def _work(alert: Alert, user: User, visits: Sequence[Visit]) -> Work:
    household: Household = alert.household
    heads: list[Resident] = household.heads  # type: ignore[attr-defined]
    since = [each for each in visits if each.happened_on >= alert.opened_on]
    own = next((each for each in since if each.entered_by_id == user.pk), None)
    return Work(
        alert=alert,
        head=heads[0].shown_name if heads else household.code,
        code=household.code,
        place=f"{alert.area.name} {household.group_name}".strip(),
        notes=notes_from(alert.living),  # type: ignore[attr-defined]
        due=alert.step_due_on,
        state=wording.state_badge(alert),
        attempts=sum(each.outcome == Visit.Outcome.NOBODY for each in since),
        may_call=household.phone_id is not None
        and user.holds(Right.REVEAL_NUMBERS, alert.area_id, of=household),
        form=form_url(household.pk),
        photos="" if own is None else f"{reverse('households:visit', args=[own.pk])}#visit-photos",
    )
