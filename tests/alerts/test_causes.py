"""Several proofs of one event are one cause; the order in which they arrive changes nothing."""

import datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alerts.causes import Proof, causes_of

DAY = datetime.date(2026, 10, 1)


def proof(
    key: int, day: int = 0, *, kind: str = "accident", resident: int | None = 1, apart: bool = False
) -> Proof:
    return Proof(key, kind, resident, DAY + datetime.timedelta(days=day), apart)


def groups(*proofs: Proof, days: int = 7) -> set[frozenset[int]]:
    by_cause: dict[str, set[int]] = {}
    for key, cause in causes_of(proofs, days).items():
        by_cause.setdefault(cause, set()).add(key)
    return {frozenset(each) for each in by_cause.values()}


def test_police_insurer_and_hospital_tell_of_one_accident() -> None:
    assert groups(proof(1, 0), proof(2, 7), proof(3, 14)) == {frozenset({1, 2, 3})}


def test_the_eighth_day_is_another_event() -> None:
    assert groups(proof(1, 0), proof(2, 8)) == {frozenset({1}), frozenset({2})}


def test_another_person_or_another_kind_is_another_event() -> None:
    three = proof(1), proof(2, resident=2), proof(3, kind="illness")
    assert groups(*three) == {frozenset({1}), frozenset({2}), frozenset({3})}


def test_a_sum_of_the_household_belongs_to_the_nearest_event_of_its_kind() -> None:
    illness = [proof(1, 0, kind="illness"), proof(2, 30, kind="illness", resident=2)]
    assert groups(*illness, proof(3, 28, kind="illness", resident=None)) == {
        frozenset({1}),
        frozenset({2, 3}),
    }
    assert groups(*illness, proof(3, 15, kind="illness", resident=None)) == {
        frozenset({1}), frozenset({2}), frozenset({3}),
    }  # fmt: skip


def test_what_a_person_separates_stays_alone() -> None:
    assert groups(proof(1), proof(2, 1, apart=True), proof(3, 2)) == {frozenset({1, 3}), frozenset({2})}


PROOFS = st.lists(
    st.builds(
        proof,
        key=st.integers(1, 10_000),
        day=st.integers(0, 60),
        kind=st.sampled_from(["illness", "accident"]),
        resident=st.sampled_from([None, 1, 2]),
        apart=st.booleans(),
    ),
    unique_by=lambda each: each.key,
    max_size=12,
)


@given(PROOFS.flatmap(lambda proofs: st.tuples(st.just(proofs), st.permutations(proofs))), st.integers(0, 10))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_order_of_arrival_changes_no_cause(twice: tuple[list[Proof], list[Proof]], days: int) -> None:
    proofs, shuffled = twice
    assert causes_of(shuffled, days) == causes_of(proofs, days)
    assert causes_of(proofs, days).keys() == {each.key for each in proofs}
