"""What stands on the list of who delivers: decisions, files that are due, rows to correct."""

import datetime
from collections import Counter
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.home import MOST_ITEMS, State, WorkItem, state_of
from monitoring.deliveries.looks import share_of, title_of, url_of
from monitoring.models import Dataset, Delivery
from monitoring.rhythm.expecting import Expected, Standing, expected_in
from monitoring.rhythm.reminding import REMIND_BACK, place_of
from monitoring.rhythm.tables import due_datasets

#: Rejected rows are asked for so many days after the delivery.
CORRECT_WITHIN_DAYS = 60
#: What is due within so many days stands on the list.
DUE_WITHIN_DAYS = 7


def waiting_deliveries(user: User) -> list[WorkItem]:
    """Name the deliveries that wait for a decision, because too many rows were rejected."""
    if not user.holds(Right.DELIVER_DATA):
        return []
    rows = Delivery.objects.visible_to(user, Right.DELIVER_DATA).filter(state="waiting")
    return [
        WorkItem(
            title=title_of(row),
            url=url_of(row),
            why=_("%(share)s of the rows were rejected: accept all the same, or refuse the delivery.")
            % {"share": share_of(row.rows_rejected, row.rows_read)},
            due=None,
            state=State.TODAY,
        )
        for row in rows.select_related("dataset").order_by("pk")[:MOST_ITEMS]
    ]


def due_deliveries(user: User) -> list[WorkItem]:
    """Name what the officer's department has to hand in; who looks after all departments gets one line."""
    duties = [duty for duty in user.duties() if duty.holds(Right.DELIVER_DATA)]
    found: list[WorkItem] = []
    for duty in duties:
        if duty.department is not None:
            own = due_datasets(user).filter(department=duty.department)
            found += [_due(each) for each in _near(duty.area, own)]
    everywhere = [duty.area for duty in duties if duty.department is None]
    found += [item for area in dict.fromkeys(everywhere) if (item := _overdue_in(area, user))]
    return sorted(found, key=lambda item: item.due or datetime.date.min)[:MOST_ITEMS]


def rejects_to_correct(user: User) -> list[WorkItem]:
    """Name the officer's deliveries with rejected rows, or that could not be read, after which nothing came."""
    if not any(duty.holds(Right.DELIVER_DATA) and duty.department for duty in user.duties()):
        return []
    since = clock.today() - datetime.timedelta(days=CORRECT_WITHIN_DAYS)
    same = {name: OuterRef(name) for name in ("dataset", "area", "period")}
    later = Delivery.objects.filter(**same, pk__gt=OuterRef("pk")).exclude(
        state__in=("failed", "refused", "withdrawn")
    )
    rows = (
        Delivery.objects.visible_to(user, Right.DELIVER_DATA)
        .filter(Q(state="accepted", rows_rejected__gt=0) | Q(state="failed"), received_on__gte=since)
        .exclude(Exists(later))
        .select_related("dataset")
        .order_by("-pk")[:MOST_ITEMS]
    )
    return [
        WorkItem(title=title_of(row), url=url_of(row), why=_why(row), due=None, state=State.LATER)
        for row in rows
    ]


def _why(row: Delivery) -> str:
    if row.state == "failed":
        return _("The file could not be read: hand it in again.")
    return _("Rejected rows: %(count)s. Correct them and deliver them again.") % {
        "count": f"{row.rows_rejected or 0:,}"
    }


def _near(area: str, datasets: Iterable[Dataset]) -> list[Expected]:
    """Return what is overdue or nearly due in an area, the oldest span of each period that is asked for."""
    by_key = {each.key: each for each in expected_in(area, datasets) if _is_near(each)}
    return list(by_key.values())


def _is_near(each: Expected) -> bool:
    today = clock.today()
    if each.standing is Standing.MISSING:
        return (today - each.slot.due).days <= REMIND_BACK
    return each.standing is Standing.DUE and (each.slot.due - today).days <= DUE_WITHIN_DAYS


def _due(each: Expected) -> WorkItem:
    return WorkItem(
        title=_("Hand in %(dataset)s %(period)s") % {"dataset": each.dataset.name, "period": each.asked_for},
        url=place_of(each),
        why=_("Due by the calendar of the dataset. Where nothing happened, hand in the empty workbook."),
        due=each.slot.due,
        state=state_of(each.slot.due),
    )


def _overdue_in(area: str, user: User) -> WorkItem | None:
    """Say in one line how many deliveries of all departments are overdue in an area."""
    missing = [each for each in _near(area, due_datasets(user)) if each.standing is Standing.MISSING]
    if not missing:
        return None
    departments = Counter(each.dataset.department.called for each in missing)
    return WorkItem(
        title=_("Deliveries of departments that are overdue: %(count)d") % {"count": len(missing)},
        url=f"{reverse('monitoring:rhythm')}?area={area}",
        why="、".join(f"{name} {count}" for name, count in departments.most_common(6)),
        due=None,
        state=State.OVERDUE,
    )
