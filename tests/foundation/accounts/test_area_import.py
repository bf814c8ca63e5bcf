"""Importing areas: every shape of file people send, what is kept, what is rejected, and who may."""

import csv
import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foundation.accounts import area_import
from foundation.accounts.area_import import TO_COUNTY, AreaImport, Reject, import_areas
from foundation.accounts.models import Area, AreaName, User
from foundation.accounts.refusals import Refused
from foundation.ledger.models import Entry
from foundation.ledger.record import read_body

HEAD = "行政区划代码,名称\n"
LINES = HEAD + "99,示例省\n9999,示例市\n999901,示例县\n999901001,青石镇\n999901001001,石桥村\n"
RENAMED = HEAD + "999901001001,石桥新村\n"


@pytest.fixture
def shell(db: None) -> User:
    return User.objects.built_in("shell")


def take(content: str | bytes, by: User) -> tuple[AreaImport, list[Reject]]:
    rejects: list[Reject] = []
    raw = content.encode() if isinstance(content, str) else content
    return import_areas(io.BytesIO(raw), by=by, rejected=rejects.append), rejects


def reasons(rejects: list[Reject]) -> list[tuple[int, str]]:
    return [(reject.line, reject.reason.value) for reject in rejects]


def test_the_level_is_the_length_also_when_the_code_ends_in_zeros(shell: User) -> None:
    done, _rejects = take(HEAD + "44,广东省\n4419,东莞市\n441900,东莞市\n441900003,东城街道\n", shell)
    assert done.by_level == {"province": 1, "city": 1, "county": 1, "township": 1, "village": 0, "group": 0}
    assert Area.objects.get(pk="441900").parent_id == "4419"
    assert Area.objects.get(pk="441900003").parent_id == "441900"


def test_parents_may_come_after_their_children(shell: User) -> None:
    rows = LINES.split()[1:]
    done, _rejects = take(HEAD + "\n".join(reversed(rows)), shell)
    assert done.orphans == 0
    assert Area.objects.get(pk="9999").parent_id == "99"


def test_an_orphan_is_kept_and_gets_its_parent_when_only_the_parent_arrives(shell: User) -> None:
    done, rejects = take(HEAD + "99,示例省\n999901001,青石镇\n999901001001,石桥村\n", shell)
    assert (done.created, done.orphans, rejects) == (3, 1, [])
    assert list(Area.objects.orphans().values_list("pk", flat=True)) == ["999901001"]
    later, _rejects = take(HEAD + "999901,示例县\n", shell)
    assert (later.created, later.orphans) == (1, 1)  # the county itself waits for its city
    assert Area.objects.get(pk="999901001").parent_id == "999901"


def test_the_same_file_again_changes_nothing(shell: User) -> None:
    take(LINES, shell)
    before = list(Area.objects.values())
    again, _rejects = take(LINES, shell)
    assert (again.created, again.changed, again.unchanged) == (0, 0, 5)
    assert again.by_level["village"] == 1
    assert list(Area.objects.values()) == before
    assert not AreaName.objects.exists()


def test_a_rename_keeps_the_former_name_until_the_day_before(shell: User) -> None:
    take(LINES, shell)
    done, _rejects = take(RENAMED, shell)
    assert (done.changed, done.unchanged) == (1, 0)
    former = AreaName.objects.get()
    assert (former.area_id, former.name, str(former.until)) == ("999901001001", "石桥村", "2026-11-03")
    assert Area.objects.get(pk="999901001001").initials == "sqxc"


def test_a_rename_taken_back_on_the_same_day_leaves_no_former_name(shell: User) -> None:
    take(LINES, shell)
    take(RENAMED, shell)
    take(RENAMED.replace("石桥新村", "石桥三村"), shell)
    assert AreaName.objects.get().name == "石桥村"
    take(LINES, shell)
    assert not AreaName.objects.exists()


def test_a_second_rename_on_a_later_day_keeps_both_former_names(shell: User) -> None:
    take(LINES, shell)
    take(RENAMED, shell)
    with override_settings(SHOUWANG_TODAY="2026-11-20"):
        take(LINES, shell)
    names = AreaName.objects.order_by("until").values_list("name", "until")
    assert [(name, str(until)) for name, until in names] == [
        ("石桥村", "2026-11-03"),
        ("石桥新村", "2026-11-19"),
    ]


def test_nothing_is_retired_by_absence_and_a_retired_area_stays_as_it_is(shell: User) -> None:
    take(LINES, shell)
    Area.objects.filter(pk="999901001001").update(retired_on="2026-10-01")
    done, _rejects = take(RENAMED, shell)
    assert (done.changed, done.unchanged) == (0, 1)
    assert Area.objects.get(pk="999901001001").name == "石桥村"
    assert Area.objects.living().count() == 4


def test_bad_rows_are_named_by_line_and_reason_and_good_rows_go_on(shell: User) -> None:
    bad = (
        "99,示例省\n"
        "999,三位数\n"
        "99A9,字母\n"
        ",没有代码\n"
        "9998,\n"
        "9997,太" + "长" * 80 + "\n"
        "9996,多,一格\n"
        "9995,=1+1\n"
        "99,示例省\n"
        "99,另一个名字\n"
        "٩٩٩٩,阿拉伯数字\n"
        "9999,示例市\n"
    )
    done, rejects = take("全国统计用区划代码\n\n" + HEAD + bad, shell)
    assert sorted(reasons(rejects)) == [
        (5, "code_length"),
        (6, "code_invalid"),
        (7, "required_missing"),
        (8, "name_missing"),
        (9, "name_length"),
        (10, "column_count"),
        (11, "formula_or_script"),
        (12, "duplicate_row"),
        (13, "code_conflict"),
        (14, "code_invalid"),
    ]
    assert (done.rows_read, done.created, done.rejected) == (12, 2, 10)
    assert Area.objects.get(pk="99").name == "示例省"
    assert "4" in next(reject for reject in rejects if reject.reason == "code_conflict").sentence


def test_a_row_that_cannot_be_read_is_a_reject_and_the_others_are_taken(shell: User) -> None:
    broken = LINES.encode().replace("青石镇".encode(), b"\xe9\x9d\x92\xff\xfe")
    done, rejects = take(broken, shell)
    assert (done.created, reasons(rejects)) == (4, [(5, "encoding")])


def test_one_import_is_one_entry_with_the_digest_of_the_file(shell: User) -> None:
    done, _rejects = take(LINES, shell)
    entry = Entry.objects.get(verb="area.imported")
    assert (entry.actor, entry.object_id) == ("shell", done.sha256)
    assert read_body(entry)["details"]["created"] == 5


def test_rows_outside_the_areas_of_who_imports_are_rejects(people: dict[str, User]) -> None:
    rows = HEAD + "999901003,黑石镇\n999902003,西山镇\n9999,别的名字\n"
    done, rejects = take(rows, people["xitong"])
    assert (done.created, done.rejected) == (1, 2)
    assert {reject.reason.value for reject in rejects} == {"outside_scope"}
    assert not Area.objects.filter(pk="999902003").exists()
    assert Entry.objects.get(verb="area.imported").area == "999901"


@pytest.mark.parametrize("username", ["zhen", "shi", "anquan", "wenshen"])
def test_who_may_not_change_areas_imports_nothing(username: str, people: dict[str, User]) -> None:
    with pytest.raises(Refused):
        take(LINES, people[username])
    assert not Entry.objects.filter(verb="area.imported").exists()


def test_an_import_that_fails_midway_leaves_nothing(
    own_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fall(*args: object, **options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(area_import, "record", fall)
    with pytest.raises(KeyboardInterrupt):
        take(LINES, User.objects.built_in("shell"))
    assert not Area.objects.exists()
    assert not Entry.objects.filter(verb="area.imported").exists()
    connection.cursor().execute("CREATE TEMPORARY TABLE incoming_area (free int)")


def test_two_imports_do_not_run_at_the_same_time(own_database: str, owner_connection: object) -> None:
    other = owner_connection(own_database)  # type: ignore[operator]
    other.cursor().execute("SELECT pg_advisory_lock(%s)", [area_import._LOCK])
    with pytest.raises(Refused):
        take(LINES, User.objects.built_in("shell"))
    other.cursor().execute("SELECT pg_advisory_unlock(%s)", [area_import._LOCK])
    assert take(LINES, User.objects.built_in("shell"))[0].created == 5


def test_our_own_table_is_the_nation_down_to_county_level(shell: User) -> None:
    with TO_COUNTY.open("rb") as file:
        done = import_areas(file, by=shell)
    assert [done.by_level[name] for name in ("province", "city", "county")] == [31, 342, 2978]
    assert (done.rejected, done.orphans) == (0, 0)
    assert "2023-06-30" in TO_COUNTY.read_text(encoding="utf-8").splitlines()[0]


def run_command(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[str, str]:
    call_command("import_areas", *arguments)
    said = capsys.readouterr()
    return said.out, said.err


def test_the_command_prints_one_json_object_with_exactly_these_keys(
    db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "areas.csv"
    path.write_text(LINES + "99,x\n", encoding="gb18030")
    out, err = run_command(capsys, str(path), "--json", "--rejects", str(tmp_path / "rejects.csv"))
    answer = json.loads(out)
    assert out.count("\n") == 1
    assert list(answer) == [
        "rows_read", "created", "changed", "unchanged", "rejected", "orphans", "by_level", "seconds",
    ]  # fmt: skip
    assert (answer["rows_read"], answer["created"], answer["rejected"]) == (6, 5, 1)
    assert "7" in err
    kept = list(csv.reader((tmp_path / "rejects.csv").open(encoding="utf-8-sig")))
    assert kept[1][0] == "7"
    assert kept[1][2] == "code_conflict"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(rows=st.lists(st.tuples(st.text(max_size=20), st.text(max_size=90)), max_size=12))
def test_every_row_is_counted_once_whatever_it_holds(rows: list[tuple[str, str]], shell: User) -> None:
    written = io.StringIO()
    csv.writer(written).writerows([("行政区划代码", "名称"), *rows])
    with transaction.atomic():
        done, rejects = take(written.getvalue().encode("utf-8", "replace"), shell)
        assert done.rows_read == done.created + done.changed + done.unchanged + done.rejected
        assert done.rejected == len(rejects)
        assert sum(done.by_level.values()) == done.rows_read - done.rejected
        transaction.set_rollback(True)
