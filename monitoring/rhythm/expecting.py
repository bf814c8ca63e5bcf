"""What is expected of whom: the slots of a dataset in an area, each with the delivery that fills it."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.db.models import Min
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.accounts import clock
from foundation.accounts.models import Posting, User
from foundation.accounts.models.areas import ancestors
from foundation.accounts.roles import Role
from monitoring.contracts.terms import PeriodForm
from monitoring.models import Dataset, Delivery
from monitoring.periods import read_period
from monitoring.rhythm.slots import Slot, fills, is_expected, slots

#: States of a delivery that came and was not taken back.
LIVE = ("received", "waiting", "accepted", "superseded")
#: States of a delivery whose rows were taken.
TAKEN = ("accepted", "superseded")


class Standing(models.TextChoices):
    """Where one slot stands today."""

    ON_TIME = "on_time", pgettext_lazy("delivery", "on time")
    LATE = "late", pgettext_lazy("delivery", "late")
    WAITING = "waiting", _("waits for a decision")
    DUE = "due", pgettext_lazy("delivery", "due")
    MISSING = "missing", pgettext_lazy("delivery", "missing")
    AHEAD = "ahead", _("still running")


#: A span of fewer days is due more often than monthly.
_SHORT = datetime.timedelta(days=20)


@dataclass(frozen=True, slots=True)
class Expected:
    """One slot of a dataset in an area: the first delivery that filled it, and where it stands."""

    dataset: Dataset
    area: str
    slot: Slot
    delivery: Delivery | None
    standing: Standing

    @property
    def asked_for(self) -> str:
        """The period that people are asked for: what is due more often than monthly is missed by the month."""
        short = self.slot.last - self.slot.first < _SHORT
        if short and self.standing is Standing.MISSING and PeriodForm.MONTH in self.dataset.contract.periods:
            return f"{self.slot.last:%Y-%m}"
        return self.slot.period

    @property
    def key(self) -> str:
        """What reminders of it are grouped by: the dataset, the area, and the period that is asked for."""
        return f"{self.dataset.pk}:{self.area}:{self.asked_for}"


class Expectations:
    """What is expected in one area: who delivers there since when, and what came. Two queries, whatever is asked."""

    def __init__(self, area: str, datasets: Iterable[Dataset]) -> None:
        """Read what is needed for the calendars of `datasets` in `area`."""
        self.area, self.today = area, clock.today()
        self.datasets = list(datasets)
        here = [*ancestors(area), area]
        posted = Posting.objects.standing().filter(role=Role.DEPARTMENT_OFFICER, area_id__in=here)
        self._officers: dict[str | None, datetime.date] = dict(
            posted.order_by().values_list("department").annotate(Min("from_day"))
        )
        self._came: dict[str, list[Delivery]] = defaultdict(list)
        rows = Delivery.objects.filter(area_id__in=here, dataset__in=self.datasets, state__in=LIVE)
        for row in rows.order_by("received_on", "pk"):
            self._came[row.dataset_id].append(row)

    def since(self, dataset: Dataset) -> datetime.date | None:
        """Return the day from which a dataset is expected here; None where nobody ever was to deliver it."""
        days = [self._officers[dataset.department_id]] if dataset.department_id in self._officers else []
        days += [row.period_last for row in self._came[dataset.pk][:1]]
        return min(days, default=None)

    def of(self, dataset: Dataset, *, back: int = 400) -> list[Expected]:
        """Return the slots of the last `back` days until today, the newest first."""
        since = self.since(dataset)
        if since is None or dataset.withdrawn or not is_expected(dataset.contract):
            return []
        begin = max(since, self.today - datetime.timedelta(days=back))
        return [self._expected(dataset, slot) for slot in slots(dataset.contract, begin, self.today)][::-1]

    def _expected(self, dataset: Dataset, slot: Slot) -> Expected:
        filling = [row for row in self._came[dataset.pk] if _fills(slot, dataset, row)]
        taken = [row for row in filling if row.state in TAKEN]
        first = next(iter(taken or filling), None)
        return Expected(dataset, self.area, slot, first, self._standing(slot, first))

    def _standing(self, slot: Slot, delivery: Delivery | None) -> Standing:
        if delivery is None:
            if slot.past_due(self.today):
                return Standing.MISSING
            return Standing.DUE if slot.ended(self.today) else Standing.AHEAD
        if delivery.state not in TAKEN:
            return Standing.WAITING
        return Standing.ON_TIME if delivery.received_on <= slot.due else Standing.LATE


def expected_datasets(rows: Iterable[Dataset]) -> list[Dataset]:
    """Keep the datasets that have a calendar."""
    return [row for row in rows if not row.on_query and not row.withdrawn and is_expected(row.contract)]


def places_of_officers() -> dict[tuple[str, str], list[User]]:
    """Return who delivers today, by department and area. Where officers stand above each other the lower delivers."""
    found: dict[tuple[str, str], list[User]] = defaultdict(list)
    posted = Posting.objects.in_force().filter(role=Role.DEPARTMENT_OFFICER, user__is_active=True)
    for posting in posted.select_related("user").order_by("department", "area", "pk"):
        if posting.department_id:
            found[posting.department_id, posting.area_id].append(posting.user)
    return {
        (department, area): people
        for (department, area), people in found.items()
        if not any(other == department and below != area and below.startswith(area) for other, below in found)
    }


def expected_in(area: str, datasets: Iterable[Dataset]) -> list[Expected]:
    """Return every slot of `datasets` in `area`, dataset by dataset, the newest first."""
    wanted = expected_datasets(datasets)
    calendar = Expectations(area, wanted)
    return [each for dataset in wanted for each in calendar.of(dataset)]


def _fills(slot: Slot, dataset: Dataset, row: Delivery) -> bool:
    period = read_period(row.period)
    first = period.first if period else row.period_last
    return fills(slot, dataset.contract, first, row.period_last, row.received_on)
