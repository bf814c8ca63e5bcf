"""The priority is a sum whose parts can be read; points and bands are regulation values."""

from collections.abc import Callable
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alerts.priority import LABELS, CauseFacts, HouseholdFacts, Weights, parts_of, read_parts, weights
from foundation.accounts import clock
from foundation.accounts.models import Area, User
from foundation.regulations.lookup import book
from households.models import Household
from monitoring.screening.terms import Severity
from tests.alerts.made import find, follow, run_of, the_alert
from tests.households.families import make_household, stand
from tests.people import COUNTY

POINTS = {code: place + 1 for place, code in enumerate(LABELS)}
CAUSE = st.builds(CauseFacts, st.sampled_from(Severity), st.none() | st.decimals("0.5", "9", places=2))
HOUSEHOLD = st.builds(HouseholdFacts, *[st.booleans()] * 4)


def test_shipped_points_and_bands(areas: dict[str, Area]) -> None:
    here = weights(book(), COUNTY, clock.today())
    assert here.bands == (("1", 60), ("2", 40), ("3", 25), ("4", 0))
    assert all(here.points[code] > 0 for code in LABELS)
    assert [here.band_of(total) for total in (60, 59, 40, 25, 24, 0)] == ["1", "2", "2", "3", "4", "4"]


def test_an_area_with_three_bands_has_the_rest_in_its_last(areas: dict[str, Area]) -> None:
    luohe = weights(book(), "411121", clock.today())
    assert luohe.bands == (("1", 60), ("2", 40), ("3", 0))
    assert Weights({}, ()).band_of(99) == ""


def test_every_part_is_counted_once() -> None:
    causes = [CauseFacts(Severity.URGENT, None), CauseFacts(Severity.SERIOUS, Decimal("2.5"))]
    parts = parts_of(causes, 2, HouseholdFacts(child=True, low_income=True), POINTS)
    assert [(part.code, part.count) for part in parts] == [
        ("urgent", 1), ("serious", 1), ("double", 1), ("further_cause", 1), ("further_channel", 1), ("child", 1),
        ("low_income", 1),
    ]  # fmt: skip
    assert read_parts([part.plain() for part in parts]) == list(parts)


@given(st.lists(CAUSE, max_size=5), CAUSE, st.integers(1, 3), HOUSEHOLD)
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_one_more_cause_never_lowers_the_priority(
    causes: list[CauseFacts], more: CauseFacts, channels: int, household: HouseholdFacts
) -> None:
    def total(these: list[CauseFacts]) -> int:
        return sum(
            part.points
            for part in parts_of(these, channels, household, POINTS | {"double": 11, "half_over": 5})
        )

    assert total([*causes, more]) >= total(causes)


def test_an_alert_shows_the_parts_that_it_is_the_sum_of(
    home: Household, people: dict[str, User], signed_in: Callable[..., object]
) -> None:
    stand(home, "lifted_out")
    run = run_of(people["xian"])
    find(run, "medical_single_stay", home, home.residents.get(relation="01"), "20000.00")
    follow(run)
    alert = the_alert(home)
    codes = {part["code"]: part["points"] for part in alert.parts}
    assert codes == {"serious": 25, "double": 10, "child": 3, "disabled": 5, "low_income": 10}
    assert alert.priority == alert.total == 53
    assert alert.band == "2"
    page = signed_in("xian").get(f"/alerts/{alert.pk}/").content.decode()
    assert all(text in page for text in ("Serious causes", "At least twice the line", "<strong>53</strong>"))


def test_elders_who_live_alone_are_more_urgent(people: dict[str, User]) -> None:
    home = make_household("YS000007", "祁立冬", by=people["xian"])
    home.residents.update(born_on="1950-01-01")
    run = run_of(people["xian"])
    find(run, "medical_single_stay", home, home.residents.get())
    follow(run)
    assert {part["code"] for part in the_alert(home).parts} == {"serious", "elders_alone"}
