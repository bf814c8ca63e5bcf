"""Incomes of the story households by item (domain.md 2.6), stated by the verifier of their township."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from foundation.accounts import clock
from foundation.accounts.models import User
from households.income.periods import Period
from households.income.stating import Stated, state
from households.models import Household, Income


@dataclass(frozen=True, slots=True)
class Year:
    """What a household earned and spent from 1 October to 30 September; items in yuan by code."""

    code: str
    until: int  # the year of that September
    members: int
    parts: Mapping[str, str]

    @property
    def period(self) -> Period:
        """The twelve months of a yearly collection."""
        return Period(datetime.date(self.until - 1, 10, 1), datetime.date(self.until, 9, 30))


YEARS = (
    # S1: 52,000 + 9,600 + 800 + 2,200 − 4,120 = 60,480; 15,120.00 for each of four.
    Year("YS000001", 2025, 4, {"A1": "49500", "B1": "9100", "C2": "800", "D6b": "2100", "E1": "3980"}),
    Year("YS000001", 2026, 4, {"A1": "52000", "B1": "9600", "C2": "800", "D6b": "2200", "E1": "4120"}),
    # S4: dibao of both, a little land.
    Year("YS000004", 2026, 2, {"B1": "3100", "C2": "1200", "D2": "13920", "D4": "3060", "E1": "1360"}),
    # S7: a stay in hospital of 27,300 in August, of which commercial insurance paid most.
    Year("YS000007", 2025, 4, {"A1": "36000", "B2": "12600", "D6b": "2900", "E2": "6200"}),
    Year(
        "YS000007", 2026, 4,
        {"A1": "38400", "B2": "13200", "D6b": "3060", "E2": "8100", "F": "21000", "G": "27300"},
    ),
    # S9a: 10,300 a head, then 11,700.
    Year("YS000009", 2025, 4, {"A1": "34200", "B1": "8400", "D6b": "2600", "E1": "4000", "G": "6200"}),
    Year("YS000009", 2026, 4, {"A1": "39600", "B1": "8800", "D6b": "2700", "E1": "4300", "G": "2800"}),
    # S9b: 12,400 a head, then 12,900: only time is lacking.
    Year("YS000092", 2025, 3, {"A1": "28800", "D5e": "4800", "D6b": "3600"}),
    Year("YS000092", 2026, 3, {"A1": "31000", "D5e": "5400", "D6b": "2300"}),
    # S9c: what society gives an old man without labour.
    Year("YS000093", 2026, 1, {"C2": "600", "D3": "7860", "D4": "1440"}),
    # S16: above the line, both ill.
    Year("YS000016", 2026, 3, {"A1": "46800", "B1": "7200", "D6b": "1500", "E1": "4800"}),
)  # fmt: skip


def are_stated() -> bool:
    """Say whether the incomes of the stories are in the register."""
    return Income.objects.filter(household__code__in={year.code for year in YEARS}).exists()


@transaction.atomic
def state_incomes(verifier: Callable[[str], User]) -> None:
    """State each year's income in its own autumn's collection; `verifier` gives who does it for a township."""
    homes = Household.objects.in_bulk({year.code for year in YEARS}, field_name="code")
    for year in YEARS:
        home = homes[year.code]
        amounts = {code: Decimal(amount) for code, amount in year.parts.items()}
        stated = Stated(amounts, year.members, min(year.period.last, clock.today()), year.period)
        state(home, stated, by=verifier(home.area_id), reason="年度收入采集")
