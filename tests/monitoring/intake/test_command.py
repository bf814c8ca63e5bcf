"""`import_feed … --json`: the keys of the contract in their order and nothing else, and the exits."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import translation

from foundation.accounts.commands import WrongUsage
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from monitoring.models import Delivery
from tests.monitoring.intake.files import csv_of, row
from tests.monitoring.ugly_files import FOLDER
from tests.people import COUNTY, make_areas, make_people

KEYS = [
    "delivery", "state", "rows_read", "rows_accepted", "rows_rejected", "rejects", "matched", "unmatched",
    "name_differs", "corrections", "columns_dropped", "sha256", "seconds",
]  # fmt: skip


@pytest.fixture(autouse=True)
def committed(own_database: str) -> dict[str, User]:
    """People in a database in which a job may commit."""
    return make_people(make_areas())


def imported(
    path: Path, *options: str, dataset: str = "medical_settlement", area: str = COUNTY
) -> dict[str, Any]:
    out, errors = io.StringIO(), io.StringIO()
    named = ("--period", "2026-10", "--area", area, "--json", *options)
    with translation.override("zh-hans"):
        call_command("import_feed", dataset, str(path), *named, stdout=out, stderr=errors)
    assert errors.getvalue() == ""
    assert out.getvalue().count("\n") == 1
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file of two rows, one of them faulty, with a column that nobody asked for."""
    file = tmp_path / "delivered.csv"
    file.write_bytes(csv_of([row(备注="x"), row(结算流水号="2", 个人自付="x")]).getvalue())
    return file


def test_the_answer_has_the_keys_of_the_contract_in_their_order(path: Path) -> None:
    answer = imported(path)
    assert list(answer) == KEYS
    assert (answer["state"], answer["rejects"], answer["columns_dropped"]) == (
        "waiting",
        {"number_invalid": 1},
        ["备注"],
    )
    assert list(imported(path)) == KEYS
    assert imported(path)["state"] == "duplicate"


def test_a_person_delivers_within_area_and_department(path: Path) -> None:
    assert imported(path, "--as", "yibao")["rows_read"] == 2
    with pytest.raises(Refused, match="其他部门"):
        imported(path, "--as", "yibao", dataset="dibao_roll")
    for username, area in (("yibao", "999902"), ("cun", COUNTY)):
        with pytest.raises(Refused, match="无权"):
            imported(path, "--as", username, area=area)


def test_a_file_that_cannot_be_read_fails_with_a_sentence_and_may_come_again(tmp_path: Path) -> None:
    broken = tmp_path / "broken.csv"
    broken.write_text("a,b\n1,2\n")
    with pytest.raises(Refused, match="文件开头"):
        imported(broken)
    failed = Delivery.objects.get()
    assert (failed.state, failed.error[:4]) == ("failed", "文件开头")
    with pytest.raises(Refused, match="文件开头"):
        imported(broken)
    assert Delivery.objects.count() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"dataset": "nothing"},
        {"area": "123456"},
        {"options": ("--replaces", "99")},
        {"options": ("--as", "who")},
    ],
)
def test_wrong_usage_is_said_before_anything_is_kept(path: Path, wrong: dict[str, Any]) -> None:
    options = wrong.pop("options", ())
    with pytest.raises(WrongUsage):
        imported(path, *options, **wrong)
    assert not Delivery.objects.exists()


def test_a_person_is_told_which_sheets_were_passed_over() -> None:
    out = io.StringIO()
    with translation.override("zh-hans"):
        book = FOLDER / "several_sheets.xlsx"
        call_command(
            "import_feed", "dibao_roll", str(book), "--period", "2026-10", "--area", COUNTY, stdout=out
        )
    assert "没有表头、跳过的工作表：填写说明。" in out.getvalue()


def test_a_delivery_is_replaced_by_its_number(path: Path, tmp_path: Path) -> None:
    first = tmp_path / "first.csv"
    first.write_bytes(csv_of([row()]).getvalue())
    before = imported(first)
    second = tmp_path / "second.csv"
    second.write_bytes(csv_of([row(个人自付="1")]).getvalue())
    after = imported(second, "--replaces", str(before["delivery"]))
    assert (before["state"], after["state"]) == ("accepted", "superseding")
