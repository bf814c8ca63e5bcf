"""What is known of cases on the day of their check: income against the line, standing before, risks, the four parts.

Set-wise: a handful of queries for thousands of cases, and the sums of each.
"""

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import F

from alerts.models import Signal
from assistance.models import Case
from foundation.accounts import clock
from households.income.listing import line_on
from households.models import Income, Resident, Standing, Visit
from households.visits.book import declared_of
from households.visits.calculating import calculator
from monitoring.screening.book import standards
from monitoring.screening.terms import EventKind

#: Changes that a check names (doorstep.1) and kinds of events that come suddenly.
SUDDEN_CHANGES = frozenset({"illness", "accident", "disaster", "work_lost", "production", "school"})
SUDDEN_EVENTS = frozenset(
    {EventKind.ILLNESS.value, EventKind.ACCIDENT.value, EventKind.DISASTER.value, EventKind.PRODUCTION.value}
)
#: Risk type of who comes by a disaster (value risk_types).
BY_DISASTER = "02"
#: Codes of labour_abilities that count as able to work.
_ABLE = frozenset({"1", "2", "3"})
#: An income that ended longer ago than this says nothing of the day of the check (days).
_INCOME_HOLDS = 366
#: Answers of the check that the reasons and the level read.
PARTS = ("income_part", "expense_part", "hardship_part", "coping_part")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one case. Amounts are yuan per head and year; None where nothing is known.

    `registered`: a household lifted out of poverty (脱贫户) on `day`. `worked` are the sums of net and reference income
    as they are written on paper. `answers` are codes of the four parts. `able` is None where nobody knows.
    """

    day: datetime.date
    area: str
    visit: int | None = None
    net: Decimal | None = None
    reference: Decimal | None = None
    line: Decimal | None = None
    worked: tuple[str, ...] = ()
    members: int = 0
    able: int | None = None
    registered: bool = False
    risks: tuple[str, ...] = ()
    sudden: tuple[str, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    found: str = ""
    fast_track: bool = False


def facts_of(
    cases: Sequence[Case],
    *,
    visits: Mapping[int, Visit | None] | None = None,
    on: datetime.date | None = None,
) -> dict[int, Facts]:
    """Return the facts of every case by its key, on the day of its check.

    A case that is judged anew has other `visits` than the check that it was opened with, and is judged `on` a day.
    """
    rows = {
        case.pk: case
        for case in Case.objects.filter(pk__in=[each.pk for each in cases]).select_related(
            "visit__questionnaire", "household"
        )
    }
    for key, visit in (visits or {}).items():
        rows[key].visit = visit
    days = {key: on or _day(row) for key, row in rows.items()}
    known = _Known(rows.values(), days)
    return {key: known.facts(row) for key, row in rows.items()}


class _Known:
    """What the few queries brought, by household or case."""

    def __init__(self, rows: Collection[Case], days: Mapping[int, datetime.date]) -> None:
        self.days = days
        households = [row.household_id for row in rows]
        self.lifted = _by(
            Standing.objects.filter(
                household__in=households, kind=Standing.Kind.LIFTED_OUT, resident__isnull=True
            ),
            "household_id",
        )
        self.incomes = _by(
            Income.objects.filter(household__in=households).order_by("-until_day"), "household_id"
        )
        self.labour: dict[int, list[str]] = {}
        counted = Resident.objects.filter(
            cases_counted_in__case__in=[row.pk for row in rows], cases_counted_in__left_on__isnull=True
        )
        for case, labour in counted.values_list(F("cases_counted_in__case"), "labour"):
            self.labour.setdefault(case, []).append(labour)
        alerts = [row.alert_id for row in rows if row.alert_id]
        living = Signal.objects.living().filter(alert__in=alerts).select_related("standard")
        self.signals = _by(living.order_by("day", "pk"), "alert_id")

    def facts(self, case: Case) -> Facts:
        """Put together what is known of one case."""
        day, said = self.days[case.pk], dict(case.visit.answers) if case.visit else {}
        signals = self.signals.get(case.alert_id or 0, [])
        income = self._income(case, said, day)
        return Facts(
            day=day,
            area=case.area_id,
            visit=case.visit_id,
            line=line_on(case.area_id, day),
            members=len(self.labour.get(case.pk, [])),
            able=self._able(case, said),
            registered=any(_holds(each, day) for each in self.lifted.get(case.household_id, [])),
            risks=_risks(case, said, signals),
            sudden=_sudden(case, said, signals),
            answers={code: said[code] for code in PARTS if said.get(code)},
            found=str(said.get("found", "")),
            fast_track=case.fast_track,
            **income,
        )

    def _income(self, case: Case, said: Mapping[str, Any], day: datetime.date) -> dict[str, Any]:
        """Return what the check stated, worked out by the rule of its day; else the newest income of the register."""
        if case.visit is not None:
            counted = calculator(declared_of(case.visit.questionnaire), said.get, area=case.area_id, on=day)
            if counted is not None and not counted.incomplete:
                worked = counted.worked
                return {
                    "net": worked.net_per_head.amount,
                    "reference": worked.reference_per_head.amount,
                    "worked": (worked.net_per_head.worked, worked.reference_per_head.worked),
                }
        oldest = day - datetime.timedelta(_INCOME_HOLDS)
        rows = self.incomes.get(case.household_id, [])
        for row in rows:
            if oldest <= row.until_day <= day:
                return {"net": row.net_per_head, "reference": row.reference_per_head}
        return {}

    def _able(self, case: Case, said: Mapping[str, Any]) -> int | None:
        if isinstance(said.get("able_to_work"), int):
            return int(said["able_to_work"])
        labour = self.labour.get(case.pk, [])
        return sum(each in _ABLE for each in labour) if labour and all(labour) else None


def _risks(case: Case, said: Mapping[str, Any], signals: Sequence[Signal]) -> tuple[str, ...]:
    """Return the risks that the check saw; where it named none, those of the warning or of the disaster."""
    seen = [str(code) for code in said.get("risks") or ()]
    if not seen:
        declared = standards()
        named = (declared.get(each.standard_id or "") for each in signals)
        seen = [standard.risk_type for standard in named if standard is not None]
        if case.origin == Case.Origin.DISASTER:
            seen.insert(0, BY_DISASTER)
    return tuple(dict.fromkeys(seen))


def _sudden(case: Case, said: Mapping[str, Any], signals: Sequence[Signal]) -> tuple[str, ...]:
    """Return what came suddenly: changes that the check named, events of the warning, the disaster."""
    changes = [str(code) for code in said.get("changes") or () if code in SUDDEN_CHANGES]
    events = [each.event_kind for each in signals if each.event_kind in SUDDEN_EVENTS]
    disaster = ["disaster"] if case.origin == Case.Origin.DISASTER else []
    return tuple(dict.fromkeys([*changes, *events, *disaster]))


def _day(case: Case) -> datetime.date:
    """Return the day of the check: the visit's; without one the day on which the case was opened."""
    day: datetime.date = case.visit.happened_on if case.visit else case.opened_on
    return min(day, clock.today())


def _holds(standing: Standing, day: datetime.date) -> bool:
    begun = standing.from_day is None or standing.from_day <= day
    return begun and (standing.until_day is None or standing.until_day >= day)


def _by(rows: Any, name: str) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(getattr(row, name), []).append(row)
    return found
