"""Why a row of a list of monitored objects is not taken: each reason, and what becomes of the rest of the file."""

import csv
import io

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foundation.accounts.models import User
from foundation.ledger.models import Entry
from foundation.tables import duck
from households.models import Household, Standing
from households.monitored import reading
from households.monitored.importing import import_monitored
from households.monitored.job import reject_file
from households.monitored.reading import RejectedRow
from households.monitored.reasons import Reason
from tests.households.monitored.files import MARGINAL, SUDDEN, family, id_number, new_people, row, text

People = dict[str, User]


@pytest.fixture
def shell(people: People) -> User:
    return User.objects.built_in("shell")


def rejects(user: User, rows: list[dict[str, str]]) -> dict[str, int]:
    counts = import_monitored(text(rows), by=user)
    assert counts["rows_read"] == counts["rows_accepted"] + counts["rows_rejected"]
    return dict(counts["rejects"])


WRONG: list[tuple[dict[str, str], str]] = [
    ({"户编号": " "}, "required_missing"),
    ({"行政区划代码": ""}, "required_missing"),
    ({"行政区划代码": "123456789012"}, "area_unknown"),
    ({"行政区划代码": "999901001"}, "area_unknown"),
    ({"姓名": ""}, "name_missing"),
    ({"姓名": "=1+1"}, "formula_or_script"),
    ({"身份证号": ""}, "id_missing"),
    ({"身份证号": "9999************13"}, "id_masked"),
    ({"身份证号": "99990119"}, "id_length"),
    ({"身份证号": "999901195013010017"}, "id_birth_date"),
    ({"身份证号": id_number(5)[:-1] + ("1" if id_number(5)[-1] != "1" else "2")}, "id_checksum"),
    ({"与户主关系": ""}, "required_missing"),
    ({"监测对象类别": ""}, "required_missing"),
    ({"监测对象类别": "一般户"}, "category_unknown"),
    ({"风险类型1": ""}, "required_missing"),
    ({"风险类型1": "因懒"}, "risk_unknown"),
    ({"风险类型4": "运气不好"}, "risk_unknown"),
    ({"识别监测时间": ""}, "required_missing"),
    ({"识别监测时间": "202113"}, "month_invalid"),
    ({"识别监测时间": "去年"}, "month_invalid"),
    ({"识别监测时间": "202612"}, "month_invalid"),
    ({"风险是否已消除": ""}, "required_missing"),
    ({"风险是否已消除": "快了"}, "code_unknown"),
    ({"风险是否已消除": "是"}, "month_invalid"),
    ({"风险是否已消除": "是", "风险消除时间": "202104"}, "month_invalid"),
    ({"风险是否已消除": "是", "风险消除时间": "202612"}, "month_invalid"),
    ({"风险是否已消除": "是", "风险消除时间": "202206", "风险消除方式": "自行消除"}, "code_unknown"),
    ({"纳入时人均纯收入": "很少"}, "number_invalid"),
    ({"纳入时人均纯收入": "-1"}, "number_negative"),
    ({"纳入时人均纯收入": "99999999999"}, "number_range"),
]


def test_every_reason_is_found_and_the_rest_goes_on(shell: User) -> None:
    numbers = new_people(100)
    expected: dict[str, int] = {}
    rows = family("OK", 2, numbers)
    for place, (wrong, reason) in enumerate(WRONG):
        rows += [row(next(numbers), f"W{place}"), row(next(numbers), f"W{place}", 与户主关系="配偶") | wrong]
        expected[reason] = expected.get(reason, 0) + 1
        if "风险是否已消除" in wrong and reason == "month_invalid":
            # Whoever says that the risk is removed contradicts the head, whose row says that it is not.
            expected["household_conflict"] = expected.get("household_conflict", 0) + 1
    found = rejects(shell, rows)
    assert {reason: found.get(reason) for reason in expected if reason != "household_conflict"} == {
        reason: count for reason, count in expected.items() if reason != "household_conflict"
    }
    assert Standing.objects.count() == len(WRONG) + 1


def test_what_people_write_is_understood(shell: User) -> None:
    rows = [
        row(1, "A", 识别监测时间="2021-05", 纳入时人均纯收入="￥6,000.5"),
        row(2, "B", 识别监测时间="2021年5月", 监测对象类别=" 边缘易致贫户 "),
        row(3, "C", 识别监测时间="２０２１０５", 风险类型1="因产业失败", 与户主关系="本人"),
        row(4, "D", 身份证号=id_number(4).lower(), 风险消除时间="202206"),
    ]
    assert rejects(shell, rows) == {}
    assert set(Standing.objects.values_list("from_day", flat=True).distinct()) == {
        Standing.objects.first().from_day
    }
    assert not Standing.objects.filter(until_day__isnull=False).exists()


def test_a_removal_soon_after_identification_is_a_finding_and_no_reject(shell: User) -> None:
    removed = {"风险是否已消除": "是", "风险消除时间": "202105"}
    assert rejects(shell, family("H1", 2, new_people(), **removed)) == {}


def test_without_a_head_no_row_of_the_household_is_taken(shell: User) -> None:
    rows = [row(1, "H1", 与户主关系="配偶"), row(2, "H1", 与户主关系="之子"), row(3, "H2")]
    assert rejects(shell, rows) == {"head_missing": 2}
    assert list(Household.objects.values_list("code", flat=True)) == ["H2"]


def test_a_head_whose_own_row_is_wrong_is_no_missing_head(shell: User) -> None:
    rows = [row(1, "H1", 身份证号="4111"), row(2, "H1", 与户主关系="配偶")]
    assert rejects(shell, rows) == {"id_length": 1}


def test_of_two_heads_the_first_counts(shell: User) -> None:
    assert rejects(shell, [row(1), row(2)]) == {"head_duplicate": 1}


@pytest.mark.parametrize(
    "other",
    [{"行政区划代码": "999901001002"}, {"监测对象类别": SUDDEN}, {"识别监测时间": "202106"}],
)
def test_a_row_that_contradicts_the_head_s_is_rejected(shell: User, other: dict[str, str]) -> None:
    assert rejects(shell, [row(1), row(2, 与户主关系="配偶", **other)]) == {"household_conflict": 1}


def test_a_person_lives_in_one_household(shell: User) -> None:
    assert rejects(shell, [row(1, "H1"), row(2, "H2"), row(1, "H2", 与户主关系="之女")]) == {
        "id_in_other_household": 1
    }
    assert rejects(shell, [row(3, "H3"), row(1, "H3", 与户主关系="之女")]) == {"id_in_other_household": 1}


def test_a_later_line_of_the_same_person_counts_and_is_no_reject(shell: User) -> None:
    rows = [row(1), row(2, 与户主关系="配偶"), row(2, 与户主关系="之女")]
    counts = import_monitored(text(rows), by=shell)
    assert (counts["rows_accepted"], counts["duplicates"], counts["residents_created"]) == (3, 0, 2)


def test_rejects_come_back_in_the_layout_of_the_list_with_why(shell: User) -> None:
    kept: list[bytes] = []
    rows = [row(1), row(2, 与户主关系="配偶", 风险类型1="因懒")]
    import_monitored(text(rows), by=shell, rejected=lambda found: kept.extend(reject_file(found, form="csv")))
    (sent,) = csv.DictReader(io.StringIO(b"".join(kept).decode("utf-8-sig")))
    assert (sent["身份证号"], sent["风险类型1"]) == (id_number(2), "因懒")
    assert "risk_unknown" in sent.values()
    assert "3" in sent.values()
    sent["风险类型1"] = "因病"
    corrected = [{header: sent[header] for header in rows[0]}]
    assert rejects(shell, [rows[0], *corrected]) == {}


def test_a_workbook_of_rejects_is_corrected_and_handed_in_again(shell: User) -> None:
    kept: list[bytes] = []
    rows = [row(1), row(2, "H2", 风险类型1="=1+1")]
    import_monitored(text(rows), by=shell, rejected=lambda found: kept.extend(reject_file(found)))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(kept)))
    (sheet,) = book.worksheets
    heads = [cell.value for cell in sheet[1]]
    wrong = sheet.cell(2, heads.index("风险类型1") + 1)
    assert (wrong.value, wrong.data_type, wrong.quotePrefix) == ("=1+1", "s", True)
    assert sheet.cell(2, heads.index("身份证号") + 1).value == id_number(2)
    wrong.value = "因病"
    again = io.BytesIO()
    book.save(again)
    counts = import_monitored(again, by=shell)
    assert (counts["rejects"], counts["cases_created"]) == ({}, 1)


def test_the_record_says_how_many_were_rejected_and_not_who(shell: User) -> None:
    rejects(shell, [row(1, 身份证号="4111222233334444")])
    assert b"4111222233334444" not in bytes(Entry.objects.get(verb="monitored.imported").body)


def test_every_reason_has_a_sentence() -> None:
    assert all(str(reason.label) for reason in Reason)


CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["", "是", "否", "202105", "户主", MARGINAL, "因病", "-", "0", "1.5元"]),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cells=st.lists(st.tuples(st.sampled_from(list(row(1))), CELLS), min_size=1, max_size=4),
    number=st.integers(0, 99),
)
def test_whatever_stands_in_a_row_it_is_taken_or_rejected_with_a_known_reason(
    db: None, cells: list[tuple[str, str]], number: int
) -> None:
    clean = [(header, cell.replace("\x00", "")) for header, cell in cells]
    rows = [row(number), row(number + 200, 与户主关系="配偶") | dict(clean)]
    with duck.opened() as tables:
        reading.check_file(
            tables, text(rows), villages=lambda codes: codes, progress=lambda done, total: None
        )
        reading.reject_also(tables, [])
        counts = reading.counts_of(tables)
        found: list[RejectedRow] = list(reading.rejected(tables))
        sound = list(reading.sound(tables))
    assert counts["rows_read"] == counts["rows_accepted"] + counts["rows_rejected"]
    assert len(found) == counts["rows_rejected"]
    assert set(counts["rejects"]) <= set(Reason.values)
    assert len(sound) <= counts["rows_accepted"]
