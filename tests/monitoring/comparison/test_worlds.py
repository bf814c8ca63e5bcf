"""Random worlds: the engine says of every standard what the oracle says, whatever happened to whom."""

import datetime
import random

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from foundation.accounts.models import User
from monitoring.comparison.evaluating import judge_area
from monitoring.screening.book import standards
from tests.monitoring.comparison.agreeing import both, of_engine
from tests.monitoring.comparison.planting import plant
from tests.monitoring.comparison.worlds import VILLAGES, world
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
    assert differing(world(random.Random(7), homes=300, rows=400), ON, "9999") == {}


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
