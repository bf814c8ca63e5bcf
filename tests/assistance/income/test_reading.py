"""What departments' lists say of a household in a period: by month, by event, by member, and never twice."""

import datetime
import random
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistance.income import feeds
from assistance.income.reading import fed_of, fed_of_many
from assistance.income.words import fed_sentences, months_of, who_knows
from foundation.accounts.models import User
from households.income.items import known_items
from households.income.periods import Period
from households.models import Household, Resident
from monitoring.contracts.book import contract
from tests.assistance.income.made import PERIOD, aid, dibao, settled
from tests.households.families import make_household
from tests.monitoring.feeds import delivered, number_of
from tests.people import COUNTY


def test_what_is_declared_stands_in_its_contract_and_is_never_asked_under_an_authorisation() -> None:
    assert {each.item for each in feeds.feeds()} >= {"D2", "D6m", "F", "G"}
    for each in feeds.feeds():
        assert set(each.columns) <= {column.header for column in contract(each.dataset).columns}
        assert not contract(each.dataset).on_query


def test_no_list_no_item(home: Household) -> None:
    assert fed_of(home, PERIOD) == {}


def test_a_roll_counts_once_a_month_by_its_newest_list(home: Household, people: dict[str, User]) -> None:
    xian = people["xian"]
    dibao(home, "2025-09", "999.00", by=xian)  # before the period
    dibao(home, "2026-07", "400.00", "300.00", by=xian)
    dibao(home, "2026-08-05", "410.00", by=xian)
    dibao(home, "2026-08-31", "420.00", "300.00", by=xian)
    fed = fed_of(home, PERIOD)["D2"]
    assert fed.amount == Decimal("1420.00")
    (part,) = fed.kept()
    assert part["months"] == ["2026-07", "2026-08"]
    assert (part["dataset"], part["amount"], part["listed"]) == ("dibao_roll", "1420.00", 2)


def test_a_corrected_roll_takes_the_place_of_the_one_before(home: Household, people: dict[str, User]) -> None:
    dibao(home, "2026-07", "400.00", by=people["xian"])
    dibao(home, "2026-07", "380.00", by=people["xian"])
    assert fed_of(home, PERIOD)["D2"].amount == Decimal("380.00")


def test_somebody_counts_until_they_left(home: Household, people: dict[str, User]) -> None:
    head = home.residents.get(relation="01")
    Resident.objects.filter(pk=head.pk).update(
        left_on=datetime.date(2026, 7, 20), departure="moved_out", relation="99"
    )
    for month in ("2026-06", "2026-07", "2026-08"):
        dibao(home, month, "400.00", by=people["xian"])
    assert fed_of(home, PERIOD)["D2"].kept()[0]["months"] == ["2026-06", "2026-07"]


def test_events_count_by_their_day(home: Household, people: dict[str, User]) -> None:
    aid(home, ("2025-09-30", "1"), ("2025-10-01", "500"), ("2026-09-30", "700.50"), ("2026-10-01", "2"),
        by=people["xian"])  # fmt: skip
    fed = fed_of(home, PERIOD)["D6m"]
    assert fed.amount == Decimal("1200.50")
    assert fed.kept()[0]["months"] == ["2025-10", "2026-09"]


def test_compliant_self_paid_is_within_the_scope_where_the_row_says_so(
    home: Household, people: dict[str, User]
) -> None:
    settled(
        home,
        {"结算流水号": "1", "结算日期": "2026-03-01", "医疗总费用": "10000", "政策范围内费用": "9000",
         "基本医保报销": "5000", "大病保险报销": "1000", "医疗救助": "500", "个人自付": "3500"},
        {"结算流水号": "2", "结算日期": "2026-04-01", "医疗总费用": "800", "个人自付": "300"},
        {"结算流水号": "3", "结算日期": "2026-05-01", "医疗总费用": "800", "政策范围内费用": "100",
         "基本医保报销": "300", "个人自付": "500"},
        by=people["xian"],
    )  # fmt: skip
    assert fed_of(home, PERIOD)["G"].amount == Decimal("2800.00")


def test_production_of_a_year_fills_that_year_alone(home: Household, people: dict[str, User]) -> None:
    head = home.residents.get(relation="01")
    rows = [
        {"户主身份证号": number_of(head), "户主姓名": head.name, "年度": "2025", "产业": trade, "上年收入": "1",
         "本年收入": amount, "登记日期": "2025-12-20"}
        for trade, amount in (("生猪养殖", "19000.00"), ("玉米", "4000.00"))
    ]  # fmt: skip
    delivered("farm_income", rows, by=people["xian"], period="2025-12")
    year = Period(datetime.date(2025, 1, 1), datetime.date(2025, 12, 31))
    assert fed_of(home, year)["B"].amount == Decimal("23000.00")
    assert "B" not in fed_of(home, PERIOD)


@pytest.mark.django_db
def test_every_transfer_has_a_list_or_a_sentence_who_knows_it() -> None:
    transfers = {item.code for item in known_items(COUNTY, PERIOD.last) if item.code.startswith("D")} - {"D"}
    listed = {item for each in feeds.feeds() for item in each.items}
    assert {item[:2] for item in transfers} == {"D1", "D2", "D3", "D4", "D5", "D6"} == {item[:2] for item in listed
                                                                                        if item[0] == "D"}  # fmt: skip
    assert transfers - listed == set(feeds.told())
    assert all(who_knows(item) for item in transfers)


def test_what_is_paid_to_the_card_fills_each_item_by_its_kind_and_nothing_twice(
    home: Household, people: dict[str, User]
) -> None:
    head = home.residents.get(relation="01")
    who = {"身份证号": number_of(head), "姓名": head.name}
    told = (
        ("计划生育金", "2026-01-10", "960"), ("特困供养金", "2026-02-10", "700"), ("退耕还林补贴", "2026-03-10", "500"),
        ("困难残疾人生活补贴", "2026-04-10", "80"), ("重度残疾人护理补贴", "2026-05-10", "90"),
        ("低保金", "2026-05-10", "400"), ("地力补贴", "2026-10-01", "1"),
    )  # fmt: skip
    rows = [{**who, "补贴项目": kind, "发放日期": day, "金额": amount} for kind, day, amount in told]
    delivered("subsidy_card", rows, by=people["xian"], period="2026-10")
    pension = [
        {**who, "险种": "城乡居民", "发放日期": f"2026-0{month}-15", "金额": "163.50"} for month in (7, 8)
    ]
    delivered("pension_payment", pension, by=people["xian"], period="2026-10")
    fed = fed_of(home, PERIOD)
    assert {code: str(each.amount) for code, each in fed.items()} == {
        "D1": "960.00", "D3": "700.00", "D5a": "500.00", "D6f": "170.00", "D4": "327.00",
    }  # fmt: skip
    (part,) = fed["D6f"].kept()
    assert (part["dataset"], part["months"]) == ("subsidy_card", ["2026-04", "2026-05"])
    (sentence,) = fed_sentences("D4", fed["D4"].kept())
    assert "2026-07 – 2026-08" in sentence


def test_many_households_are_read_as_each_alone_and_their_totals_are_those_of_the_rows(
    home: Household, people: dict[str, User]
) -> None:
    other = make_household("YS000009", "柳大雪", by=people["xian"])
    chance, expected, rows = random.Random(7), {home.pk: Decimal(0), other.pk: Decimal(0)}, []
    for number in range(60):
        mine = chance.choice([home, other])
        who = chance.choice(list(mine.residents.order_by("pk")))
        day = datetime.date(2025, 8, 1) + datetime.timedelta(chance.randrange(450))
        paid = Decimal(chance.randrange(1, 900_000)) / 100
        rows.append({"赔案号": f"P{number}", "身份证号": number_of(who), "姓名": who.name, "险种": "防贫保",
                     "出险日期": f"{day}", "赔付金额": f"{paid}"})  # fmt: skip
        if PERIOD.first <= day <= PERIOD.last:
            expected[mine.pk] += paid
    delivered("injury_claim", rows, by=people["xian"], period="2026-12")
    both = fed_of_many([home.pk, other.pk], PERIOD, COUNTY)
    assert {key: each["F"].amount for key, each in both.items()} == expected
    for each in (home, other):
        alone = fed_of(each, PERIOD)["F"]
        assert alone == both[each.pk]["F"]
        (part,) = alone.kept()
        assert Decimal(part["amount"]) == alone.amount


@pytest.mark.usefixtures("english")
def test_the_source_is_said_with_its_months(home: Household, people: dict[str, User]) -> None:
    for month in ("2026-01", "2026-02", "2026-06"):
        dibao(home, month, "400.00", by=people["xian"])
    (sentence,) = fed_sentences("D2", fed_of(home, PERIOD)["D2"].kept())
    assert "Dibao roll: 1,200.00 yuan, 2026-01 – 2026-02、2026-06 (3 months)" in sentence


@given(st.sets(st.integers(min_value=0, max_value=40)))
def test_months_are_written_in_runs_that_can_be_read_back(numbers: set[int]) -> None:
    months = [f"{2024 + number // 12}-{number % 12 + 1:02d}" for number in sorted(numbers)]
    written, read = months_of(months), []
    for run in written.split("、") if written else []:
        first, _dash, last = run.partition(" – ")
        place = months.index(first)
        while True:
            read.append(months[place])
            if months[place] == (last or first):
                break
            place += 1
    assert read == months
