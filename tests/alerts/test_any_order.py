"""Whatever the order and the batches in which findings are taken up, the same alerts stand at the end."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alerts.lifecycle import ALERT
from alerts.models import Alert, Signal
from foundation.accounts.models import User
from households.models import Household
from monitoring.models import Finding
from tests.alerts.made import find, follow, run_of, take_back
from tests.households.families import make_household

STANDARDS = ("medical_single_stay", "large_loss_claim", "traffic_harm", "house_unsafe")
#: household, standard, member (0: the household), days before the run
FOUND = st.tuples(st.integers(0, 1), st.sampled_from(STANDARDS), st.integers(0, 2), st.integers(0, 20))


@pytest.fixture
def homes(people: dict[str, User]) -> list[Household]:
    """Return two households of two members."""
    return [make_household(f"YS{number:06d}", "沈立夏", "柳霜降", by=people["xian"]) for number in (1, 2)]


def what_stands(
    findings: Sequence[tuple[Any, ...]], batches: Sequence[int], homes: list[Household], by: User
) -> Any:
    """Take the findings up in so many runs, say what stands then, and forget it all."""
    with transaction.atomic():
        left = list(findings)
        for size in (*batches, len(left)):
            run, now = run_of(by), left[:size]
            left = left[size:]
            for household, standard, member, days in now:
                home = homes[household]
                resident = list(home.residents.order_by("pk"))[member - 1] if member else None
                find(run, standard, home, resident, day=run.as_of.replace(day=25, month=10 - days // 10))
            follow(run)
        told = sorted(
            (alert.household.code, alert.state, alert.priority, alert.band, tuple(alert.standards), tuple(
                sorted((each.standard_id, each.resident_id or 0, each.cause) for each in alert.signals.all())
            ))
            for alert in Alert.objects.select_related("household")
        )  # fmt: skip
        assert all(alert.total == alert.priority for alert in Alert.objects.all())
        transaction.set_rollback(True)
    return told


@given(
    st.lists(FOUND, min_size=1, max_size=6, unique_by=lambda each: each[:3]).flatmap(
        lambda found: st.tuples(st.just(found), st.permutations(found))
    ),
    st.lists(st.integers(1, 3), max_size=3),
)
@settings(deadline=None, max_examples=12, suppress_health_check=list(HealthCheck))
def test_order_and_batches_change_nothing(
    homes: list[Household], people: dict[str, User], twice: tuple[list[Any], list[Any]], batches: list[int]
) -> None:
    found, shuffled = twice
    assert what_stands(found, [], homes, people["xian"]) == what_stands(
        shuffled, batches, homes, people["xian"]
    )


@given(st.lists(st.tuples(FOUND, st.booleans()), min_size=1, max_size=6, unique_by=lambda each: each[0][:3]))
@settings(deadline=None, max_examples=12, suppress_health_check=list(HealthCheck))
def test_no_open_alert_is_without_a_living_signal_and_no_signal_without_its_finding(
    homes: list[Household], people: dict[str, User], found: list[tuple[tuple[Any, ...], bool]]
) -> None:
    with transaction.atomic():
        run = run_of(people["xian"])
        gone = []
        for (household, standard, member, _days), taken_back in found:
            resident = list(homes[household].residents.order_by("pk"))[member - 1] if member else None
            made = find(run, standard, homes[household], resident)
            gone += [made] if taken_back else []
        follow(run)
        run = run_of(people["xian"])
        take_back(run, gone)
        follow(run)
        living = Signal.objects.living()
        for alert in Alert.objects.all():
            assert alert.is_open is living.filter(alert=alert).exists()
            assert alert.state in ALERT.states
        standing = Finding.objects.living().filter(retracted_at__isnull=True)
        assert set(living.values_list("finding", flat=True)) == set(standing.values_list("pk", flat=True))
        transaction.set_rollback(True)
