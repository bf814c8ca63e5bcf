"""Filling in a superior's blank from a list: what the headers mean is proposed, remembered, and asked again."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from django.test import Client

from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.sign_in import BACKEND
from foundation.desk import exports, filling
from foundation.desk.exports import Wanted
from foundation.desk.models import BlankLayout
from foundation.jobs import spool
from foundation.jobs.models import Job
from foundation.jobs.running import run_here
from foundation.ledger.models import Entry

People = dict[str, User]
STAFF = "/staff/"


def blank(*headers: str) -> bytes:
    book, made = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["某县干部名册"])
    book.active.merge_cells("A1:C1")
    book.active.append(list(headers))
    book.save(made)
    return made.getvalue()


def staff_list(by: User) -> exports.List:
    return exports.select(Wanted(STAFF, "", "", "xlsx"), by=by)


@pytest.fixture
def name_column(people: People) -> tuple[str, str]:
    """Return key and heading of the column that names people in the list of staff."""
    first = filling.columns_of(staff_list(people["anquan"]))[0]
    return first.key, str(first.label)


def hand_in(people: People, *headers: str, query: str = "") -> str:
    return filling.hand_in(Wanted(STAFF, query, "", "xlsx"), blank(*headers), by=people["anquan"])


def sheet_of(job: Job) -> list[list[object]]:
    job.refresh_from_db()
    book = openpyxl.load_workbook(io.BytesIO(spool.read(job.rejects)))
    return [[cell.value for cell in row] for row in book.active]


def test_headers_are_proposed_by_their_names(people: People, name_column: tuple[str, str]) -> None:
    kept = hand_in(people, "序号", name_column[1], "毫不相干的一列")
    handed = filling.opened(kept, by=people["anquan"])
    assert filling.proposed(handed, by=people["anquan"]) == {1: "#", 2: name_column[0], 3: ""}


def test_a_job_fills_it_in_and_records_what_was_taken_out(
    people: People, name_column: tuple[str, str]
) -> None:
    kept = hand_in(people, "序号", "干部", "备注")
    job = run_here(filling.ask(kept, {1: "#", 2: name_column[0], 3: ""}, by=people["anquan"]))
    rows = sheet_of(job)
    count = staff_list(people["anquan"]).count
    assert rows[0][0] == "某县干部名册"
    assert [row[0] for row in rows[2:]] == list(range(1, count + 1))
    assert people["zhen"].name in {row[1] for row in rows[2:]}
    assert Entry.objects.filter(verb="list.exported").count() == 1


def test_what_the_headers_mean_is_remembered_for_the_layout(
    people: People, name_column: tuple[str, str]
) -> None:
    filling.ask(hand_in(people, "干部", "备注"), {1: name_column[0], 2: ""}, by=people["anquan"])
    again = filling.opened(hand_in(people, "干部", "备注"), by=people["anquan"])
    assert filling.proposed(again, by=people["anquan"]) == {1: name_column[0], 2: ""}
    assert BlankLayout.objects.count() == 1


def test_only_columns_of_the_list_are_filled_in(people: People) -> None:
    kept = hand_in(people, "干部", "备注")
    for chosen in ({1: "password"}, {1: "", 2: ""}):
        with pytest.raises(Refused):
            filling.ask(kept, chosen, by=people["anquan"])


def test_a_page_that_is_no_list_cannot_be_filled_from(people: People) -> None:
    with pytest.raises(Http404):
        filling.hand_in(Wanted("/me/", "", "", "xlsx"), blank("甲", "乙"), by=people["anquan"])


def test_another_person_cannot_open_what_their_own_list_refuses(people: People) -> None:
    kept = hand_in(people, "干部", "备注")
    seen = filling.opened(kept, by=people["lin_xian"]).chosen
    assert not seen.selection.rows.filter(pk=people["zhen"].pk).exists()


def test_from_the_list_to_the_job(people: People, name_column: tuple[str, str]) -> None:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(people["anquan"], backend=BACKEND)
    assert "Fill in a blank table" in client.get(STAFF).content.decode()
    file = SimpleUploadedFile("blank.xlsx", blank("序号", name_column[1]))
    answer = client.post("/fill/", {"file": file, "address": f"{STAFF}?"}, follow=True)
    assert name_column[1] in answer.content.decode()
    done = client.post("/fill/headers/", {"column_1": "#", "column_2": name_column[0]})
    assert done["Location"] == f"/jobs/{Job.objects.get(kind='fill_sheet').uuid}/"
    assert client.get("/fill/headers/")["Location"] == "/", "it was handed on"


def test_what_is_no_workbook_is_refused_on_the_page(people: People) -> None:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(people["anquan"], backend=BACKEND)
    answer = client.post("/fill/", {"file": SimpleUploadedFile("a.xlsx", b"no"), "address": STAFF})
    assert "choose an XLSX file without a password" in answer.content.decode()
