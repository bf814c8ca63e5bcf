"""The list of a month for a department: who came and who went, no more of them than it needs, on record."""

import datetime
import io
from collections.abc import Callable

import openpyxl
import pytest
from django.test import Client

from assistance.handing_back.departments import recipients
from assistance.handing_back.exporting import Wanted, take_out
from assistance.handing_back.people import Month
from foundation.accounts.models import Area, Kin, User
from foundation.accounts.refusals import Refused
from foundation.ledger.models import Entry
from foundation.ledger.record import read_body
from households.models import Household
from households.standing import Held, end, hold
from tests.households.families import make_household
from tests.monitoring.comparison.found import in_benefit, member, settled
from tests.monitoring.feeds import delivered, number_of
from tests.people import COUNTY, TOWNSHIP

pytestmark = pytest.mark.usefixtures("english")
People = dict[str, User]
OCTOBER, NOVEMBER = Month.of(datetime.date(2026, 10, 1)), Month.of(datetime.date(2026, 11, 1))


@pytest.fixture
def gone(people: People) -> Household:
    """Return a household whose risk ended in October."""
    home = make_household("YS000002", "贺大寒", by=people["xian"])
    held = hold(
        home,
        Held("marginal", datetime.date(2026, 3, 1), ["01"]),
        members=home.residents.all(),
        by=people["zhen"],
        reason="补录",
    )
    end(held, datetime.date(2026, 10, 30), removal_way="assisted", by=people["zhen"], reason="稳定")
    return home


@pytest.fixture(autouse=True)
def ground(home: Household, gone: Household, people: People) -> None:
    """Let a household of four come in October, and two departments deliver."""
    hold(
        home,
        Held("sudden", datetime.date(2026, 10, 12), ["02"]),
        members=home.residents.all(),
        by=people["zhen"],
        reason="补录",
    )
    delivered("medical_settlement", [settled(member(home), "2026-10-03", "300.00")], by=people["yibao"])
    in_benefit(member(home), people["xian"])
    graded = {
        "户主身份证号": number_of(member(home)),
        "户主姓名": "沈立夏",
        "房屋等级": "C",
        "鉴定日期": "2026-10-09",
    }
    delivered("house_grade", [graded], by=people["xian"])


def rows(people: People, department: str, month: Month = OCTOBER, who: str = "shending") -> list[list[str]]:
    wanted = Wanted(department, month, "医保部门标识身份，落实参保资助")
    made = take_out(Area.objects.get(pk=COUNTY), wanted, by=people[who])
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(made.pieces))).worksheets[0]
    return [[str(cell or "") for cell in row] for row in sheet.iter_rows(min_row=3, values_only=True)]


def test_who_came_and_who_went_with_name_number_and_township_and_nothing_else(
    people: People, home: Household, gone: Household
) -> None:
    told = rows(people, "medical_insurance")
    head, leaving = member(home), member(gone)
    assert told[0] == ["newly monitored", "2026-10-12", "沈立夏", number_of(head), told[0][4]]
    assert [row[0] for row in told] == ["newly monitored"] * 4 + ["no longer monitored"]
    assert told[4][1:4] == ["2026-10-30", "贺大寒", number_of(leaving)]
    assert {len(row) for row in told} == {5}
    with pytest.raises(Refused, match="Nobody began"):
        rows(people, "medical_insurance", NOVEMBER)


def test_who_knows_heads_alone_gets_heads_alone(people: People) -> None:
    assert recipients(COUNTY)["housing"].heads_only
    assert not recipients(COUNTY)["civil_affairs"].heads_only
    assert [row[2] for row in rows(people, "housing")] == ["沈立夏", "贺大寒"]


def test_the_list_is_on_record_with_its_purpose_and_without_people(people: People) -> None:
    rows(people, "medical_insurance")
    entry = Entry.objects.get(verb="monitored.handed_back")
    said = str(read_body(entry))
    assert all(word in said for word in ("medical_insurance", "2026-10", "落实参保资助"))
    assert "沈" not in said


def test_numbers_of_kin_stay_masked(people: People, home: Household) -> None:
    Kin.objects.create(
        user=people["shending"], household=home.code, relation="kin", declared_on=datetime.date(2026, 11, 1)
    )
    told = rows(people, "medical_insurance")
    assert ["*" in row[3] for row in told] == [True] * 4 + [False]


@pytest.mark.parametrize(
    ("who", "department", "month", "purpose", "says"),
    [
        ("shending", "medical_insurance", OCTOBER, " ", "what the department needs"),
        ("shending", "market", OCTOBER, "标识", "gets no list"),  # only asked under an authorised check
        ("shending", "water", OCTOBER, "标识", "gets no list"),  # delivered nothing
        ("shending", "medical_insurance", Month.of(datetime.date(2026, 12, 1)), "标识", "not begun"),
        ("zhen", "medical_insurance", OCTOBER, "标识", ""),
        ("yibao", "medical_insurance", OCTOBER, "标识", ""),
        ("lin_xian", "medical_insurance", OCTOBER, "标识", ""),
    ],
)
def test_without_purpose_need_or_right_there_is_no_list(
    people: People, who: str, department: str, month: Month, purpose: str, says: str
) -> None:
    with pytest.raises(Refused, match=says):
        take_out(Area.objects.get(pk=COUNTY), Wanted(department, month, purpose), by=people[who])
    assert not Entry.objects.filter(verb="monitored.handed_back").exists()


def test_the_county_takes_it_out_on_its_page(signed_in: Callable[[str], Client]) -> None:
    county = signed_in("shending")
    address = f"/cases/departments/{COUNTY}/"
    assert address in county.get(f"/cases/national/{COUNTY}/").content.decode()
    assert "2026-10" in county.get(address).content.decode()
    wrong = county.post(address, {"department": "medical_insurance", "month": "2026-13", "purpose": "标识"})
    assert wrong.status_code == 200
    answer = county.post(address, {"department": "medical_insurance", "month": "2026-10", "purpose": "标识"})
    assert "spreadsheet" in answer["Content-Type"]
    assert signed_in("zhen").get(f"/cases/departments/{TOWNSHIP}/").status_code == 200
    assert signed_in("zhen").get(address).status_code == 404
    assert signed_in("lin_xian").get(address).status_code == 404
