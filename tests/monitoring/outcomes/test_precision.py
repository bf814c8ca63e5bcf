"""How right a standard was: what counts, by which dimension, and for whom."""

import datetime
from collections.abc import Callable
from io import BytesIO
from itertools import count

import openpyxl
import pytest
from django.test import Client

from foundation.accounts.models import User
from households.models import Visit
from monitoring.models import Finding, Run, RunStandard
from monitoring.outcomes.precision import Precision, precision_of
from monitoring.outcomes.writing import Concluded, write_outcomes
from tests.alerts.made import find
from tests.house.planted_feeds import delivery_of
from tests.house.planted_findings import a_run
from tests.house.planted_visits import visit_to
from tests.households.families import make_household
from tests.people import COUNTY, NEIGHBOUR_COUNTY, NEIGHBOUR_VILLAGE, VILLAGE

DAY = datetime.date(2026, 11, 4)
STAY = "medical_single_stay"
_number = count(1)
Finds = Callable[..., Finding]


@pytest.fixture
def finds(people: dict[str, User]) -> Finds:
    """Return what makes a finding on a household of its own and lets it come to an outcome."""
    runs: dict[tuple[str, str], Run] = {}

    def made(
        outcome: str,
        *,
        on: datetime.date = DAY,
        area: str = VILLAGE,
        version: str = "a",
        visited: bool = True,
    ) -> Finding:
        county = area[:6]
        by = people["lin_xian" if county == NEIGHBOUR_COUNTY else "xian"]
        run = runs.get((county, version))
        if run is None:
            run = runs[county, version] = a_run(county, by)
            RunStandard.objects.create(run=run, standard_id=STAY, digest=version * 64)
        number = next(_number)
        home = make_household(f"YS{number:06d}", "沈立夏", area=area, by=by)
        found = find(run, STAY, home)
        visit = visit_to(home, by) if visited else None
        said = Concluded(number, [found.pk], outcome, on, visit=visit.pk if visit else None)
        write_outcomes([said], by=by)
        return found

    return made


def read(people: dict[str, User], area: str = COUNTY, on: datetime.date = DAY, by: str = "xian") -> Precision:
    return precision_of(STAY, area, on, people[by])


def test_confirmed_of_checked(finds: Finds, people: dict[str, User]) -> None:
    for outcome in ("proposed", "enrolled", "not_eligible", "watched"):
        finds(outcome)
    whole = read(people).whole
    assert (whole.checked, whole.confirmed, whole.share) == (4, 2, "50.0 %")
    assert (whole.visits, whole.in_vain, whole.share_in_vain) == (4, 1, "25.0 %")


@pytest.mark.parametrize(
    "outcome", ["duplicate", "deceased", "moved_away", "unreachable", "unauthorised", "already_monitored"]
)
def test_what_nobody_could_learn_counts_for_neither(
    finds: Finds, people: dict[str, User], outcome: str
) -> None:
    finds(outcome, visited=False)
    whole = read(people).whole
    assert (whole.found, whole.checked, whole.share, whole.visits) == (1, 0, "", 0)


def test_one_visit_counts_once_for_two_findings(finds: Finds, people: dict[str, User]) -> None:
    first = finds("not_eligible")
    second = find(first.run, STAY, first.household, first.household.residents.get(relation="01"))
    visit = Visit.objects.get()
    write_outcomes(
        [Concluded(77, [first.pk, second.pk], "not_eligible", DAY, visit=visit.pk)], by=people["xian"]
    )
    whole = read(people).whole
    assert (whole.checked, whole.visits, whole.in_vain) == (3, 1, 1)


def test_versions_months_and_townships_are_told_apart(finds: Finds, people: dict[str, User]) -> None:
    finds("proposed", version="a")
    finds("not_eligible", version="b", on=datetime.date(2026, 9, 30))
    finds("not_eligible", version="b", area="999901002001", on=datetime.date(2025, 12, 1))
    finds("enrolled", on=datetime.date(2025, 11, 30))
    found = read(people)
    assert found.whole.checked == 3, "the thirteenth month is not looked at"
    assert dict(found.months)["2026-09"].share == "0.0 %"
    assert [label for label, _counts in found.months][::11] == ["2025-12", "2026-11"]
    assert {label: each.checked for label, each in found.townships} == {"青石镇": 2, "白河镇": 1}
    assert {label[-9:-1]: each.share for label, each in found.versions} == {
        "aaaaaaaa": "100.0 %",
        "bbbbbbbb": "0.0 %",
    }


def test_a_finding_on_two_datasets_counts_for_both(finds: Finds, people: dict[str, User]) -> None:
    found = finds("proposed")
    deliveries = [delivery_of(COUNTY, people["xian"], code) for code in ("medical_settlement", "dibao_roll")]
    evidence = [{"delivery": each.pk, "line": 2} for each in deliveries]
    Finding.objects.filter(pk=found.pk).update(evidence=evidence)
    write_outcomes([Concluded(99, [found.pk], "not_eligible", DAY)], by=people["xian"])
    assert sorted(each.checked for _name, each in read(people).datasets) == [1, 1]


def test_nobody_counts_what_is_not_theirs(finds: Finds, people: dict[str, User]) -> None:
    finds("proposed", area=NEIGHBOUR_VILLAGE)
    finds("not_eligible", area="999901002001")
    assert read(people, area="99").whole.found == 1
    assert read(people, area="99", by="zhen").whole.found == 0
    assert read(people, area="99", by="lin_xian").whole.confirmed == 1
    assert read(people, area="99", by="cun").whole.found == 0
    assert read(people, area="99", by="shi").whole.found == 2


def test_the_page_and_its_sheet_show_it(
    finds: Finds, people: dict[str, User], signed_in: Callable[[str], Client]
) -> None:
    finds("proposed")
    finds("not_eligible")
    page = signed_in("xian").get(f"/standards/{STAY}/").content.decode()
    assert "50.0 %" in page
    answer = signed_in("xian").get(f"/standards/{STAY}/precision/")
    rows = list(openpyxl.load_workbook(BytesIO(answer.content)).active.values)
    assert rows[4][:7] == ("all", "", "2", "1", "50.0 %", "2", "1")
    assert len(rows) == 4 + 1 + 12 + 1 + 0 + 1


def test_who_reads_no_findings_sees_the_standard_alone(
    finds: Finds, signed_in: Callable[[str], Client]
) -> None:
    finds("proposed")
    assert "precision" not in signed_in("cun").get(f"/standards/{STAY}/").content.decode()
    assert signed_in("cun").get(f"/standards/{STAY}/precision/").status_code == 403


def test_a_standard_of_which_nothing_was_checked_says_so(
    people: dict[str, User], signed_in: Callable[[str], Client]
) -> None:
    page = signed_in("xian").get(f"/standards/{STAY}/").content.decode()
    assert "has come to an outcome in this time" in page
