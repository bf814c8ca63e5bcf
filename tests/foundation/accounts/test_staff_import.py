"""The staff workbook: good rows are taken, each other row says why not, and the same file changes nothing."""

import datetime
import io
from typing import Any

import pytest
from django.contrib.auth import authenticate

from foundation.accounts.labels import set_label
from foundation.accounts.models import Area, Posting, User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Role
from foundation.accounts.spans import spans
from foundation.accounts.staff_file import Reason
from foundation.accounts.staff_import import Imported, import_staff
from foundation.ledger.models import Entry
from foundation.ledger.record import read_body
from tests.foundation.accounts.workbooks import ASSISTANT, Cells, book, shell, taken
from tests.people import COUNTY, TOWNSHIP, VILLAGE

TODAY = datetime.date(2026, 11, 4)
People = dict[str, User]
Areas = dict[str, Area]


def reasons(imported: Imported) -> list[tuple[int, str, str]]:
    return [(reject.row, reject.column, reject.reason.value) for reject in imported.rejects]


def test_a_row_opens_an_account_and_grants_its_posting(areas: Areas) -> None:
    imported = taken(ASSISTANT)
    assert (len(imported.opened), len(imported.granted), imported.rejects) == (1, 1, [])
    user = User.objects.get(name="单立夏")
    assert (user.initials, user.home_id, user.has_usable_password()) == ("slx", VILLAGE, False)
    posting = user.postings.get()
    assert (posting.role, posting.area_id, posting.from_day) == ("village_assistant", VILLAGE, TODAY)


def test_the_same_file_again_changes_nothing_also_tomorrow(areas: Areas, settings: Any) -> None:
    rows = (ASSISTANT, ("李立秋", "liliqiu", "网格员", TOWNSHIP, "", "2026-03-01", "2027-02-28"))
    taken(*rows)
    settings.SHOUWANG_TODAY = "2026-11-05"
    again = taken(*rows)
    assert again.counts() | {"postings_unchanged": 2, "rows_accepted": 2} == again.counts()
    assert (again.opened, again.granted, again.rejects) == ([], [], [])
    assert User.objects.filter(is_built_in=False).count() == Posting.objects.count() == 2


def test_rows_read_are_always_accepted_plus_rejected(areas: Areas) -> None:
    counts = taken(ASSISTANT, ("", "", "", "", "", "x", ""), ("甲", "", "没有", VILLAGE, "", "", "")).counts()
    assert counts["rows_read"] == counts["rows_accepted"] + counts["rows_rejected"] == 3
    assert counts["rejects"] == {"name_missing": 1, "role_unknown": 1}


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (("", "a1", "村协查员", VILLAGE, "", "", ""), "姓名", Reason.NAME_MISSING),
        (("=1+1", "a1", "村协查员", VILLAGE, "", "", ""), "姓名", Reason.NAME_INVALID),
        (("甲", "13812345678", "村协查员", VILLAGE, "", "", ""), "登录名", Reason.LOGIN_INVALID),
        (("甲", "a1", "村长", VILLAGE, "", "", ""), "角色", Reason.ROLE_UNKNOWN),
        (("甲", "a1", "村协查员", "999903", "", "", ""), "行政区划代码", Reason.AREA_UNKNOWN),
        (("甲", "a1", "村协查员", COUNTY, "", "", ""), "行政区划代码", Reason.NOT_ALLOWED),
        (("甲", "a1", "部门信息员", COUNTY, "魔法部", "", ""), "部门", Reason.DEPARTMENT_UNKNOWN),
        (("甲", "a1", "部门信息员", COUNTY, "", "", ""), "部门", Reason.NOT_ALLOWED),
        (("甲", "a1", "村协查员", VILLAGE, "", "明天", ""), "起始日期", Reason.DATE_INVALID),
        (("甲", "a1", "村协查员", VILLAGE, "", "", "2026-02-30"), "截止日期", Reason.DATE_INVALID),
        (("甲", "a1", "抽查核查员", COUNTY, "", "", ""), "截止日期", Reason.NOT_ALLOWED),
        (("甲", "a1", "村协查员", VILLAGE, "", "2026-12-01", "2026-11-30"), "截止日期", Reason.NOT_ALLOWED),
        (("甲", "xian", "网格员", VILLAGE, "", "", ""), "姓名", Reason.NAME_DIFFERS),
        (("xian", "xian", "县级审定人", COUNTY, "", "", ""), "角色", Reason.NOT_ALLOWED),
        (("cun", "cun", "村协查员", VILLAGE, "", "2026-05-01", ""), "起始日期", Reason.HELD_OTHERWISE),
        (("cun", "", "网格员", VILLAGE, "", "", ""), "登录名", Reason.NAME_AMBIGUOUS),
        (("12", "a1", "村协查员", VILLAGE, "", "", ""), "姓名", Reason.NAME_INVALID),
        (("ん", "", "村协查员", VILLAGE, "", "", ""), "登录名", Reason.LOGIN_MISSING),
    ],
)
def test_a_bad_row_is_rejected_with_place_reason_and_sentence(
    people: People, row: Cells, column: str, reason: Reason
) -> None:
    imported = taken(row, ASSISTANT)
    assert reasons(imported) == [(2, column, reason.value)]
    assert imported.rejects[0].sentence
    assert len(imported.opened) == 1, "the good row went on"


def test_two_rows_of_one_name_need_login_names(areas: Areas) -> None:
    imported = taken(
        ("张伟", "", "村协查员", VILLAGE, "", "", ""), ("张伟", "", "网格员", TOWNSHIP, "", "", "")
    )
    assert [reason for _row, _column, reason in reasons(imported)] == ["name_ambiguous"] * 2
    assert not imported.opened


def test_one_login_name_in_several_rows_is_one_account(areas: Areas) -> None:
    imported = taken(
        ("张伟", "zw", "网格员", VILLAGE, "", "", ""),
        ("张伟", "ＺＷ", "帮扶责任人", VILLAGE, "", "", ""),
        ("张伟", "zw", "网格员", VILLAGE, "", "", ""),
        ("张维", "zw", "网格员", TOWNSHIP, "", "", ""),
    )
    assert (len(imported.opened), len(imported.granted)) == (1, 2)
    assert reasons(imported) == [(4, "姓名", "duplicate_row"), (5, "姓名", "name_differs")]


def test_incompatible_roles_within_one_file_are_caught(areas: Areas) -> None:
    imported = taken(
        ("张伟", "zw", "县区调度员", COUNTY, "", "", ""), ("张伟", "zw", "县级审定人", COUNTY, "", "", "")
    )
    assert reasons(imported) == [(3, "角色", "not_allowed")]


def test_namesakes_of_other_people_get_a_numbered_login_name(people: People) -> None:
    User.objects.create_user("shanlixia", name="山黎霞")
    User.objects.create_user("danlixia", name="丹丽霞")
    taken(ASSISTANT)
    assert User.objects.get(name="单立夏").username in {"shanlixia2", "danlixia2"}


def test_codes_padded_to_twelve_digits_and_typed_as_numbers_are_understood(areas: Areas) -> None:
    imported = taken(
        ("甲乙", "", "县区调度员", "999901000000", "", "", ""),
        ("丙丁", "", "乡镇核查员", 999901001000, "", "", ""),
        ("戊己", "", "村协查员", int(VILLAGE), "", "", ""),
    )
    assert [posting.area_id for posting in imported.granted] == [COUNTY, TOWNSHIP, VILLAGE]


def test_days_are_read_as_people_write_them(areas: Areas) -> None:
    days = ["2026-12-01", "2026/12/1", "2026年12月1日", "20261201", "2026.12.01", datetime.date(2026, 12, 1)]
    rows = [(f"人{chr(0x4E00 + n)}", f"ren{n}", "网格员", VILLAGE, "", day, "") for n, day in enumerate(days)]
    imported = taken(*rows)
    assert {posting.from_day for posting in imported.granted} == {datetime.date(2026, 12, 1)}
    assert len(imported.granted) == len(days)


def test_roles_are_understood_as_the_area_calls_them(people: People, areas: Areas) -> None:
    set_label(areas[COUNTY], Role.VILLAGE_ASSISTANT, "村级监测员", by=people["anquan"])
    imported = taken(
        ("甲乙", "", "村级监测员", "999901001002", "", "", ""),
        ("丙丁", "", "grid_member", VILLAGE, "", "", ""),
    )
    assert [posting.role for posting in imported.granted] == ["village_assistant", "grid_member"]


def test_heads_may_stand_lower_in_another_order_and_other_sheets_are_left_alone(areas: Areas) -> None:
    heads = ("行政区划代码*", " 角 色* ", "姓名*")
    imported = import_staff(book((VILLAGE, "网格员", "甲乙"), heads=heads, above=3), by=shell())
    assert [posting.area_id for posting in imported.granted] == [VILLAGE]
    assert imported.rejects == []


def test_a_text_file_is_read_too(areas: Areas) -> None:
    text = f"姓名,登录名,角色,行政区划代码\n甲乙,jiayi,网格员,{VILLAGE}\n".encode("gb18030")
    assert len(import_staff(io.BytesIO(text), by=shell()).granted) == 1


@pytest.mark.parametrize("content", [b"PK\x03\x04 no archive", b"", b"one,two\n1,2\n"])
def test_a_file_that_cannot_be_read_is_refused_whole(areas: Areas, content: bytes) -> None:
    with pytest.raises(Refused):
        import_staff(io.BytesIO(content), by=shell())


def test_a_workbook_without_the_head_or_without_rows_is_refused(areas: Areas) -> None:
    for made in (book(("x",), heads=("甲",)), book()):
        with pytest.raises(Refused):
            import_staff(made, by=shell())


def test_two_administrators_send_the_same_file(people: People) -> None:
    """The one opens accounts, the other grants: neither makes a working member of staff alone."""
    rows = (("甲乙", "", "网格员", VILLAGE, "", "", ""), ("丙丁", "bd", "网格员", TOWNSHIP, "", "", ""))
    early = taken(*rows, by=people["anquan"])
    assert early.counts()["rejects"] == {"account_missing": 2}
    first = taken(*rows, by=people["xitong"])
    assert (len(first.opened), len(first.granted), first.postings_waiting) == (2, 0, 2)
    second = taken(*rows, by=people["anquan"])
    assert (len(second.opened), len(second.granted), second.postings_waiting) == (0, 2, 0)


def test_the_list_is_the_same_after_it_was_saved_anew(people: People) -> None:
    row = ("甲乙", "", "网格员", VILLAGE, "", "", "")
    taken(row, by=people["xitong"])
    saved_anew = import_staff(book(row, sheet="名单", above=1), by=people["anquan"])
    assert len(saved_anew.granted) == 1
    other = taken(row, ("丙丁", "", "网格员", VILLAGE, "", "", ""), by=people["anquan"])
    assert (other.granted, other.counts()["rejects"]) == ([], {"account_missing": 1})


def test_a_security_administrator_alone_grants_nothing_by_file(people: People) -> None:
    alone = taken(("lingdao", "lingdao", "帮扶责任人", VILLAGE, "", "", ""), by=people["anquan"])
    assert (alone.postings_waiting, alone.granted) == (1, [])


@pytest.mark.parametrize("name", ["xian", "shenjiyuan", "cun", "wenshen"])
def test_other_people_send_no_staff_lists(people: People, name: str) -> None:
    with pytest.raises(Refused):
        taken(ASSISTANT, by=people[name])


def test_what_lies_outside_looks_as_if_it_did_not_exist(people: People) -> None:
    imported = taken(
        ("甲乙", "", "网格员", "999902001001", "", "", ""),
        ("lin_cun", "lin_cun", "网格员", VILLAGE, "", "", ""),
        by=people["xitong"],
    )
    assert reasons(imported) == [(2, "行政区划代码", "area_unknown"), (3, "登录名", "login_taken")]


def test_nobody_grants_to_themselves_by_file(people: People) -> None:
    imported = taken(("xitong", "xitong", "网格员", VILLAGE, "", "", ""), by=people["xitong"])
    assert reasons(imported) == [(2, "姓名", "own_row")]


def test_one_entry_per_file_counts_and_hides_the_names(areas: Areas) -> None:
    imported = taken(ASSISTANT, ("甲", "", "没有", VILLAGE, "", "", ""))
    entry = Entry.objects.get(verb="staff.imported")
    body = read_body(entry)
    assert (entry.object_id, body["details"]["rows_read"]) == (imported.list_sha256, 2)
    assert body["details"]["staff"] == str(User.objects.get(name="单立夏").pk)
    assert "单立夏".encode() not in bytes(entry.body)
    assert "单立夏".encode() in bytes(entry.opening.content)
    assert not Entry.objects.filter(object_type__in=["staff", "posting"]).exists()


def test_spans_keep_the_entry_short() -> None:
    assert spans([9, 3, 4, 5, 7]) == "3-5,7,9"
    assert spans([]) == ""


def test_first_passwords_are_given_once_and_only_when_asked_for(areas: Areas) -> None:
    imported = taken(ASSISTANT, with_passwords=True)
    first = imported.passwords[0]
    user = authenticate(username=first.user.username, password=first.password)
    assert isinstance(user, User)
    assert user.must_change_password
    assert not taken(ASSISTANT, with_passwords=True).passwords


def test_1414_people_take_a_few_seconds(areas: Areas) -> None:
    names = [
        f"{family}{given}{third}"
        for family in "赵钱孙李周吴郑王"
        for given in "春夏秋冬"
        for third in range(45)
    ]
    rows = [(name, f"r{number}", "网格员", VILLAGE, "", "", "") for number, name in enumerate(names[:1414])]
    assert len(rows) == 1414
    imported = taken(*rows, with_passwords=True)
    assert (len(imported.granted), len(imported.passwords)) == (1414, 1414)


def test_the_queries_do_not_grow_with_the_rows(areas: Areas, django_assert_max_num_queries: Any) -> None:
    rows = [(f"人{number}", f"r{number}", "网格员", VILLAGE, "", "", "") for number in range(300)]
    made, by = book(*rows), shell()
    with django_assert_max_num_queries(30):
        import_staff(made, by=by)
