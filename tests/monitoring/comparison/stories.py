"""A small county for stories about runs: households with people, and deliveries about them."""

import datetime
from decimal import Decimal
from typing import Any

from foundation.accounts.models import User
from monitoring.comparison.asking import ask_run, run_now
from monitoring.models import Delivery, Run, RunStandard
from monitoring.periods import Period, read_period
from tests.monitoring.comparison.planting import Planted, delivered, plant
from tests.monitoring.standards import facts
from tests.people import COUNTY, VILLAGE

ON = datetime.date(2026, 10, 31)


def period_of(text: str) -> Period:
    """Return a period."""
    found = read_period(text)
    assert isinstance(found, Period)
    return found


def county(homes: int = 1, *, by: User, village: str = VILLAGE) -> Planted:
    """Make so many households of one person each, whose keys are 甲0, 甲1, …"""
    made = tuple(
        facts.Household(f"户{n}", village, (facts.Person(f"甲{n}", datetime.date(1980, 1, 1)),))
        for n in range(homes)
    )
    return plant(facts.World(made, (), ()), by=by)


def paid(made: Planted, *bills: tuple[str, str, str], by: User, period: str = "2026-10") -> Delivery:
    """Deliver settlements: who, which number, how much; all of them of 5 October."""
    told = facts.Delivery(1, "medical_settlement", COUNTY, period_of(period))
    rows = [
        facts.Row(
            told, line, who,
            {"结算流水号": number, "结算日期": datetime.date(2026, 10, 5), "医疗总费用": Decimal(amount),
             "个人自付": Decimal(amount), "就诊类别": "住院"},
        )
        for line, (who, number, amount) in enumerate(bills, start=2)
    ]  # fmt: skip
    return delivered(told, rows, made, by=by)


def listed(made: Planted, *people: str, by: User, period: str = "2026-10") -> Delivery:
    """Deliver a dibao roll."""
    told = facts.Delivery(1, "dibao_roll", COUNTY, period_of(period))
    rows = [
        facts.Row(
            told, line, who,
            {"保障类别": "A", "月保障金额": Decimal(400), "起始日期": datetime.date(2026, 1, 1)},
        )
        for line, who in enumerate(people, start=2)
    ]  # fmt: skip
    return delivered(told, rows, made, by=by)


def cremated(made: Planted, who: str, *, by: User, period: str = "2026-10") -> Delivery:
    """Deliver a cremation of 9 October."""
    told = facts.Delivery(1, "cremation", COUNTY, period_of(period))
    row = facts.Row(told, 2, who, {"火化日期": datetime.date(2026, 10, 9)})
    return delivered(told, [row], made, by=by)


def compared(by: User, area: str = COUNTY, **named: Any) -> Run:
    """Ask for a run and run it here."""
    return run_now(ask_run(area, by=by, ring=False, **{"as_of": ON, **named}))


def result(run: Run, code: str) -> RunStandard:
    """Return what one standard came to."""
    found: RunStandard = run.results.get(standard=code)
    return found
