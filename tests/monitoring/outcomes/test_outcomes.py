"""What a department sees of the outcomes of its rows: its own, without sums, and nobody else's."""

from collections.abc import Callable
from io import BytesIO

import openpyxl
import pytest
from django.test import Client

from foundation.accounts.models import User
from households.models import Household
from monitoring.models import Finding, RowOutcome
from monitoring.outcomes.writing import Concluded, remove_outcomes, write_outcomes
from tests.house.planted_feeds import delivery_of
from tests.house.planted_findings import a_finding, a_run
from tests.house.things import DAY
from tests.households.families import make_household
from tests.people import COUNTY, NEIGHBOUR_COUNTY, NEIGHBOUR_VILLAGE


@pytest.fixture
def home(people: dict[str, User]) -> Household:
    """Return a household of the first county."""
    return make_household("YS000001", "沈立夏", by=people["xian"])


@pytest.fixture
def finding(home: Household, people: dict[str, User]) -> Finding:
    """Return a finding that rests on a row of the medical insurance."""
    delivery = delivery_of(COUNTY, people["yibao"], "medical_settlement")
    return a_finding(home, a_run(COUNTY, people["xian"]), delivery)


@pytest.fixture
def told(finding: Finding, people: dict[str, User]) -> RowOutcome:
    """Return what the department reads: nobody was in difficulty."""
    said = Concluded(7, [finding.pk], "not_eligible", DAY, reason="收入稳定")
    write_outcomes([said], by=people["zhen"])
    return RowOutcome.objects.get()


def test_the_officer_reads_line_person_and_conclusion(
    told: RowOutcome, signed_in: Callable[[str], Client]
) -> None:
    page = signed_in("yibao").get("/outcomes/").content.decode()
    for words in ("沈**", "收入稳定", "青石镇", "Conclusion"):
        assert words in page
    assert "Code of the conclusion" not in page, "the code is for the file, the page has its word"
    assert "沈立夏" not in page, "the officer's own file has the whole name"


def test_a_department_sees_its_own_rows_alone(
    told: RowOutcome, people: dict[str, User], finding: Finding
) -> None:
    assert RowOutcome.objects.visible_to(people["yibao"]).exists()
    assert RowOutcome.objects.visible_to(people["xian"]).exists()
    for name in ("lin_xian", "cun", "zhen", "jingban", "shending"):
        assert not RowOutcome.objects.visible_to(people[name]).exists(), name
    roll = delivery_of(COUNTY, people["xian"], "dibao_roll")
    Finding.objects.filter(pk=finding.pk).update(evidence=[{"delivery": roll.pk, "line": 3}])
    write_outcomes([Concluded(8, [finding.pk], "enrolled", DAY)], by=people["zhen"])
    seen = RowOutcome.objects.visible_to(people["yibao"])
    assert [row.outcome.alert for row in seen] == [7]


def test_the_neighbour_s_officer_is_not_told_of_this_county(
    people: dict[str, User], signed_in: Callable[[str], Client]
) -> None:
    beside = make_household("YS000009", "沈谷雨", area=NEIGHBOUR_VILLAGE, by=people["xian"])
    delivery = delivery_of(NEIGHBOUR_COUNTY, people["lin_xian"], "medical_settlement")
    found = a_finding(beside, a_run(NEIGHBOUR_COUNTY, people["lin_xian"]), delivery)
    write_outcomes([Concluded(9, [found.pk], "enrolled", DAY)], by=people["lin_zhen"])
    assert not RowOutcome.objects.visible_to(people["yibao"]).exists()
    assert "沈" not in signed_in("yibao").get("/outcomes/").content.decode()


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ("outcome=not_eligible", 1),
        ("outcome=enrolled", 0),
        ("outcome=enrolled&not=outcome", 1),
        ("visited=no", 1),
        ("visited=yes", 0),
        ("period=2026-10", 1),
        ("period=2026-09", 0),
        ("delivery=x", 0),
        ("area=999901001", 1),
        ("standard=medical_single_stay", 0),
        ("dataset=medical_settlement", 1),
    ],
)
def test_filters_narrow(told: RowOutcome, signed_in: Callable[[str], Client], asked: str, count: int) -> None:
    page = signed_in("yibao").get(f"/outcomes/?{asked}").content.decode()
    assert page.count("沈**") == count


def test_the_export_has_the_layout_of_the_feedback_form(
    told: RowOutcome, signed_in: Callable[[str], Client]
) -> None:
    answer = signed_in("yibao").post("/export/", {"address": "/outcomes/", "form": "xlsx"})
    book = openpyxl.load_workbook(BytesIO(b"".join(answer)))
    cells = [[cell.value for cell in row] for row in book.active.iter_rows()]
    heads = next(row for row in cells if "Code of the conclusion" in row)
    line = dict(zip(heads, cells[cells.index(heads) + 1], strict=True))
    assert line["Code of the conclusion"] == "not_eligible"
    assert (line["Reason"], line["Checked by"]) == ("收入稳定", "青石镇")
    assert str(line["Lines of the file"]) == "2"


def test_the_api_tells_the_same_and_names_nobody(
    told: RowOutcome, signed_in: Callable[[str], Client]
) -> None:
    (row,) = signed_in("yibao").get("/api/v1/outcomes/").json()["results"]
    assert (row["conclusion"], row["visited"], row["alert"]) == ("not_eligible", False, 7)
    assert row["rows"] == [{"day": "2026-10-09", "line": 2, "sheet": ""}]
    assert "沈" not in str(row)
    narrowed = signed_in("yibao").get("/api/v1/outcomes/?since=2027-01-01&conclusion=not_eligible")
    assert narrowed.json()["results"] == []
    assert signed_in("yibao").get("/api/v1/outcomes/?since=soon").status_code == 400
    assert signed_in("zhen").get("/api/v1/outcomes/").status_code == 403


def test_what_is_taken_up_again_goes_from_the_list(told: RowOutcome) -> None:
    assert remove_outcomes([7]) == 1
    assert not RowOutcome.objects.exists()
