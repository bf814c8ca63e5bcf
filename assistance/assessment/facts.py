"""What is known of households on the day of an assessment, set-wise: some queries for hundreds of households.

Incomes, standings, warnings and members count as of the day; dwelling, water and what is said of members are what the
register says now, with the day on which it was said.
"""

import datetime
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count

from alerts.models import Alert
from assistance.lifecycle import HELD
from assistance.models import Case, CaseRisk
from foundation.accounts.composition import parts
from foundation.regulations.lookup import value
from households.income.listing import line_on
from households.models import Household, Income, Resident, Standing

#: Composition: callables cases → by case names and days of what landed (assistance.removal.evidence).
DELIVERED = "DELIVERED_MEASURES"
STABLE = "removal_income_months"
#: Lists of social assistance.
SAFETY_NET = ("dibao", "tekun", "dibao_margin", "rigid_expense")


@dataclass(frozen=True, slots=True)
class Known:
    """One household on a day. `incomes` are the newest first; `net` the kinds of assistance that somebody receives."""

    day: datetime.date
    household: Household
    case: Case | None
    line: Decimal | None
    stable_months: int | None
    incomes: Sequence[Income]
    people: Sequence[Resident]
    net: tuple[str, ...]
    warnings: int
    signals: int
    landed: Sequence[tuple[str, datetime.date]]


def known_of(households: Sequence[Household], on: datetime.date) -> list[Known]:
    """Return what is known of each household on a day, in the order given."""
    keys = [home.pk for home in households]
    incomes = _by(Income.objects.filter(household__in=keys, until_day__lte=on).order_by("-until_day", "-pk"))
    people = _by(Resident.objects.filter(household__in=keys).present(on).order_by("relation", "pk"))
    net = _by(Standing.objects.in_force(on).filter(household__in=keys, kind__in=SAFETY_NET))
    cases = {case.household_id: case for case in Case.objects.filter(household__in=keys, state__in=HELD)}
    warnings = dict(_counted(Alert.objects.open().filter(household__in=keys), "household"))
    landed = _landed(cases.values(), on)
    signals = dict(_counted(CaseRisk.objects.unanswered().filter(case__in=cases.values()), "case__household"))
    lines, months = _once(lambda area: line_on(area, on)), _once(lambda area: _months(area, on))
    return [
        Known(
            on, home, cases.get(home.pk), lines(home.area_id), months(home.area_id), incomes.get(home.pk, []),
            people.get(home.pk, []), _kinds(net.get(home.pk, []), people.get(home.pk, [])),
            warnings.get(home.pk, 0), signals.get(home.pk, 0), landed.get(home.pk, []),
        )
        for home in households
    ]  # fmt: skip


def in_set(area: str, whom: Iterable[str], on: datetime.date) -> Any:
    """Return the living households of an area that count as one of `whom` on a day, by key."""
    held = Standing.objects.in_force(on).filter(kind__in=list(whom), resident__isnull=True)
    rows = Household.objects.living().living(on).filter(area__code__startswith=area)
    return rows.filter(pk__in=held.values("household")).order_by("pk")


def bases_of(households: Iterable[int], whom: Sequence[str], on: datetime.date) -> dict[int, str]:
    """Return by household as what it is in the set: a category of today goes before what it was lifted out of."""
    held = Standing.objects.in_force(on).filter(
        household__in=list(households), kind__in=list(whom), resident__isnull=True
    )
    found: dict[int, str] = {}
    for household, kind in held.values_list("household", "kind"):
        if household not in found or found[household] == Standing.Kind.LIFTED_OUT:
            found[household] = kind
    return found


def _kinds(rows: Iterable[Standing], people: Iterable[Resident]) -> tuple[str, ...]:
    """Return the kinds that the household or a present member has, by the lists or by the register."""
    here = {each.pk for each in people}
    found = {row.kind for row in rows if row.resident_id is None or row.resident_id in here}
    for each in people:
        found |= {kind for kind in ("dibao", "tekun") if getattr(each, kind) in ("rural", "urban")}
    return tuple(kind for kind in SAFETY_NET if kind in found)


def _landed(cases: Collection[Case], on: datetime.date) -> dict[int, list[tuple[str, datetime.date]]]:
    """Return by household what landed until a day, the earliest first; some queries for all."""
    told = [part(cases) for part in parts(DELIVERED)]
    return {
        case.household_id: sorted(
            (each for found in told for each in found.get(case.pk, ()) if each[1] <= on),
            key=lambda each: (each[1], each[0]),
        )
        for case in cases
    }


def _months(area: str, on: datetime.date) -> int | None:
    found = value(STABLE, area=area, on=on)
    return None if found.silent or found.amount is None else int(found.amount)


def _once(ask: Callable[[str], Any]) -> Callable[[str], Any]:
    """Ask once for each area."""
    answers: dict[str, Any] = {}

    def answer(area: str) -> Any:
        if area not in answers:
            answers[area] = ask(area)
        return answers[area]

    return answer


def _by(rows: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.household_id, []).append(row)
    return found


def _counted(rows: Any, path: str) -> Any:
    return rows.order_by().values_list(path).annotate(Count("pk"))
