"""The cool-down: a closed alert keeps its standards quiet on its household, until its day or a step up.

It is on one household and the standards of the closed alert. Another standard is not silenced, and what rose by the
step of its standard wakes (datasets.md section 7). It holds whether or not the household has another alert meanwhile,
so that the order in which findings arrive changes nothing.
"""

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from alerts.models import Signal
from monitoring.screening.book import standards

#: Where a standard is no longer declared, its findings wake by the step that most standards have.
_STEP_UP = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Quiet:
    """A standard that a closed alert keeps quiet on a household: what was measured of whom, and until when."""

    alert: int
    until: datetime.date
    measured: dict[int | None, Decimal]

    def against(self, resident: int | None) -> Decimal:
        """Return what a new value is held against: the same person's, else the largest of the alert."""
        return self.measured.get(resident, max(self.measured.values()))


@dataclass(frozen=True, slots=True)
class Silences:
    """The standards that are quiet on some households on a day."""

    by_pair: dict[tuple[int, str], Quiet]

    def of(self, household: int, standard: str) -> Quiet | None:
        """Return what keeps a standard quiet on a household, or None."""
        return self.by_pair.get((household, standard))

    def silences(self, household: int, standard: str, resident: int | None, measured: Decimal) -> bool:
        """Say whether a finding stays quiet: its standard is, and it has not risen by the step."""
        quiet = self.of(household, standard)
        return quiet is not None and measured < quiet.against(resident) * (1 + step_up(standard))

    def any_on(self, household: int) -> bool:
        """Say whether anything is quiet on a household."""
        return any(each == household for each, _standard in self.by_pair)


def silences(households: Collection[int], on: datetime.date) -> Silences:
    """Return what is quiet on the households on a day; of several closed alerts the newest counts. One query."""
    rows = Signal.objects.filter(
        alert__household__in=households,
        alert__state="closed",
        alert__quiet_until__gte=on,
        finding__isnull=False,
        retracted_at__isnull=True,
    ).order_by("alert__closed_on", "alert_id", "pk")
    found: dict[tuple[int, str], Quiet] = {}
    for household, standard, alert, until, resident, measured in rows.values_list(
        "alert__household_id", "standard_id", "alert_id", "alert__quiet_until", "resident_id", "measured"
    ):
        if standard is None or until is None or measured is None:
            continue  # the condition says so already; a type checker cannot know
        known = found.get((household, standard))
        values = known.measured if known and known.alert == alert else {}
        found[household, standard] = Quiet(alert, until, values | {resident: measured})
    return Silences(found)


def step_up(standard: str) -> Decimal:
    """Return by which share the measured value must rise to wake a quiet household."""
    declared = standards().get(standard)
    return declared.repeat.step_up if declared else _STEP_UP
