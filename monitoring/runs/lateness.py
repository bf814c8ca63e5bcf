"""Which datasets were late or silent when an area was compared: what nobody delivered, nothing could find."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from foundation.accounts import clock
from foundation.accounts.models import Area
from foundation.accounts.models.areas import ancestors
from foundation.accounts.roles import Level
from monitoring.models import Dataset, Delivery, Run
from monitoring.rhythm.expecting import TAKEN, Expectations, Expected, expected_datasets
from monitoring.screening.book import standards

#: The calendar is looked back over so many days: the year that most standards look at.
_BACK = 366
#: Above the county the lists of so many counties are gone through.
_MOST_COUNTIES = 30


@dataclass(frozen=True, slots=True)
class Missed:
    """A dataset that was late (`periods`: spans past their day) or never came (`never`) to one area."""

    dataset: Dataset
    area: Area
    periods: tuple[str, ...]
    never: bool

    @property
    def url(self) -> str:
        """Where its calendar stands."""
        return (
            f"{reverse('monitoring:calendar', args=[self.dataset.pk])}?{urlencode({'area': self.area.code})}"
        )


def missed_at(run: Run, codes: Iterable[str]) -> list[Missed]:
    """Return what was missing of the datasets of the standards `codes` at the moment of the run."""
    known = standards()
    wanted = {name for code in codes if code in known for name in known[code].datasets}
    rows = list(Dataset.objects.declared().filter(pk__in=wanted).select_related("department").order_by("pk"))
    return [missed for area in _areas(run) for missed in _missed_in(area, rows, run)]


def _missed_in(area: Area, rows: list[Dataset], run: Run) -> Iterable[Missed]:
    day = timezone.localdate(run.asked_at, clock.SHANGHAI) if not clock.is_pinned() else run.as_of
    here = Q(area__in=[*ancestors(area.code), area.code]) | Q(area__code__startswith=area.code)
    came = set(
        Delivery.objects.filter(here, dataset__in=rows, received_at__lte=run.asked_at)
        .filter(state__in=TAKEN)
        .order_by()
        .values_list("dataset", flat=True)
    )
    with clock.at(day):
        calendar = Expectations(area.code, rows)
        due = {row.pk for row in expected_datasets(rows)}
        for row in rows:
            late = calendar.of(row, back=_BACK) if row.pk in due else []
            periods = tuple(each.asked_for for each in late if _missing(each, run, day))
            if periods or row.pk not in came:
                yield Missed(row, area, tuple(dict.fromkeys(periods)), row.pk not in came)


def _missing(each: Expected, run: Run, day: object) -> bool:
    came = each.delivery is not None and each.delivery.received_at <= run.asked_at
    return not came and each.slot.past_due(day)  # type: ignore[arg-type]


def _areas(run: Run) -> list[Area]:
    """Return the area of a run, or the counties below one that lies above the county."""
    if run.area.level >= Level.COUNTY:
        return [run.area]
    below = Area.objects.living().filter(level=Level.COUNTY, code__startswith=run.area_id)
    return list(below.order_by("code")[:_MOST_COUNTIES])
