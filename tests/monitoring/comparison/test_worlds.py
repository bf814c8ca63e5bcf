"""Random worlds: the engine says of every standard what the oracle says, whatever happened to whom."""

import datetime
import random
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from foundation.accounts.models import User
from monitoring.comparison.evaluating import judge_area
from monitoring.contracts.book import contracts
from monitoring.contracts.terms import CellType
from monitoring.contracts.terms import Kind as DatasetKind
from monitoring.periods import Period, read_period
from monitoring.screening.book import standards
from monitoring.screening.standard import DEATHS, Standard
from monitoring.screening.terms import Aggregation, Kind
from tests.monitoring.comparison.agreeing import both, of_engine
from tests.monitoring.comparison.planting import plant
from tests.monitoring.comparison.worlds import VILLAGES, a_row, world
from tests.monitoring.standards import facts
from tests.monitoring.standards.law import ShippedLaw

ON = datetime.date(2026, 10, 31)
DAYS = st.dates(datetime.date(2026, 1, 1), datetime.date(2026, 11, 20))
#: A township and a village with lines of their own beside those of the country.
LAW = ShippedLaw(
    [
        {"key": "medical_yearly_burden", "area": "999901001", "from": datetime.date(2026, 1, 1), "amount": 5000},
        {"key": "medical_single_stay", "area": VILLAGES[0], "from": datetime.date(2026, 6, 1), "amount": "ended"},
        {
            "key": "loan_overdue_days", "area": "999902", "from": datetime.date(2026, 1, 1), "amount": 30,
            "comparator": ">",
        },
        {"key": "warn_work_lost", "area": VILLAGES[1], "from": datetime.date(2026, 1, 1), "amount": False},
    ]
)  # fmt: skip


def differing(told: facts.World, on: datetime.date, under: str) -> dict[str, object]:
    """Return what engine and oracle say differently of a world, which is forgotten afterwards."""
    with transaction.atomic():
        said = both(told, on, list(standards().values()), LAW, under, by=User.objects.built_in("shell"))
        transaction.set_rollback(True)
    return {code: pair for code, pair in said.items() if pair[0] != pair[1]}


@pytest.mark.usefixtures("db")
@settings(
    deadline=None,
    max_examples=4,
    phases=[Phase.explicit, Phase.generate],  # a smaller world is not found by a smaller seed
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.integers(0, 10**9), DAYS, st.sampled_from(["9999", "999901", "999901001", VILLAGES[0]]))
def test_engine_and_oracle_agree_on_random_worlds(seed: int, on: datetime.date, under: str) -> None:
    assert differing(world(random.Random(seed), homes=8, rows=14), on, under) == {}


@pytest.mark.slow
@pytest.mark.usefixtures("db")
def test_engine_and_oracle_agree_on_a_whole_county() -> None:
    assert differing(world(random.Random(7), homes=200, rows=40), ON, "9999") == {}


def only_grows(standard: Standard) -> bool:
    """Say whether more rows can only raise what a standard measures: its sum, count or largest of what happened."""
    measure = standard.measure
    told = contracts()[measure.dataset]
    conditions = (*measure.where, *measure.holds, *measure.at_once)
    return (
        standard.kind in (Kind.THRESHOLD, Kind.EVENT)
        and told.kind is DatasetKind.EVENTS
        and measure.aggregation is not Aggregation.LAST
        and not (measure.less or measure.fell_from or measure.dataset in DEATHS)
        and not any(each.newest for each in conditions)
        and len(texts_of_key(measure.dataset)) > 0
    )


def texts_of_key(dataset: str) -> list[str]:
    """Return the columns of free text in the key of a dataset: a new text there makes a row of its own."""
    told = contracts()[dataset]
    return [header for header in told.key if told.by_header[header].type is CellType.TEXT]


def with_more(told: facts.World, dataset: str, chance: random.Random) -> facts.World:
    """Return the world with one more delivery of a dataset, whose rows correct none of those before."""
    people = [person.key for home in told.households for person in home.people]
    october = read_period("2026-10")
    assert isinstance(october, Period)
    later = facts.Delivery(len(told.deliveries) + 1, dataset, "999901", october)
    rows = [a_row(chance, contracts()[dataset], later, line, people) for line in range(2, 60)]
    fresh = [
        facts.Row(
            later,
            row.line,
            row.person,
            {**row.values} | dict.fromkeys(texts_of_key(dataset), f"新{later.number}-{row.line}"),
        )
        for row in rows
    ]
    return facts.World(told.households, (*told.deliveries, later), (*told.rows, *fresh))


def found_by(told: facts.World, standard: Standard) -> dict[tuple[object, ...], Decimal]:
    """Return what the engine measures for each household and person whom a standard finds."""
    with transaction.atomic():
        planted = plant(told, by=User.objects.built_in("shell"))
        judged = judge_area("9999", ON, standards=[standard], book=LAW.book)[standard.code].judged
        said = {
            (
                planted.households[each.household],
                each.resident and planted.people[each.resident],
            ): each.measured
            for each in judged
        }
        transaction.set_rollback(True)
    return said


GROWING = sorted(code for code, each in standards().items() if only_grows(each))


def test_standards_that_only_grow_are_those_of_sums_and_events() -> None:
    assert {"medical_single_stay", "traffic_harm", "disaster_loss"} <= set(GROWING)


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("code", GROWING)
def test_more_that_happened_takes_no_finding_away(code: str) -> None:
    chance, standard = random.Random(code), standards()[code]
    told = with_more(world(chance, homes=12, rows=2), standard.measure.dataset, chance)
    before = found_by(told, standard)
    after = found_by(with_more(told, standard.measure.dataset, chance), standard)
    assert before, "a world in which nobody is found says nothing"
    assert {key: measured for key, measured in before.items() if after.get(key, -1) < measured} == {}
    assert sum(after.values()) > sum(before.values())


@pytest.mark.usefixtures("db")
def test_the_order_of_receipt_of_different_rows_plays_no_part() -> None:
    told, by = world(random.Random(3), homes=10, rows=12), User.objects.built_in("shell")
    said = []
    for deliveries in (told.deliveries, told.deliveries[::-1]):
        with transaction.atomic():
            planted = plant(facts.World(told.households[::-1], deliveries, told.rows[::-1]), by=by)
            answers = judge_area("9999", ON, standards=list(standards().values()), book=LAW.book)
            said.append({code: of_engine(answer, planted) for code, answer in answers.items()})
            transaction.set_rollback(True)
    assert said[0] == said[1]


@pytest.mark.usefixtures("db")
def test_a_county_at_once_is_its_villages_one_by_one() -> None:
    plant(world(random.Random(11), homes=20, rows=20), by=User.objects.built_in("shell"))
    asked = list(standards().values())
    whole = judge_area("9999", ON, standards=asked, book=LAW.book)
    parts = [judge_area(village, ON, standards=asked, book=LAW.book) for village in VILLAGES]
    for code, answer in whole.items():
        apart = [each.digest for part in parts for each in part[code].judged]
        assert sorted(each.digest for each in answer.judged) == sorted(apart)
        assert answer.subjects == sum(part[code].subjects for part in parts)
        assert all(each.rows for each in answer.judged), "no finding without evidence"
