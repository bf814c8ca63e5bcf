"""Exports: the rows of the page and no other, by who may see it, on the record, within a limit."""

import csv
import datetime
import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from django.http import HttpResponse
from django.test import Client

from foundation.accounts.models import Area, Posting, User
from foundation.accounts.refusals import Refused
from foundation.desk import exports
from foundation.desk.exports import Wanted
from foundation.desk.models import GrantProposal
from foundation.jobs.models import Job
from foundation.ledger.models import Entry
from foundation.ledger.record import read_body
from tests.foundation.files.conftest import own_folders
from tests.people import NEIGHBOUR_VILLAGE, VILLAGE

__all__ = ["own_folders"]
Ask = Callable[..., HttpResponse]


@pytest.fixture
def proposals(people: dict[str, User], areas: dict[str, Area]) -> list[GrantProposal]:
    """Three proposals in the village, one next door."""
    return make_proposals(people, areas, 3)


def make_proposals(people: dict[str, User], areas: dict[str, Area], count: int) -> list[GrantProposal]:
    return GrantProposal.objects.bulk_create(
        GrantProposal(
            user=people["bangfu"],
            role="helper",
            area=areas[NEIGHBOUR_VILLAGE if number == count else VILLAGE],
            from_day=datetime.date(2026, 11, 4),
            state="refused" if number == 0 else "proposed",
            proposed_by=people["anquan"],
        )
        for number in range(count + 1)
    )


@pytest.fixture
def ask(client: Client, people: dict[str, User]) -> Ask:
    """Press the button below the list at an address."""

    def press(address: str = "/grants/", who: str = "zhen", form: str = "csv") -> HttpResponse:
        client.force_login(people[who])
        return client.post("/export/", {"address": address, "form": form})

    return press


def lines(answer: HttpResponse) -> list[list[str]]:
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.reader(io.StringIO(text)))


def test_a_list_leaves_as_its_page_shows_it(ask: Ask, proposals: list[GrantProposal]) -> None:
    answer = ask()
    head, columns, *rows, foot = lines(answer)
    assert "zhen（zhen）· 青石镇 · " in head[0]
    assert columns[0] == "工作人员"
    assert len(rows) == 3
    assert {row[2] for row in rows} == {"石桥村"}
    assert foot[0].endswith("共 3 行")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_workbook_opens_with_another_program(ask: Ask, proposals: list[GrantProposal]) -> None:
    content = b"".join(ask(form="xlsx").streaming_content)  # type: ignore[attr-defined]
    (sheet,) = openpyxl.load_workbook(io.BytesIO(content)).worksheets
    assert sheet.max_row == 7
    assert str(sheet["D3"].value) == "2026-11-04 00:00:00"


def test_filters_and_sorting_are_those_of_the_page(ask: Ask, proposals: list[GrantProposal]) -> None:
    head, _columns, *rows, _foot = lines(ask("/grants/?state=refused&sort=-state"))
    assert len(rows) == 1
    assert "状态 = " in head[0]
    assert len(lines(ask("/grants/?state=refused&not=state"))) == 3 + 2
    assert len(lines(ask("/grants/?after=forged&state=nonsense"))) == 3 + 3


def test_the_place_in_the_pages_counts_for_nothing(
    ask: Ask, client: Client, people: dict[str, User], areas: dict[str, Area]
) -> None:
    make_proposals(people, areas, 60)
    client.force_login(people["zhen"])
    page = client.get("/grants/").content.decode()
    following = page.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    assert len(lines(ask(following))) == 60 + 3


@pytest.mark.parametrize(("who", "rows"), [("shi", 4), ("xian", 3), ("lin_zhen", 1)])
def test_everybody_takes_out_their_own_areas_only(
    ask: Ask, proposals: list[GrantProposal], who: str, rows: int
) -> None:
    assert len(lines(ask(who=who))) == rows + 3


def test_the_area_looked_at_narrows_the_export_too(
    ask: Ask, client: Client, people: dict[str, User], areas: dict[str, Area], proposals: list[GrantProposal]
) -> None:
    Posting.objects.create(
        user=people["zhen"],
        role="township_verifier",
        area=areas["999902001"],
        from_day=datetime.date(2026, 1, 1),
    )
    assert len(lines(ask())) == 4 + 3
    client.post("/look-at-area/", {"area": "999902001"})
    head, *rest = lines(client.post("/export/", {"address": "/grants/", "form": "csv"}))
    assert len(rest) == 1 + 2
    assert "东山镇" in head[0]
    assert "青石镇" not in head[0]


@pytest.mark.parametrize("who", ["shenjiyuan", "wangge"])
def test_the_door_of_the_list_is_the_door_of_its_export(
    ask: Ask, proposals: list[GrantProposal], who: str
) -> None:
    assert ask(who=who).status_code == 403
    assert not Entry.objects.filter(verb="list.exported").exists()


@pytest.mark.parametrize(
    "address",
    [
        "",
        "/",
        "/me/",
        "/no/such/page/",
        "/export/",
        "https://evil.example/grants/",
        "//evil.example/",
        "\\\\evil",
        "/healthz/",
    ],
)
def test_what_is_no_list_is_not_found(ask: Ask, address: str) -> None:
    assert ask(address).status_code == 404


def test_it_takes_a_press(ask: Ask, client: Client, people: dict[str, User]) -> None:
    client.force_login(people["zhen"])
    assert client.get("/export/", {"address": "/grants/"}).status_code == 405
    assert ask(form="exe").status_code == 404


def test_the_ledger_says_which_list_filters_and_how_many_rows(
    ask: Ask, proposals: list[GrantProposal]
) -> None:
    answer = ask("/grants/?state=refused")
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    entry = Entry.objects.get(verb="list.exported")
    details = read_body(entry)["details"]
    assert (entry.object_id, entry.role, entry.area) == ("grants", "township_verifier", "999901001")
    assert (details["rows"], details["filters"], details["form"]) == (1, {"state": "=refused"}, "csv")
    assert details["bytes"] == len(content)


def test_what_was_typed_into_a_filter_is_only_committed_to(ask: Ask) -> None:
    b"".join(ask("/areas/?q=石桥", who="xian").streaming_content)  # type: ignore[attr-defined]
    entry = Entry.objects.get(verb="list.exported")
    assert "石桥" not in bytes(entry.body).decode()
    assert read_body(entry)["details"]["filters"] == {"q": "="}
    assert read_body(entry)["commitment"]


def test_no_more_than_the_role_may_take_out(
    ask: Ask, proposals: list[GrantProposal], settings, client: Client
) -> None:
    settings.EXPORT_ROWS_MOST_BY_ROLE = {"county_dispatcher": 3}
    settings.EXPORT_ROWS_MOST = 2
    answer = ask()
    assert (answer.status_code, answer.headers["Location"]) == (302, "/grants/?")
    assert "最多可导出 2 行" in client.get("/grants/").content.decode()
    assert ask(who="xian").status_code == 200
    assert Entry.objects.filter(verb="list.exported").count() == 1


def test_nothing_of_it_stays_on_the_disk(ask: Ask, proposals: list[GrantProposal], own_folders: Path) -> None:
    for form in ("csv", "xlsx"):
        b"".join(ask(form=form).streaming_content)  # type: ignore[attr-defined]
    assert [path for path in (own_folders / "incoming").rglob("*") if path.is_file()] == []


def test_who_loses_the_post_meanwhile_gets_no_list(
    people: dict[str, User], areas: dict[str, Area], own_folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "STEP", 10)
    make_proposals(people, areas, 30)
    wanted = Wanted("/grants/", "", "", "csv")
    chosen = exports.select(wanted, by=people["zhen"])

    def end_the_post(done: int, _total: int) -> None:
        if done == 20:
            people["zhen"].postings.update(until_day=datetime.date(2026, 11, 3))

    with pytest.raises(Refused, match="权限刚刚发生变化"):
        exports.write(wanted, chosen, by=people["zhen"], progress=end_the_post)
    assert list((own_folders / "incoming").iterdir()) == []


def test_a_long_list_is_asked_for_as_a_job_once(
    ask: Ask,
    proposals: list[GrantProposal],
    settings,
    people: dict[str, User],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("foundation.jobs.doorbell.ring", lambda job, times=1: True)
    settings.EXPORT_ROWS_AT_ONCE = 1
    first, again = ask("/grants/?state=proposed"), ask("/grants/?state=proposed")
    job = Job.objects.get()
    assert first.headers["Location"] == again.headers["Location"] == f"/jobs/{job.uuid}/"
    assert job.asked_by == people["zhen"]
    assert job.params == {"table": "grants", "form": "csv", "rows": 2}
