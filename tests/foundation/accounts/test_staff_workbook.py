"""The staff workbook as a file: the template, the rejected rows, and the command."""

import io
import json
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from python_calamine import CalamineWorkbook

from foundation.accounts.labels import set_label
from foundation.accounts.models import Area, User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Role
from foundation.accounts.staff_import import import_staff
from foundation.accounts.staff_sheets import rejected, template
from tests.foundation.accounts.workbooks import ASSISTANT, book, shell, taken
from tests.people import COUNTY, VILLAGE

People = dict[str, User]
Areas = dict[str, Area]


def test_the_template_offers_the_words_of_the_area_and_is_read_back(people: People, areas: Areas) -> None:
    set_label(areas[COUNTY], Role.VILLAGE_ASSISTANT, "村级监测员", by=people["anquan"])
    sheets = CalamineWorkbook.from_filelike(io.BytesIO(template(COUNTY)))
    heads = sheets.get_sheet_by_name("人员").to_python()[0]
    assert heads == ["姓名*", "登录名", "角色*", "行政区划代码*", "部门", "起始日期", "截止日期"]
    assert "村级监测员" in [row[0] for row in sheets.get_sheet_by_name("选项").to_python()]
    with pytest.raises(Refused):
        import_staff(io.BytesIO(template(COUNTY)), by=shell())


def test_rejected_rows_come_back_as_a_workbook_to_correct_and_send_again(areas: Areas) -> None:
    imported = taken(("甲乙", "", "没有", VILLAGE, "", "", ""))
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(rejected(imported.rejects))).get_sheet_by_index(0)
    rows = sheet.to_python()
    assert rows[1][:4] == ["甲乙", "", "没有", VILLAGE]
    assert rows[1][7:10] == ["人员!2", "角色", "role_unknown"]
    again = import_staff(io.BytesIO(rejected(imported.rejects)), by=shell())
    assert again.counts()["rejects"] == {"role_unknown": 1}


def test_the_command_answers_in_json_and_writes_private_sheets(
    areas: Areas, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, passwords, rejects = (tmp_path / name for name in ("in.xlsx", "passwords.xlsx", "rejects.xlsx"))
    source.write_bytes(book(ASSISTANT, ("甲", "", "没有", VILLAGE, "", "", "")).getvalue())
    call_command(
        "import_staff", str(source), "--json", "--passwords", str(passwords), "--rejects", str(rejects)
    )
    answer = json.loads(capsys.readouterr().out)
    assert answer["accounts_opened"] == answer["rows_rejected"] == 1
    assert [path.stat().st_mode & 0o777 for path in (passwords, rejects)] == [0o600, 0o600]
    slip = (
        CalamineWorkbook.from_filelike(io.BytesIO(passwords.read_bytes()))
        .get_sheet_by_index(0)
        .to_python()[1]
    )
    assert authenticate(username=slip[2], password=slip[3]) is not None


def test_the_command_overwrites_nothing_and_then_imports_nothing(areas: Areas, tmp_path: Path) -> None:
    source, passwords = tmp_path / "in.xlsx", tmp_path / "passwords.xlsx"
    source.write_bytes(book(ASSISTANT).getvalue())
    passwords.write_bytes(b"of yesterday")
    with pytest.raises(Refused):
        call_command("import_staff", str(source), "--passwords", str(passwords))
    assert passwords.read_bytes() == b"of yesterday"
    assert not User.objects.filter(name="单立夏").exists()


def test_the_command_says_which_file_is_missing(areas: Areas, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"nowhere\.xlsx"):
        call_command("import_staff", str(tmp_path / "nowhere.xlsx"))
