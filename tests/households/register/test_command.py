"""`import_register FILE --json`: the keys of the contract and nothing else, exits, and no number left anywhere."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import override_settings

from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.jobs.models import Job
from households.models import Resident
from tests.households.register.files import csv_of, number, row
from tests.people import make_areas, make_people

KEYS = [
    "rows_read", "rows_accepted", "rows_rejected", "rejects", "households_created", "households_changed",
    "households_unchanged", "residents_created", "residents_changed", "residents_unchanged", "duplicates", "seconds",
]  # fmt: skip


def imported(path: Path, *options: str) -> tuple[dict[str, object], str]:
    out, errors = io.StringIO(), io.StringIO()
    call_command("import_register", str(path), *options, stdout=out, stderr=errors)
    return json.loads(out.getvalue()) if "--json" in options else {"said": out.getvalue()}, errors.getvalue()


@pytest.fixture
def people_of_a_database(own_database: str) -> dict[str, User]:
    return make_people(make_areas())


def test_the_answer_has_the_keys_of_the_contract_in_their_order(
    people_of_a_database: dict[str, User], tmp_path: Path
) -> None:
    file = tmp_path / "register.csv"
    file.write_bytes(csv_of([row(1), row(2, relation="配偶", number="123")]).getvalue())
    answer, errors = imported(file, "--json")
    assert list(answer) == KEYS
    assert (answer["rows_read"], answer["rejects"], errors) == (2, {"id_length": 1}, "")
    again, _errors = imported(file, "--json")
    assert (again["households_unchanged"], again["residents_unchanged"]) == (1, 1)


def test_people_read_sentences_and_rejects_go_where_they_ask(
    people_of_a_database: dict[str, User], tmp_path: Path
) -> None:
    file, rejects = tmp_path / "register.csv", tmp_path / "rejects.xlsx"
    file.write_bytes(csv_of([row(1), row(2, relation="配偶", number="123")]).getvalue())
    answer, _errors = imported(file, "--rejects", str(rejects), "--as", "xian", "--as-of", "2026-10-31")
    assert "2" in str(answer["said"])
    assert rejects.read_bytes().startswith(b"PK")
    assert Resident.objects.get().source_day.isoformat() == "2026-10-31"


def test_what_cannot_be_read_is_refused_in_a_sentence(
    people_of_a_database: dict[str, User], tmp_path: Path
) -> None:
    file = tmp_path / "empty.csv"
    file.write_bytes(b"")
    with pytest.raises(Refused):
        imported(file, "--json")
    with pytest.raises(Refused):
        imported(tmp_path / "nothing.csv", "--json")
    with pytest.raises(Refused):
        imported(file, "--json", "--as-of", "gestern")


def test_no_number_and_no_telephone_is_left_in_any_file_or_job(
    people_of_a_database: dict[str, User], tmp_path: Path
) -> None:
    file, var = tmp_path / "register.csv", tmp_path / "var"
    file.write_bytes(csv_of([row(1), row(2, relation="配偶", income="x")]).getvalue())
    with override_settings(VAR=var):
        imported(file, "--json")
        kept = [path.read_bytes() for path in var.rglob("*") if path.is_file()]
    assert kept
    for planted in (number(1), number(2), "13900000000"):
        assert not any(planted.encode() in content for content in kept)
        assert planted not in json.dumps(list(Job.objects.values("params", "result", "error")))
