"""Pages of regulation values: what is in force with its source, local values by two people, the calendar, XLSX."""

import datetime
import io
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from foundation.accounts.models import Area, User
from foundation.inbox.models import Notice
from foundation.ledger.models import Entry
from foundation.regulations.lookup import mark_used, value
from foundation.regulations.models import Holiday, LocalValue
from foundation.regulations.models.values import Origin
from tests.foundation.regulations.made import says
from tests.people import COUNTY, NEIGHBOUR_COUNTY, TOWNSHIP, VILLAGE

pytestmark = pytest.mark.django_db
SignedIn = Callable[..., Client]

GIVEN = {
    "from_day": "2026-12-01", "unit": "days", "kind": "amount", "amount": "7", "expression": "",
    "source_title": "关于延长公示的通知", "source_number": "示农〔2026〕1号", "source_issuer": "示例县农业农村局",
    "source_issued": "2026-10-20", "source_clause": "", "source_href": "", "note_zh": "", "why": "村民外出多",
}  # fmt: skip


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def propose(client: Client, subject: str = "notice_days", **changes: str) -> object:
    url = reverse("desk:local_value_propose", args=[subject]) + f"?area={COUNTY}"
    return client.post(url, GIVEN | changes)


def test_everybody_sees_what_is_in_force_with_its_source(signed_in: SignedIn) -> None:
    for who in ("cun", "bangfu", "yibao", "lingdao", "shenjiyuan", "wenshen"):
        page = text(signed_in(who), reverse("desk:values"))
        assert "公示天数" in page
        assert "秦安县人民政府网站" in page
        assert "建议值，无文件" in page


def test_every_value_without_a_document_is_marked(signed_in: SignedIn) -> None:
    page = text(signed_in("xian"), reverse("desk:values") + f"?area={COUNTY}&only=proposal")
    rows = page.count('data-label="规定值"')
    assert rows > 20
    assert page.count("建议值，无文件") == rows


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("group=lines", "监测线", "公示天数"),
        ("group=deadlines", "公示天数", "监测线"),
        ("only=silent", "农村低保标准", "公示天数"),
        ("since=2026-01-01", "监测对象名称", "公示天数"),
        ("on=2026-02-02&q=监测对象名称", "防止返贫监测对象", "防止返贫致贫对象"),
        ("on=2026-02-03&q=监测对象名称", "防止返贫致贫对象", "没有符合"),
    ],
)
def test_the_list_is_narrowed_by_the_address(
    query: str, shown: str, hidden: str, signed_in: SignedIn
) -> None:
    page = text(signed_in("xian"), reverse("desk:values") + f"?{query}").split('id="content"')[1]
    listed = page.split("table-count")[1]
    assert shown in listed
    assert hidden not in listed


@pytest.mark.parametrize("area", [NEIGHBOUR_COUNTY, "99", "no such"])
def test_an_area_beside_or_above_ones_own_is_not_there(area: str, signed_in: SignedIn) -> None:
    for name in ("desk:values", "desk:values_sheet", "desk:calendar"):
        assert signed_in("xian").get(reverse(name), {"area": area}).status_code == 404


def test_a_sum_is_shown_worked_out(signed_in: SignedIn) -> None:
    says("rural_dibao_month", COUNTY, "2026-01-01", "815")
    says("monitoring_line", COUNTY, "2026-01-01", "rural_dibao_month * 12 * 2")
    page = text(signed_in("cun"), reverse("desk:value", args=["monitoring_line"]))
    assert "815 × 12 × 2 = 19,560.00 元/年" in page
    assert "农村低保标准" in page


def test_the_history_leaves_out_what_other_areas_set_for_themselves(signed_in: SignedIn) -> None:
    says("notice_days", NEIGHBOUR_COUNTY, "2026-01-01", "77", Origin.LOCAL)
    url = reverse("desk:value", args=["notice_days"])
    assert "77 天" not in text(signed_in("xian"), url)
    assert "77 天" in text(signed_in("lin_xian"), url)
    assert "77 天" in text(signed_in("shi"), url)


def test_one_proposes_another_approves_a_third_sees_it_with_source(
    signed_in: SignedIn, people: dict[str, User], settings: object
) -> None:
    answer = propose(signed_in("xian"))
    proposal = LocalValue.objects.get()
    page = reverse("desk:local_value", args=[proposal.pk])
    assert answer.url == page  # type: ignore[attr-defined]
    assert Notice.objects.filter(recipient=people["shending"], kind="local_value_waits").exists()
    assert str(proposal) in text(signed_in("shending"), reverse("desk:home"))

    assert "5 天" in text(signed_in("shending"), page)
    approve = reverse("desk:local_value_move", args=[proposal.pk, "approve"])
    given = {"happened_on": "2026-11-04", "version": proposal.version, "reason": ""}
    assert signed_in("xian").post(approve, given).status_code == 200
    assert LocalValue.objects.get().state == "proposed"
    assert signed_in("shending").post(approve, given).status_code == 302
    assert Notice.objects.filter(recipient=people["xian"], kind="local_value_decided").exists()

    settings.SHOUWANG_TODAY = "2026-12-01"  # type: ignore[attr-defined]
    seen = text(signed_in("cun"), reverse("desk:value", args=["notice_days"]))
    assert "7 天" in seen
    assert "示农〔2026〕1号" in seen
    assert "本地规定" in seen


def test_the_preview_shows_the_change_and_saves_nothing(signed_in: SignedIn) -> None:
    page = propose(signed_in("xian"), preview="1").content.decode()  # type: ignore[attr-defined]
    assert "5 天" in page
    assert "7 天" in page
    assert "关于延长公示的通知" in page
    assert not LocalValue.objects.exists()
    assert not Entry.objects.filter(verb="local_value.propose").exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"amount": "4"}, "不得低于上级地区的 5 天"),
        ({"amount": ""}, "请填写数额"),
        ({"unit": "working days"}, "请使用相同的单位"),
        ({"source_href": "https://example.com/"}, "gov.cn"),
        ({"source_issued": "2027-01-01"}, "发文日期不能晚于今天"),
        ({"why": ""}, "why"),
    ],
)
def test_a_refused_proposal_keeps_what_was_typed(
    changes: dict[str, str], sentence: str, signed_in: SignedIn
) -> None:
    for extra in ({}, {"preview": "1"}):
        page = propose(signed_in("xian"), **changes, **extra).content.decode()  # type: ignore[attr-defined]
        assert sentence in page
        assert "示农〔2026〕1号" in page
    assert not LocalValue.objects.exists()


def test_returned_completed_and_approved(signed_in: SignedIn) -> None:
    propose(signed_in("xian"), source_number="")
    proposal = LocalValue.objects.get()
    back = reverse("desk:local_value_move", args=[proposal.pk, "return"])
    given = {"happened_on": "2026-11-04", "version": 1, "reason": "缺文号"}
    assert signed_in("shending").post(back, given | {"reason": ""}).status_code == 200
    assert signed_in("shending").post(back, given).status_code == 302
    correct = reverse("desk:local_value_correct", args=[proposal.pk])
    form = text(signed_in("xian"), correct)
    assert "关于延长公示的通知" in form
    assert "缺文号" in text(signed_in("xian"), reverse("desk:local_value", args=[proposal.pk]))
    assert signed_in("xian").post(correct, GIVEN).status_code == 302
    proposal.refresh_from_db()
    assert (proposal.state, proposal.source_number) == ("proposed", "示农〔2026〕1号")


@pytest.mark.parametrize(
    ("subject", "given"),
    [
        ("deadline_moves_off_rest_day", {"unit": "yes/no", "kind": "yes/no", "yes": "1"}),
        ("notice_name_wall", {"unit": "text", "kind": "text", "choice": "full"}),
        (
            "object_name",
            {"unit": "text", "kind": "text", "text_zh": "监测户", "text_en": "watched household"},
        ),
        (
            "warning_bands",
            {"unit": "list", "kind": "list", "items": "1 | 红 | red | red\n2 | 绿 | green | green"},
        ),
        ("notice_days", {"kind": "ended", "amount": ""}),
        ("rural_dibao_month", {"unit": "yuan/month", "amount": "815.50"}),
    ],
)
def test_every_kind_of_content_can_be_proposed_and_approved(
    subject: str, given: dict[str, str], signed_in: SignedIn
) -> None:
    answer = propose(signed_in("xian"), subject, **given)
    assert answer.status_code == 302  # type: ignore[attr-defined]
    proposal = LocalValue.objects.get()
    approve = reverse("desk:local_value_move", args=[proposal.pk, "approve"])
    asked = {"happened_on": "2026-11-04", "version": 1}
    assert signed_in("shending").post(approve, asked).status_code == 302
    page = text(signed_in("xian"), reverse("desk:value", args=[subject]) + "?on=2026-12-01")
    assert "关于延长公示的通知" in page


@pytest.mark.parametrize("who", ["cun", "zhen", "shending", "lingdao", "lin_xian"])
def test_others_neither_see_the_button_nor_pass_the_door(who: str, signed_in: SignedIn) -> None:
    client = signed_in(who)
    assert (
        "提出本地规定值" not in text(client, reverse("desk:value", args=["notice_days"])) or who == "lin_xian"
    )
    assert propose(client).status_code in (403, 404)  # type: ignore[attr-defined]
    assert not LocalValue.objects.exists()


def test_a_proposal_of_the_next_county_is_not_there(signed_in: SignedIn) -> None:
    propose(signed_in("xian"))
    key = LocalValue.objects.get().pk
    for name, more in (("local_value", []), ("local_value_correct", []), ("local_value_move", ["approve"])):
        assert signed_in("lin_xian").get(reverse(f"desk:{name}", args=[key, *more])).status_code == 404
    assert "公示天数" not in text(signed_in("lin_xian"), reverse("desk:local_values")).split("<table")[-1]


def test_a_used_value_is_not_taken_back_on_the_page(signed_in: SignedIn) -> None:
    propose(signed_in("xian"))
    proposal = LocalValue.objects.get()
    asked = {"happened_on": "2026-11-04", "version": 1, "reason": "录错"}
    signed_in("shending").post(reverse("desk:local_value_move", args=[proposal.pk, "approve"]), asked)
    mark_used(value("notice_days", area=VILLAGE, on=datetime.date(2026, 12, 1)))
    revoke = reverse("desk:local_value_move", args=[proposal.pk, "revoke"])
    refused = signed_in("shending").post(revoke, asked | {"version": 2})
    assert "不能收回" in refused.content.decode()
    assert value("notice_days", area=COUNTY, on=datetime.date(2026, 12, 1)).amount == 7


def test_the_sheet_holds_the_same_rows_defused_and_marked(
    signed_in: SignedIn, people: dict[str, User]
) -> None:
    danger = says("notice_days", COUNTY, "2026-11-01", "6", Origin.LOCAL)
    type(danger).objects.filter(pk=danger.pk).update(source_title="=HYPERLINK(1)", note_zh="=1+1")
    answer = signed_in("xian").get(reverse("desk:values_sheet"), {"area": TOWNSHIP, "group": "deadlines"})
    rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows())
    cells = [cell for row in rows for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert people["xian"].username in str(rows[1][0].value)
    assert [row[2].value for row in rows[4:]].count("notice_days") == 1
    (note,) = [cell for cell in cells if cell.value == "=1+1"]
    assert note.quotePrefix
    assert len(rows) - 4 == text(
        signed_in("xian"), reverse("desk:values") + f"?area={TOWNSHIP}&group=deadlines"
    ).count('data-label="规定值"')


def test_the_calendar_is_kept_by_the_area(signed_in: SignedIn, areas: dict[str, Area]) -> None:
    page = reverse("desk:calendar")
    assert "国庆节" in text(signed_in("cun"), page)
    assert "暂定" in text(signed_in("xian"), page + "?year=2027")
    client = signed_in("xian")
    made = client.post(reverse("desk:holiday_set"), {"day": "2027-01-01", "kind": "rest", "name": "元旦"})
    assert made.status_code == 302
    done = {"year": "2027", "source": "国务院办公厅通知"}
    assert client.post(reverse("desk:calendar_complete"), done).status_code == 302
    assert "国务院办公厅通知" in text(signed_in("cun"), page + "?year=2027")
    gone = client.post(reverse("desk:holiday_remove"), {"day": "2027-01-01"})
    assert gone.status_code == 302
    assert not Holiday.objects.filter(area=COUNTY).exists()
    verbs = set(Entry.objects.filter(area=COUNTY).values_list("verb", flat=True))
    assert {"holiday.set", "holiday.removed", "holidays.completed"} <= verbs
    assert signed_in("cun").get(reverse("desk:holiday_set")).status_code == 403


def test_the_list_costs_the_same_however_many_values_there_are(
    signed_in: SignedIn, django_assert_max_num_queries: object
) -> None:
    client = signed_in("xian")
    client.get(reverse("desk:values"))
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        client.get(reverse("desk:values"))


def test_a_line_says_on_its_form_and_page_whether_reaching_it_is_enough(signed_in: SignedIn) -> None:
    line = {"unit": "yuan/year", "amount": "9000", "population": "low_income", "comparator": ">"}
    assert propose(signed_in("xian"), "medical_yearly_burden", **line).status_code == 302  # type: ignore[attr-defined]
    row = LocalValue.objects.get()
    assert "&gt; 9,000.00 元/年" in text(signed_in("shending"), reverse("desk:local_value", args=[row.pk]))
    assert "comparator" not in text(
        signed_in("xian"), reverse("desk:local_value_propose", args=["notice_days"]) + f"?area={COUNTY}"
    )
