"""Income on the pages: stated on a form, shown with its sum and against the line."""

import io
import json
import re
from decimal import Decimal

import openpyxl
import pytest
from django.test import Client

from foundation.accounts import kin
from foundation.accounts.models import Kin, User
from foundation.ledger.models import Entry
from households.income.chart import HEIGHT, chart
from households.models import Income, Resident
from tests.foundation.regulations.made import chooses
from tests.households.standing_made import household
from tests.people import VILLAGE

People = dict[str, User]
S1 = {
    "as_of": "2026-11-04",
    "members": "4",
    "item_A1": "52000",
    "item_B1": "9600",
    "item_C2": "800",
    "item_D4": "2200",
    "item_E1": "4120",
    "item_F": "3000",
    "item_G": "31615.50",
}


@pytest.fixture
def home(people: People) -> int:
    return household(people["xian"]).pk


def test_an_income_is_stated_and_stands_with_its_sum_on_the_page(
    client: Client, people: People, home: int
) -> None:
    client.force_login(people["cun"])
    answer = client.post(f"/households/{home}/income/", S1)
    assert answer.headers["Location"] == f"/households/{home}/"
    shown = client.get(f"/households/{home}/").content.decode()
    assert "31,864.50 ÷ 4 ≈ 7,966.13" in shown
    assert "60,480.00 ÷ 4 = 15,120.00" in shown


def test_a_correction_asks_why_and_keeps_what_was_typed(client: Client, people: People, home: int) -> None:
    client.force_login(people["cun"])
    client.post(f"/households/{home}/income/", S1)
    answer = client.post(f"/households/{home}/income/", S1 | {"item_A1": "25000"})
    assert answer.status_code == 200
    assert 'value="25000"' in answer.content.decode()
    client.post(f"/households/{home}/income/", S1 | {"item_A1": "25000", "reason": "数字写反了"})
    assert str(Income.objects.get().net_income) == "33480.00"


@pytest.mark.parametrize(("who", "status"), [("lin_cun", 404), ("lingdao", 403), ("xitong", 403)])
def test_nobody_else_finds_the_form(client: Client, people: People, home: int, who: str, status: int) -> None:
    client.force_login(people[who])
    assert client.get(f"/households/{home}/income/").status_code == status


@pytest.mark.parametrize(("rule", "suggested"), [("common_life", 4), ("registered", 4), ("resident", 3)])
def test_the_form_suggests_who_counts_by_the_rule_of_the_area(
    client: Client, people: People, home: int, rule: str, suggested: int
) -> None:
    chooses("income_members", VILLAGE, "2026-01-01", rule)
    away, near = Resident.objects.filter(household=home)[1:3]
    Resident.objects.filter(pk=away.pk).update(work_place="广东省东莞市", work_months=6)
    Resident.objects.filter(pk=near.pk).update(work_place="示例县", work_months=5)
    client.force_login(people["cun"])
    form = client.get(f"/households/{home}/income/").context["form"]
    assert form.initial["members"] == suggested
    assert "1" in form.fields["members"].help_text


def test_kin_are_sent_back_with_the_rule(client: Client, people: People, home: int) -> None:
    kin.declare("YS000001", Kin.Relation.KIN, by=people["cun"])
    client.force_login(people["cun"])
    assert client.post(f"/households/{home}/income/", S1).status_code == 302
    assert not Income.objects.exists()


def test_a_household_without_an_income_says_how_one_comes(client: Client, people: People, home: int) -> None:
    client.force_login(people["lingdao"])
    shown = client.get(f"/households/{home}/").content.decode()
    assert "income-title" in shown
    assert f"/households/{home}/income/" not in shown


def test_the_chart_carries_its_amounts_and_who_looks(client: Client, people: People, home: int) -> None:
    client.force_login(people["cun"])
    client.post(f"/households/{home}/income/", S1)
    shown = client.get(f"/households/{home}/")
    told = json.loads(
        re.search(r'id="income-data" type="application/json">(.+?)</script>', shown.content.decode())[1]
    )  # type: ignore[index]
    assert told["categories"] == ["2026-10"]
    assert [each["amounts"][0] for each in told["series"]][:2] == [15120.0, 7966.13]
    assert told["mark"].startswith("cun（cun）· 石桥村")


def test_the_table_behind_the_chart_leaves_as_a_workbook(client: Client, people: People, home: int) -> None:
    client.force_login(people["cun"])
    client.post(f"/households/{home}/income/", S1)
    address = f"/households/{home}/incomes/"
    assert len(client.get(address).context["table"].rows) == 1
    sent = client.post("/export/", {"address": address, "form": "xlsx"})
    (sheet,) = openpyxl.load_workbook(io.BytesIO(b"".join(sent.streaming_content))).worksheets  # type: ignore[attr-defined]
    assert "cun（cun）" in sheet["A1"].value
    assert [sheet.cell(3, column).value for column in (3, 4, 6)] == [15120, 7966.13, 4]
    assert Entry.objects.filter(verb="list.exported", object_id="incomes").count() == 1
    assert Entry.objects.filter(verb="household.opened", object_id=str(home)).count() == 2


@pytest.mark.parametrize(("who", "status"), [("lin_cun", 404), ("xitong", 403), ("lingdao", 200)])
def test_incomes_are_listed_for_who_sees_the_household(
    client: Client, people: People, home: int, who: str, status: int
) -> None:
    client.force_login(people[who])
    assert client.get(f"/households/{home}/incomes/").status_code == status


def test_the_picture_draws_bars_to_scale_and_a_loss_as_nothing() -> None:

    drawn = chart(
        [("2025", Decimal(10_000), Decimal(-5), Decimal(5_000)), ("2026", Decimal(2_500), Decimal(0), None)]
    )
    net, loss, later, _none = drawn.bars
    assert (net.height, loss.height, later.height) == (HEIGHT - 42, 0, (HEIGHT - 42) // 4)
    (mark,) = drawn.marks
    assert drawn.floor - mark.y == net.height // 2
