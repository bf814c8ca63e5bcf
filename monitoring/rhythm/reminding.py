"""Reminders of deliveries that are overdue: to the officer, once for each span, taken back when the file comes."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse
from django.utils.http import urlencode

from foundation.accounts.models import User
from foundation.inbox.models import Notice
from foundation.inbox.notices import take_back, tell_once
from monitoring.models import Dataset, Delivery
from monitoring.rhythm.expecting import (
    Expectations,
    Expected,
    Standing,
    expected_datasets,
    places_of_officers,
)

LATE = "delivery_late"
#: Nobody is reminded of what was due longer ago than so many days: the calendar shows it.
REMIND_BACK = 100


def night_work(*, by: User, on: datetime.date) -> None:
    """Remind of what is overdue on the day `on` (foundation.accounts.next_day.NightWork)."""
    remind()


def after_delivery(delivery: Delivery, *, by: User) -> None:
    """Take back the reminders that a delivery answers (monitoring.followers.DeliveryFollower)."""
    settle(delivery)


@transaction.atomic
def remind() -> int:
    """Remind every officer of what is overdue, each span once, and take back what has come; returns how many."""
    by_department: dict[str, list[Dataset]] = {}
    for dataset in expected_datasets(Dataset.objects.declared()):
        by_department.setdefault(dataset.department_id, []).append(dataset)
    told, overdue = 0, set()
    for (department, area), people in places_of_officers().items():
        for each in _overdue(
            Expectations(area, by_department.get(department, [])), by_department.get(department, [])
        ):
            overdue.add(each.key)
            told += tell_once(people, LATE, place=place_of(each), group=each.key)
    standing = set(Notice.objects.unread().filter(kind=LATE).values_list("group", flat=True))
    take_back(LATE, standing - overdue)
    return told


def settle(delivery: Delivery) -> int:
    """Take back the reminders that a delivery has answered; runs in the transaction that takes its rows.

    Returns how many notices went.
    """
    dataset = delivery.dataset
    if not expected_datasets([dataset]):
        return 0
    places = [area for department, area in places_of_officers() if department == dataset.department_id]
    answered = [area for area in places if area.startswith(delivery.area_id)]
    gone = 0
    for area in answered:
        overdue = {each.key for each in _overdue(Expectations(area, [dataset]), [dataset])}
        open_keys = Notice.objects.unread().filter(kind=LATE, group__startswith=f"{dataset.pk}:{area}:")
        gone += take_back(LATE, set(open_keys.values_list("group", flat=True)) - overdue)
    return gone


def place_of(expected: Expected) -> str:
    """Return the address where a slot is delivered: the form, filled in."""
    asked = {"dataset": expected.dataset.pk, "area": expected.area, "period": expected.asked_for}
    return f"{reverse('monitoring:hand_in')}?{urlencode(asked)}"


def _overdue(calendar: Expectations, datasets: Iterable[Dataset]) -> list[Expected]:
    oldest = calendar.today - datetime.timedelta(days=REMIND_BACK)
    return [
        each
        for dataset in datasets
        for each in calendar.of(dataset, back=REMIND_BACK + 100)
        if each.standing is Standing.MISSING and each.slot.due >= oldest
    ]
