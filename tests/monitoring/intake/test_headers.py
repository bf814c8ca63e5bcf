"""What headers mean: suggested, confirmed by a person for an area, used when a file is read, taken back."""

import json

import pytest

from foundation.accounts.models import Area, User
from foundation.accounts.refusals import Refused
from foundation.ledger.models import Entry
from monitoring.contracts.book import contract
from monitoring.intake.headers import forget, remember, suggested
from monitoring.models import Dataset, HeaderMeaning
from tests.monitoring.intake.files import csv_of, row, taken
from tests.people import COUNTY, NEIGHBOUR_COUNTY

OTHERS = {"患者姓名": "姓名", "身份证件号": "身份证号", "自付费用": "个人自付"}


@pytest.fixture
def medical(people: dict[str, User]) -> Dataset:
    """The settlements of the medical insurance office."""
    return Dataset.objects.get(code="medical_settlement")


@pytest.fixture
def county(people: dict[str, User]) -> Area:
    """The county whose people deliver."""
    return Area.objects.get(pk=COUNTY)


def renamed(**cells: str) -> dict[str, str]:
    """A sound row under the headers of another system."""
    back = {column: header for header, column in OTHERS.items()}
    return {back.get(column, column): cell for column, cell in row(**cells).items()}


@pytest.mark.parametrize(
    ("header", "column"),
    [("患者姓名", "姓名"), ("身份证号码", "身份证号"), ("总费用(元)", "医疗总费用"),
     ("基本医疗保险报销", "基本医保报销"),
     ("结算 时间", "结算日期"), ("自付费用", "个人自付"), ("备注", None), ("x", None), ("联系电话", None), ("", None)],
)  # fmt: skip
def test_a_header_that_is_nearly_right_is_suggested(header: str, column: str | None) -> None:
    assert suggested(contract("medical_settlement"), [header]).get(header) == column


def test_nothing_is_suggested_twice_or_where_it_stands_already() -> None:
    settlement = contract("medical_settlement")
    assert list(suggested(settlement, ["患者姓名", "姓名1"]).values()) == ["姓名"]
    assert suggested(settlement, ["患者姓名"], taken=["姓名"]) == {}


def test_the_head_of_a_household_is_not_taken_for_the_person() -> None:
    assert suggested(contract("dibao_roll"), ["户主身份证号码"]) == {"户主身份证号码": "户主身份证号"}


def test_what_a_person_confirmed_reads_the_next_file(yibao: User, medical: Dataset, county: Area) -> None:
    with pytest.raises(Refused):
        taken(yibao, renamed())
    remember(
        medical, county, {"患者 姓名*": "姓名", "身份证件号": "身份证号", "自付费用": "个人自付"}, by=yibao
    )
    done = taken(yibao, renamed(), renamed(结算流水号="2"))
    assert (done.rows_accepted, done.columns_dropped) == (2, [])


def test_what_is_said_of_one_file_counts_for_it_alone(yibao: User, medical: Dataset) -> None:
    assert taken(yibao, renamed(), headers=OTHERS).rows_accepted == 1
    assert not HeaderMeaning.objects.exists()


def test_what_is_said_of_this_file_goes_before_the_name_itself(yibao: User, medical: Dataset) -> None:
    sent = row() | {"姓名": "", "患者姓名": "沈立夏"}
    assert taken(yibao, sent, headers={"患者姓名": "姓名"}).rows_accepted == 1


def test_a_confirmed_meaning_is_in_the_record_and_once(yibao: User, medical: Dataset, county: Area) -> None:
    assert len(remember(medical, county, OTHERS, by=yibao)) == 3
    assert remember(medical, county, OTHERS, by=yibao) == []
    (entry,) = Entry.objects.filter(verb="headers.confirmed")
    assert json.loads(bytes(entry.body))["details"]["headers"] == OTHERS
    remember(medical, county, {"自付费用": ""}, by=yibao)
    assert HeaderMeaning.objects.get(header="自付费用").column == ""
    assert Entry.objects.filter(verb="headers.confirmed").count() == 2


def test_a_wrong_meaning_is_taken_back(yibao: User, medical: Dataset, county: Area) -> None:
    remember(medical, county, OTHERS, by=yibao)
    forget(medical, county, "患者姓名", by=yibao)
    assert set(HeaderMeaning.objects.values_list("header", flat=True)) == set(OTHERS) - {"患者姓名"}
    assert Entry.objects.filter(verb="headers.taken_back").count() == 1
    with pytest.raises(Refused):
        forget(medical, county, "患者姓名", by=yibao)


@pytest.mark.parametrize(
    "wrong",
    [
        {"姓名": "医疗机构"},
        {"甲": "没有的列"},
        {"甲": "姓名", "乙": "姓名"},
        {"": "姓名"},
        {"长" * 101: "姓名"},
    ],
)
def test_what_cannot_be_is_refused(
    wrong: dict[str, str], yibao: User, medical: Dataset, county: Area
) -> None:
    with pytest.raises(Refused):
        remember(medical, county, wrong, by=yibao)


def test_only_who_delivers_here_says_what_headers_mean(
    people: dict[str, User], yibao: User, medical: Dataset, county: Area
) -> None:
    for name in ("cun", "lingdao", "lin_xian"):
        with pytest.raises(Refused):
            remember(medical, county, OTHERS, by=people[name])
    with pytest.raises(Refused):
        remember(Dataset.objects.get(code="dibao_roll"), county, {"甲": "姓名"}, by=yibao)
    with pytest.raises(Refused):
        remember(medical, Area.objects.get(pk=NEIGHBOUR_COUNTY), OTHERS, by=yibao)
    remember(medical, county, OTHERS, by=yibao)
    with pytest.raises(Refused):
        forget(medical, county, "患者姓名", by=people["lin_xian"])


def test_a_meaning_counts_in_its_own_area(
    people: dict[str, User], yibao: User, medical: Dataset, county: Area
) -> None:
    remember(medical, county, OTHERS, by=yibao)
    with pytest.raises(Refused):
        taken(people["lin_xian"], file=csv_of([renamed()]), area=NEIGHBOUR_COUNTY)
