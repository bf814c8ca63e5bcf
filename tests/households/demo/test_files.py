"""The files of the made counties: the columns of datasets.md section 5, the same bytes again, and true totals."""

import csv
import io
import json
import tomllib
from pathlib import Path

import pytest
from django.core.management import call_command
from python_calamine import CalamineWorkbook

from foundation.accounts.commands import WrongUsage
from foundation.accounts.refusals import Refused
from households.demo import words
from households.demo.county import County
from households.demo.files import write_counties, write_county

CODES = Path(__file__).parents[3] / "foundation/regulations/values/codes"


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """The files of a county of five hundred households."""
    return write_county(tmp_path_factory.mktemp("county"), "999901", households=500)


@pytest.fixture(scope="module")
def register(files) -> list[dict[str, str]]:
    text = files.register.read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture(scope="module")
def monitored(files) -> list[dict[str, str]]:
    rows = CalamineWorkbook.from_path(files.monitored).get_sheet_by_index(0).to_python()
    return [dict(zip(rows[1], row, strict=True)) for row in rows[2:]]


def test_the_same_county_gives_the_same_bytes(files, tmp_path):
    again = write_county(tmp_path, "999901", households=500)
    assert again.register.read_bytes() == files.register.read_bytes()
    assert again.monitored.read_bytes() == files.monitored.read_bytes()
    assert again.totals == files.totals


def test_the_files_hold_every_household(register, monitored, files):
    homes = list(County("999901", 500).homes())
    assert tuple(register[0]) == words.REGISTER_COLUMNS
    assert tuple(monitored[0]) == words.MONITORED_COLUMNS
    assert [row["身份证号"] for row in register] == [p.id_number for home in homes for p in home.people]
    assert {row["户编号"] for row in monitored} == {home.code for home in homes if home.case}


def test_the_totals_are_those_of_the_files(register, monitored, files):
    totals = files.totals
    assert totals.rows == len(register)
    assert totals.register.households == len({row["户编号"] for row in register}) == 500
    assert totals.villages == len({row["行政区划代码"] for row in register})
    assert sum(tally.persons for tally in totals.monitored.values()) == len(monitored)
    removed = {row["户编号"] for row in monitored if row["风险是否已消除"] == "是"}
    assert sum(tally.households for tally in totals.removed.values()) == len(removed)


def test_a_few_rows_are_to_be_refused_and_the_totals_know_which(files):
    assert files.totals.refused == {
        "id_checksum": 1,
        "id_masked": 1,
        "id_missing": 1,
        "id_in_other_household": 1,
    }
    assert files.totals.register.persons == files.totals.rows - 4


@pytest.mark.parametrize(
    ("column", "code_list"),
    [
        ("与户主关系", "relations_to_head"),
        ("文化程度", "education_levels"),
        ("在校生状况", "school_stages"),
        ("健康状况", "health_states"),
        ("劳动能力", "labour_abilities"),
    ],
)
def test_words_are_those_of_the_shipped_lists(register, column, code_list):
    shipped = tomllib.loads((CODES / f"{code_list}.toml").read_text())["value"][0]["items"]
    said = {row[column] for row in register} - {""}
    planted = {"高小"} if column == "文化程度" else set()
    assert said - {item["zh"] for item in shipped} == planted


def test_risks_and_measures_are_those_of_the_shipped_lists(monitored):
    for columns, code_list in (("风险类型1", "risk_types"), ("帮扶措施", "measure_kinds")):
        shipped = tomllib.loads((CODES / f"{code_list}.toml").read_text())["value"][0]["items"]
        said = {word for row in monitored for word in row[columns].split(";")} - {""}
        assert said <= {item["zh"] for item in shipped}


def test_the_neighbour_is_small_and_shares_nothing(tmp_path):
    county, neighbour = write_counties(tmp_path, households=400)
    assert neighbour.totals.register.households == 60
    assert neighbour.totals.monitored
    first, second = county.register.read_text(), neighbour.register.read_text()
    assert "999902" not in first
    assert "999901" not in second


@pytest.mark.django_db
def test_the_command_writes_and_tells(tmp_path, capsys):
    call_command("demo_county", "--households", "60", "--out", str(tmp_path / "made"), "--json")
    answer = json.loads(capsys.readouterr().out)
    assert [county["households"] for county in answer["counties"]] == [60, 60]
    assert {path.name for path in (tmp_path / "made").iterdir()} == {
        name for county in answer["counties"] for name in county["files"]
    }
    call_command("demo_county", "--households", "60", "--out", str(tmp_path))
    assert "register-999901.csv" in capsys.readouterr().out


@pytest.mark.django_db
def test_the_command_refuses_what_cannot_be(tmp_path):
    with pytest.raises(WrongUsage):
        call_command("demo_county", "--households", "0", "--out", str(tmp_path))
    (tmp_path / "file").touch()
    with pytest.raises(Refused):
        call_command("demo_county", "--households", "5", "--out", str(tmp_path / "file" / "below"))
