"""What became of households flows back: to the precision of standards, and who came back within a year of a removal."""

import datetime
from collections.abc import Callable
from io import BytesIO

import openpyxl
import pytest
from django.test import Client

from alerts.models import Alert
from assistance.deciding import correcting
from assistance.deciding.correcting import Hearing
from assistance.models import Case, Removal
from assistance.removal import rolling_back, tables
from assistance.removal.returning import came_back
from foundation.accounts.models import User
from monitoring.models import FindingOutcome
from monitoring.outcomes.courses import Homes
from monitoring.outcomes.precision import precision_of
from tests.assistance.made import CHAIN, opened, taken
from tests.assistance.removal.made import TODAY, enrolled, now, on
from tests.assistance.removal.walked import removed
from tests.house.planted_removals import a_removal_of
from tests.people import COUNTY

pytestmark = pytest.mark.usefixtures("english", "line")
DAY = datetime.timedelta(days=1)
People = dict[str, User]


@pytest.fixture
def case(people: People) -> Case:
    """Return a case that came from a finding and was enrolled."""
    made = taken(opened(people), *CHAIN, people=people)
    Case.objects.filter(pk=made.pk).update(decided_on=TODAY)
    return Case.objects.select_related("household").get(pk=made.pk)


def standard() -> str:
    return FindingOutcome.objects.values_list("standard", flat=True)[0]


def homes(people: People, day: datetime.date = TODAY) -> Homes:
    return precision_of(standard(), COUNTY, day, people["xian"]).whole.homes


def test_a_household_is_checked_then_enrolled_then_removed_then_back(case: Case, people: People) -> None:
    opened(people)
    assert homes(people) == Homes(checked=2, enrolled=1)
    removal = a_removal_of(case, "removed")
    Removal.objects.filter(pk=removal.pk).update(decided_on=TODAY + DAY, removed_on=TODAY + DAY)
    Case.objects.filter(pk=case.pk).update(state="removed")
    assert homes(people) == Homes(checked=2, enrolled=1, removed=1)
    with on(TODAY + 366 * DAY):
        enrolled(people, TODAY + 366 * DAY, case.household)
        assert homes(people) == Homes(checked=2, enrolled=1, removed=1, returned=1)
    found = precision_of(standard(), COUNTY, TODAY, people["xian"])
    for dimension in (found.months, found.townships, found.versions):
        assert [each.homes for _label, each in dimension if each.checked] == [found.whole.homes]


@pytest.mark.parametrize(("days", "back"), [(1, True), (365, True), (366, False)])
def test_a_new_identification_counts_for_a_year(people: People, days: int, back: bool) -> None:
    removal = removed(people)
    with on(TODAY + 400 * DAY):
        later = enrolled(people, TODAY + days * DAY, now(removal).household)
        assert came_back(Removal.objects.all()).exists() is back
        Case.objects.filter(pk=later.pk).update(state="corrected")
        assert not came_back(Removal.objects.all()).exists(), "a wrong identification is no return"


@pytest.mark.parametrize(("days", "back"), [(365, True), (366, False)])
def test_a_roll_back_counts_for_a_year(people: People, days: int, back: bool) -> None:
    removal = removed(people)
    with on(TODAY + days * DAY):
        rolling_back.propose(now(removal), "整户无劳动力", by=people["zhen"])
        assert not came_back(Removal.objects.all()).exists()
        rolling_back.confirm(now(removal), "同意", by=people["shending"])
        assert came_back(Removal.objects.all()).exists() is back


def test_a_corrected_identification_is_enrolled_no_more(case: Case, people: People) -> None:
    assert homes(people) == Homes(checked=1, enrolled=1)
    row = correcting.propose(case, Hearing(TODAY, "home", "有两处门面"), "有未申报的门面", by=people["zhen"])
    assert homes(people).enrolled == 1, "it stands until the county has decided"
    row = type(row).objects.select_related("case__standing", "case__household").get(pk=row.pk)
    correcting.confirm(row, "属实", by=people["shending"])
    alert = Alert.objects.get(pk=case.alert_id)
    assert (alert.state, alert.outcome, alert.quiet_until is None) == ("closed", "corrected", False)
    assert set(FindingOutcome.objects.values_list("outcome", flat=True)) == {"corrected"}
    assert homes(people) == Homes(checked=1, enrolled=0)


def test_page_and_sheet_of_a_standard_say_it(
    case: Case, people: People, signed_in: Callable[[str], Client]
) -> None:
    client, code = signed_in("xian"), standard()
    page = client.get(f"/standards/{code}/").content.decode()
    assert "How it went on with the households" in page
    rows = list(
        openpyxl.load_workbook(BytesIO(client.get(f"/standards/{code}/precision/").content)).active.values
    )
    assert rows[3][7:12] == (
        "households checked", "households enrolled", "enrolled of checked", "risk removed", "back within a year",
    )  # fmt: skip
    assert rows[4][7:12] == ("1", "1", "100.0 %", "0", "0")


def test_the_list_holds_exactly_those_that_the_overview_counts(people: People) -> None:
    stays, back = removed(people), removed(people)
    with on(TODAY + 30 * DAY):
        enrolled(people, TODAY + 20 * DAY, now(back).household)
        rows = tables.rows_for(people["xian"])
        assert list(tables.back_again(rows, wanted=True)) == [now(back)]
        assert list(tables.back_again(rows, wanted=False)) == [now(stays)]
    with on(TODAY + 500 * DAY):
        assert not tables.back_again(tables.rows_for(people["xian"]), wanted=True).exists()
