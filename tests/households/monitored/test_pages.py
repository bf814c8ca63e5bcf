"""The page of monitored objects: figures with drill-down, the list, handing in, taking out."""

import csv
import io

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from foundation.accounts import kin
from foundation.accounts.models import Kin, User
from foundation.ledger.models import Entry
from foundation.ledger.record import read_body
from households.models import Revision, Standing
from households.monitored.importing import import_monitored
from tests.households.monitored.files import HEADERS, SUDDEN, family, id_number, new_people, text
from tests.reading import visible

People = dict[str, User]


@pytest.fixture
def taken_in(people: People) -> People:
    numbers = new_people()
    rows = [
        *family(
            "H1",
            3,
            numbers,
            风险类型2="因学",
            帮扶责任人="李大暑",
            帮扶措施="低保;公益岗位",
            纳入时人均纯收入="6543.21",
        ),
        *family(
            "H2",
            2,
            numbers,
            行政区划代码="999901002001",
            监测对象类别=SUDDEN,
            风险是否已消除="是",
            风险消除时间="202203",
            风险消除方式="自然消除",
        ),
        *family("H3", 1, numbers, 行政区划代码="999902001001"),
    ]
    import_monitored(text(rows), by=User.objects.built_in("shell"))
    return people


def page(client: Client, user: User, address: str) -> str:
    client.force_login(user)
    answer = client.get(address)
    assert answer.status_code == 200, answer
    return answer.content.decode()


def test_a_dispatcher_sees_the_county_and_its_townships(client: Client, taken_in: People) -> None:
    shown = page(client, taken_in["xian"], "/monitored/")
    assert "示例县" in shown
    assert "/monitored/999901001/" in shown
    assert "H1" in shown
    assert "H2" in shown
    assert "H3" not in visible(shown)


def test_a_village_assistant_sees_the_own_village(client: Client, taken_in: People) -> None:
    shown = page(client, taken_in["cun"], "/monitored/")
    assert "H1" in shown
    assert "H2" not in visible(shown)


@pytest.mark.parametrize(
    "address", ["/monitored/999902/", "/monitored/99/", "/monitored/999901002001/", "/monitored/x/"]
)
def test_another_area_does_not_exist(client: Client, taken_in: People, address: str) -> None:
    client.force_login(taken_in["cun"])
    assert client.get(address).status_code == 404


def test_the_list_is_filtered_by_category_and_by_removal(client: Client, taken_in: People) -> None:
    assert "H1" not in visible(page(client, taken_in["xian"], "/monitored/?removed=yes"))
    assert "H2" not in visible(page(client, taken_in["xian"], "/monitored/?removed=yes&not=removed"))
    assert "H2" in page(client, taken_in["xian"], "/monitored/?category=sudden")


def test_an_area_without_anybody_says_how_they_get_here(client: Client, taken_in: People) -> None:
    assert 'class="figures"' not in page(client, taken_in["xian"], "/monitored/999901001002/")


def rows_of(answer: object) -> list[dict[str, str]]:
    content = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.DictReader(io.StringIO(content)))


def taken_out(client: Client, user: User, **typed: str) -> list[dict[str, str]]:
    client.force_login(user)
    return rows_of(client.post("/monitored/999901/take-out/", {"form": "csv"} | typed))


def test_a_list_is_taken_out_masked_unless_somebody_says_why(client: Client, taken_in: People) -> None:
    masked = taken_out(client, taken_in["lingdao"])
    assert [row["身份证号"][4:16] for row in masked] == ["*" * 12] * 5
    assert read_body(Entry.objects.get(verb="monitored.exported"))["details"] == {
        "persons": 5,
        "in_full": False,
        "form": "csv",
    }


def test_numbers_in_full_need_the_right_and_a_reason(client: Client, taken_in: People) -> None:
    client.force_login(taken_in["xian"])
    assert client.post("/monitored/999901/take-out/", {"in_full": "on", "form": "csv"}).status_code == 200
    assert not Entry.objects.filter(verb="monitored.exported").exists()
    full = taken_out(client, taken_in["xian"], in_full="on", reason="迁入省平台")
    assert {row["身份证号"] for row in full} == {id_number(number) for number in range(5)}
    body = read_body(Entry.objects.get(verb="monitored.exported"))
    assert (body["basis"], body["details"]["in_full"]) == ("迁入省平台", True)
    assert "in_full" not in page(client, taken_in["lingdao"], "/monitored/999901/take-out/")


def test_numbers_of_one_s_kin_stay_masked(client: Client, taken_in: People) -> None:
    kin.declare("H1", Kin.Relation.KIN, by=taken_in["xian"])
    rows = taken_out(client, taken_in["xian"], in_full="on", reason="迁入省平台")
    assert {row["户编号"] for row in rows if "*" in row["身份证号"]} == {"H1"}


def test_what_is_taken_out_comes_in_again_and_counts_the_same(client: Client, taken_in: People) -> None:
    rows = taken_out(client, taken_in["xian"], in_full="on", reason="迁入省平台")
    told = Standing.objects.filter(household__area__code__startswith="999901")
    columns = (
        "household__code",
        "kind",
        "from_day",
        "until_day",
        "risk_types",
        "removal_way",
        "helper",
        "measures",
    )
    before = list(told.order_by("household__code").values_list(*columns, "net_income_per_head"))
    counts = import_monitored(text(rows), by=taken_in["xian"])
    assert (counts["cases_unchanged"], counts["residents_unchanged"], counts["rows_rejected"]) == (2, 5, 0)
    told.delete()
    assert import_monitored(text(rows), by=taken_in["xian"])["cases_created"] == 2
    assert list(told.order_by("household__code").values_list(*columns, "net_income_per_head")) == before


def test_a_workbook_says_who_took_it_and_comes_in_again(client: Client, taken_in: People) -> None:
    client.force_login(taken_in["xian"])
    typed = {"form": "xlsx", "in_full": "on", "reason": "迁入省平台"}
    answer = client.post("/monitored/999901/take-out/", typed)
    content = io.BytesIO(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
    assert answer.headers["Content-Disposition"].endswith(".xlsx")
    (sheet,) = openpyxl.load_workbook(content).worksheets
    assert "xian（xian）· 示例县" in sheet["A1"].value
    assert sheet.max_row == 2 + 5
    counts = import_monitored(content, by=taken_in["xian"])
    assert (counts["cases_unchanged"], counts["residents_unchanged"], counts["rows_rejected"]) == (2, 5, 0)
    assert read_body(Entry.objects.get(verb="monitored.exported"))["details"]["form"] == "xlsx"


def test_more_than_a_workbook_holds_goes_as_csv(
    client: Client, taken_in: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("households.monitored.exporting.MOST_ROWS", 4)
    client.force_login(taken_in["xian"])
    assert "form" in client.post("/monitored/999901/take-out/", {"form": "xlsx"}).context["form"].errors
    assert not Entry.objects.filter(verb="monitored.exported").exists()


def test_a_list_is_handed_in_on_the_page(client: Client, people: People) -> None:
    client.force_login(people["xian"])
    sent = text(family("H9", 2, new_people()))
    sent.name = "list.csv"
    answer = client.post("/monitored/import/", {"file": sent})
    assert answer.status_code == 302
    assert "/jobs/" in answer.headers["Location"]


def test_the_empty_list_has_the_columns_of_the_contract(client: Client, people: People) -> None:
    client.force_login(people["xian"])
    content = b"".join(client.get("/monitored/template/").streaming_content)  # type: ignore[attr-defined]
    (sheet,) = openpyxl.load_workbook(io.BytesIO(content)).worksheets
    assert [cell.value for cell in sheet[1]] == HEADERS


def test_a_list_stands_among_the_files_and_can_be_taken_back(client: Client, people: People) -> None:
    import_monitored(text(family("H1", 2, new_people())), by=people["xian"])
    revision = Revision.objects.get()
    assert reverse("register:file", args=[revision.pk]) in page(
        client, people["xian"], reverse("register:files")
    )
    shown = page(client, people["xian"], reverse("register:file", args=[revision.pk]))
    assert reverse("register:take_back", args=[revision.pk]) in shown
    client.force_login(people["lin_xian"])
    assert client.get(reverse("register:file", args=[revision.pk])).status_code == 404
