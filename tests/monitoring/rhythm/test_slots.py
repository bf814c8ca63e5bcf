"""The calendar of a contract: spans, the day by which they are due, and which delivery fills them."""

import datetime
from dataclasses import replace

import pytest

from monitoring.contracts.book import contract, contracts
from monitoring.contracts.contract import Contract, Rhythm
from monitoring.contracts.terms import Every
from monitoring.periods import period_for, read_period
from monitoring.rhythm.slots import Slot, fills, is_expected, slots

D = datetime.date


def with_rhythm(every: Every, by_day: int | None = None) -> Contract:
    """Return a contract of events that is due so often."""
    return replace(contract("medical_settlement"), rhythm=Rhythm(every, by_day))


def spans(declared: Contract, since: datetime.date, until: datetime.date) -> list[tuple[str, str, str]]:
    """Return the spans as (first, last, due)."""
    return [(str(each.first), str(each.last), str(each.due)) for each in slots(declared, since, until)]


def test_a_month_is_due_on_its_day_of_the_next() -> None:
    assert spans(contract("medical_settlement"), D(2026, 11, 20), D(2027, 1, 2)) == [
        ("2026-11-01", "2026-11-30", "2026-12-05"),
        ("2026-12-01", "2026-12-31", "2027-01-05"),
        ("2027-01-01", "2027-01-31", "2027-02-05"),
    ]


def test_a_quarter_is_due_in_the_month_after_it() -> None:
    assert spans(contract("farm_income"), D(2026, 9, 30), D(2026, 10, 1)) == [
        ("2026-07-01", "2026-09-30", "2026-10-20"),
        ("2026-10-01", "2026-12-31", "2027-01-20"),
    ]


@pytest.mark.parametrize(
    ("every", "by_day", "day", "span"),
    [
        (Every.DAY, None, D(2026, 11, 3), ("2026-11-03", "2026-11-03", "2026-11-04")),
        (Every.TEN_DAYS, None, D(2026, 2, 28), ("2026-02-21", "2026-02-28", "2026-03-01")),
        (Every.TEN_DAYS, None, D(2026, 2, 11), ("2026-02-11", "2026-02-20", "2026-02-21")),
        (Every.MONTH, None, D(2026, 1, 9), ("2026-01-01", "2026-01-31", "2026-02-28")),
        (Every.MONTH, 31, D(2026, 1, 9), ("2026-01-01", "2026-01-31", "2026-02-28")),
        (Every.TERM, 10, D(2026, 11, 4), ("2026-08-01", "2027-01-31", "2027-02-10")),
        (Every.TERM, 10, D(2027, 1, 31), ("2026-08-01", "2027-01-31", "2027-02-10")),
        (Every.TERM, 10, D(2026, 7, 31), ("2026-02-01", "2026-07-31", "2026-08-10")),
        (Every.YEAR, 15, D(2026, 7, 31), ("2026-01-01", "2026-12-31", "2027-01-15")),
    ],
)
def test_every_rhythm_has_its_spans(
    every: Every, by_day: int | None, day: datetime.date, span: tuple[str, str, str]
) -> None:
    assert spans(with_rhythm(every, by_day), day, day) == [span]


@pytest.mark.parametrize("code", contracts())
def test_every_span_is_written_as_the_contract_accepts_it_and_filled_by_it(code: str) -> None:
    declared = contract(code)
    found = list(slots(declared, D(2026, 1, 1), D(2026, 12, 31)))
    assert bool(found) == is_expected(declared)
    for slot in found:
        period = period_for(declared, slot.period)
        assert fills(slot, declared, period.first, period.last, slot.due)


def test_what_happens_seldom_is_never_due() -> None:
    assert not is_expected(contract("disaster_loss"))
    assert not is_expected(contract("vehicle"))


def filled(slot: Slot, declared: Contract, text: str, received: datetime.date) -> bool:
    """Say whether a delivery of a period fills a slot."""
    period = read_period(text)
    assert period is not None
    return fills(slot, declared, period.first, period.last, received)


def test_a_day_inside_a_month_counts_for_the_month() -> None:
    october = next(slots(contract("dibao_roll"), D(2026, 10, 1), D(2026, 10, 1)))
    assert filled(october, contract("dibao_roll"), "2026-10-31", D(2026, 11, 2))
    assert not filled(october, contract("dibao_roll"), "2026-11-01", D(2026, 11, 2))


def test_a_month_of_events_counts_for_the_days_that_were_over() -> None:
    declared = contract("cremation")
    first, second = list(slots(declared, D(2026, 10, 9), D(2026, 10, 10)))
    assert filled(first, declared, "2026-10", D(2026, 10, 9))
    assert not filled(second, declared, "2026-10", D(2026, 10, 9))


def test_a_year_of_a_monthly_state_counts_for_the_month_that_was_over() -> None:
    declared = contract("medical_insurance_status")
    september, october = list(slots(declared, D(2026, 9, 1), D(2026, 10, 31)))
    assert filled(october, declared, "2026", D(2026, 11, 3))
    assert not filled(september, declared, "2026", D(2026, 11, 3))


def test_january_is_not_written_as_the_year() -> None:
    january = next(slots(contract("medical_insurance_status"), D(2026, 1, 5), D(2026, 1, 5)))
    assert january.period == "2026-01"
