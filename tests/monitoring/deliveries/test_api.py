"""A department's program hands in files as its officer does on the page: one stage function, the same refusals."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook

from foundation.accounts.models import User
from foundation.ledger.models import Entry
from monitoring.intake.taking import take
from monitoring.models import Delivery
from tests.foundation.accounts.programs.made import program_of
from tests.monitoring.intake.files import csv_of, row
from tests.monitoring.made import delivered
from tests.people import COUNTY, NEIGHBOUR_COUNTY

People = dict[str, User]
UPLOAD = "/api/v1/deliveries/"
WHERE = {"dataset": "medical_settlement", "area": COUNTY, "period": "2026-10"}


def send(program: Client, *rows: dict[str, str], **given: str) -> Any:
    file = SimpleUploadedFile("十月结算.csv", csv_of(rows or [row()]).getvalue())
    return program.post(UPLOAD, WHERE | given | {"file": file})


@pytest.fixture
def program(people: People) -> Client:
    return program_of(people["yibao"])


def test_a_file_is_taken_by_a_worker_and_its_rejected_rows_are_fetched(program: Client) -> None:
    answer = send(program, row(), row() | {"身份证号": "123"})
    assert answer.status_code == 202
    told = answer.json()
    assert (told["duplicate"], told["delivery"]["state"]) == (False, "received")
    assert answer["Location"] == told["address"]
    assert program.get(told["job"]).json()["state"] == "queued"
    made = Delivery.objects.get(pk=told["delivery"]["id"])
    take(made, by=made.by)
    told = program.get(told["address"]).json()
    assert (told["rows_read"], told["rows_rejected"]) == (2, 1)
    fetched = program.get(f"{UPLOAD}{made.pk}/rejects/")
    assert fetched["Content-Type"].endswith("spreadsheetml.sheet")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(fetched.content)).get_sheet_by_index(0).to_python()
    assert any("123" in line for line in sheet)
    assert Entry.objects.filter(object_id=str(made.pk), verb__startswith="delivery.reject").exists()


@pytest.mark.parametrize(
    ("given", "status", "field"),
    [
        ({"period": "2026"}, 422, "period"),
        ({"period": "October"}, 400, "period"),
        ({"dataset": "dibao_roll"}, 422, "dataset"),
        ({"dataset": "no_such"}, 422, "dataset"),
        ({"area": NEIGHBOUR_COUNTY}, 422, "area"),
        ({"replaces": "7"}, 422, "replaces"),
        ({"supplements": "x"}, 400, "supplements"),
    ],
)
def test_refusals_are_those_of_the_page(
    program: Client, given: dict[str, str], status: int, field: str
) -> None:
    answer = send(program, **given)
    assert answer.status_code == status
    assert [each["field"] for each in answer.json()["errors"]] == [field]
    assert not Delivery.objects.exists()


def test_15_3_3_what_else_is_sent_is_not_read(program: Client, people: People) -> None:
    answer = send(program, state="accepted", by=str(people["xian"].pk), received_on="2020-01-01", job="x")
    made = Delivery.objects.get(pk=answer.json()["delivery"]["id"])
    assert (made.state, made.by, str(made.received_on)) == ("received", people["yibao"], "2026-11-04")


def test_only_who_delivers_hands_in_and_fetches(people: People, program: Client) -> None:
    made = delivered("medical_settlement", "2026-10", people["yibao"], rejects={"id_length": 3})
    for name, status in (("xitong", 403), ("cun", 403), ("lingdao", 403)):
        reader = program_of(people[name])
        assert send(reader).status_code == status
        assert reader.get(f"{UPLOAD}{made.pk}/rejects/").status_code == status
    assert program_of(people["jingban"]).get(f"{UPLOAD}{made.pk}/rejects/").status_code in (403, 404)
    gone = program.get(f"{UPLOAD}{made.pk}/rejects/")
    assert (gone.status_code, gone["Content-Type"]) == (409, "application/problem+json")


def test_the_newest_stands_first(people: People, program: Client) -> None:
    numbers = [delivered("medical_settlement", f"2026-0{month}", people["yibao"]).pk for month in (7, 8, 9)]
    assert [row["id"] for row in program.get(UPLOAD).json()["results"]] == numbers[::-1]
    assert [row["id"] for row in program.get(f"{UPLOAD}?period=2026-08").json()["results"]] == [numbers[1]]
