"""However the rows of an events or state file are cut into deliveries, ordered or sent again: the same rows count."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foundation.accounts.models import User
from tests.monitoring.intake.files import counting, csv_of, handed_in, row, taken

FEW = settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
AMOUNTS, DAYS = (
    st.sampled_from(["1", "2.50", "300"]),
    st.sampled_from(["2026-08-01", "2026-09-01", "2026-09-02"]),
)
GRADES = {"1": "A", "2.50": "B", "300": "C"}
Rows = list[dict[str, str]]


def event(key: int, amount: str, day: str) -> dict[str, str]:
    return row(person=key % 3 + 1, 结算流水号=f"K{key}", 个人自付=amount, 结算日期=day)


def state(key: int, amount: str, day: str) -> dict[str, str]:
    return row("house_grade", key, 户主姓名=f"沈{'甲乙丙丁戊己'[key]}", 房屋等级=GRADES[amount], 鉴定日期=day)


KINDS = {
    "medical_settlement": (event, ("结算流水号", "姓名", "个人自付", "结算日期")),
    "house_grade": (state, ("户主姓名", "房屋等级", "鉴定日期")),
}
#: Without the same row twice: many of them would make a delivery wait.
SAID = st.lists(st.tuples(st.integers(1, 5), AMOUNTS, DAYS), min_size=2, max_size=8, unique=True)


def what_counts(by: User, dataset: str, deliveries: Sequence[Rows]) -> list[tuple[Any, ...]]:
    """The rows that count after these deliveries alone; everything is undone."""
    with transaction.atomic():
        for rows in deliveries:
            taken(by, *rows, dataset=dataset)
        found = counting(dataset, *KINDS[dataset][1])
        transaction.set_rollback(True)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("dataset", KINDS)
@FEW
@given(said=SAID, data=st.data())
def test_any_split_gives_the_same_rows(xian: User, dataset: str, said: Any, data: st.DataObject) -> None:
    rows = [KINDS[dataset][0](*each) for each in said]
    place = data.draw(st.integers(1, len(rows) - 1))
    parts = [rows[:place], rows[place:]]
    assert what_counts(xian, dataset, parts) == what_counts(xian, dataset, [rows])


@pytest.mark.slow
@pytest.mark.parametrize("dataset", KINDS)
@FEW
@given(said=st.lists(st.tuples(AMOUNTS, DAYS), min_size=2, max_size=5), data=st.data())
def test_any_order_of_rows_with_different_keys_gives_the_same_rows(
    xian: User, dataset: str, said: Any, data: st.DataObject
) -> None:
    rows = [KINDS[dataset][0](key, *each) for key, each in enumerate(said, start=1)]
    mixed = data.draw(st.permutations(rows))
    assert what_counts(xian, dataset, [mixed]) == what_counts(xian, dataset, [rows])


@pytest.mark.slow
@pytest.mark.parametrize("dataset", KINDS)
@FEW
@given(said=SAID)
def test_any_redelivery_gives_the_same_rows(xian: User, dataset: str, said: Any) -> None:
    rows = [KINDS[dataset][0](*each) for each in said]
    # The last state of each key once more, in another file.
    last = list(
        {each["结算流水号"] if "结算流水号" in each else each["户主姓名"]: each for each in rows}.values()
    )
    once = what_counts(xian, dataset, [rows])
    if dataset == "medical_settlement":
        assert what_counts(xian, dataset, [rows, last]) == once
    with transaction.atomic():
        taken(xian, *rows, dataset=dataset)
        assert handed_in(xian, file=csv_of(rows), dataset=dataset).duplicate
        assert counting(dataset, *KINDS[dataset][1]) == once
        transaction.set_rollback(True)
