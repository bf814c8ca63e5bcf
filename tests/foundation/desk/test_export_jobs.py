"""Long exports: written by a job with progress, fetched by who asked and nobody else, begun again after a kill."""

import csv
import io
import resource
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.db import connection
from django.test import Client, override_settings

from foundation.accounts.models import Area, User
from foundation.accounts.refusals import Refused
from foundation.desk import export_jobs, exports
from foundation.desk.exports import Wanted
from foundation.desk.models import GrantProposal
from foundation.jobs import asking, spool
from foundation.jobs.models import Chunk, Job, State
from foundation.jobs.running import one_slice, run_here
from foundation.ledger.models import Entry
from tests.foundation.desk.test_exports import make_proposals
from tests.foundation.files.conftest import own_folders
from tests.people import make_areas, make_people

__all__ = ["own_folders"]


@pytest.fixture
def county(own_database: str, tmp_path: Path) -> Iterator[tuple[dict[str, User], dict[str, Area]]]:
    """People and areas, committed; files and spool of the test's own; nobody rings."""
    ring = mock.patch("foundation.jobs.doorbell.ring", return_value=True)
    with ring, override_settings(VAR=tmp_path, EXPORT_ROWS_AT_ONCE=2, JOB_BACKOFF_SECONDS=0.01):
        areas = make_areas()
        yield make_people(areas), areas


def asked(by: User, form: Any = "csv") -> Job:
    wanted = Wanted("/grants/", "", "", form)
    return export_jobs.ask(wanted, exports.select(wanted, by=by), by=by)


def test_a_long_list_is_written_fetched_and_on_the_record(county: Any, client: Client) -> None:
    people, areas = county
    make_proposals(people, areas, 50)
    job = run_here(asked(people["zhen"]))
    assert job.state == State.DONE
    assert job.result == {"rows": 50}
    assert (job.spooled, bool(job.rejects)) == ("", True)
    client.force_login(people["zhen"])
    page = client.get(f"/jobs/{job.uuid}/").content.decode()
    assert "文件共 50 行" in page
    assert f"/jobs/{job.uuid}/rejects/" in page
    answer = client.get(f"/jobs/{job.uuid}/rejects/")
    assert answer.headers["Content-Disposition"].endswith('.csv"')
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert len(list(csv.reader(io.StringIO(text)))) == 53
    assert Entry.objects.get(verb="list.exported").actor == f"staff:{people['zhen'].pk}"


def test_nobody_else_fetches_it(county: Any, client: Client) -> None:
    people, areas = county
    make_proposals(people, areas, 5)
    job = run_here(asked(people["zhen"]))
    for who in ("lingdao", "xitong", "lin_zhen", "cun"):
        client.force_login(people[who])
        assert client.get(f"/jobs/{job.uuid}/rejects/").status_code == 404


def test_what_was_typed_rests_sealed(county: Any, tmp_path: Path) -> None:
    people, _areas = county
    wanted = Wanted("/areas/", "q=%E7%9F%B3%E6%A1%A5", "", "xlsx")
    job = export_jobs.ask(wanted, exports.select(wanted, by=people["xian"]), by=people["xian"])
    assert "E7%9F" not in str(job.params)
    assert Wanted.load(spool.read(job.spooled)) == wanted
    assert all(b"q=%E7" not in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_a_kill_before_the_end_leaves_nothing_and_the_next_worker_begins_again(
    county: Any, own_folders: Path
) -> None:
    people, areas = county
    make_proposals(people, areas, 30)
    job = asked(people["zhen"])

    class Killed(BaseException):
        pass

    with mock.patch("foundation.desk.exports.record_export", side_effect=Killed), pytest.raises(Killed):
        run_here(job)
    job.refresh_from_db()
    assert (job.state, job.rejects) == (State.RUNNING, "")
    assert not Entry.objects.filter(verb="list.exported").exists()
    Chunk.objects.update(lease_until="2000-01-01T00:00Z")
    assert run_here(job).result == {"rows": 30}
    assert Entry.objects.filter(verb="list.exported").count() == 1
    assert [path for path in (own_folders / "incoming").rglob("*") if path.is_file()] == []


def test_it_stops_when_its_asker_cancels(
    county: Any, monkeypatch: pytest.MonkeyPatch, own_folders: Path
) -> None:
    people, areas = county
    make_proposals(people, areas, 30)
    monkeypatch.setattr(exports, "STEP", 10)
    monkeypatch.setattr("foundation.jobs.steps.SECONDS_BETWEEN_LOOKS", 0)
    job = asked(people["zhen"])
    write = exports.write

    def cancelled_meanwhile(*args: Any, **options: Any) -> Any:
        asking.cancel(job, by=people["zhen"])
        return write(*args, **options)

    with mock.patch("foundation.desk.exports.write", cancelled_meanwhile):
        one_slice(str(job.uuid))
    job.refresh_from_db()
    assert (job.state, job.rejects) == (State.CANCELLED, "")
    assert not Entry.objects.filter(verb="list.exported").exists()
    assert [path for path in (own_folders / "incoming").rglob("*") if path.is_file()] == []


def test_who_lost_the_post_before_the_work_began_gets_a_sentence(county: Any) -> None:
    people, areas = county
    make_proposals(people, areas, 5)
    job = asked(people["zhen"])
    people["zhen"].postings.update(until_day="2026-11-03")
    with pytest.raises(Refused, match="权限刚刚发生变化"):
        run_here(job)
    job.refresh_from_db()
    assert job.state == State.FAILED
    assert not job.rejects


@pytest.mark.slow
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_a_hundred_thousand_rows_take_no_more_memory_than_a_few(county: Any, form: str) -> None:
    people, areas = county
    make_proposals(people, areas, 2_500)
    _draft, few = exports.write(*_chosen(people, form), by=people["xian"])
    _draft.discard()
    _forty_times_as_many()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    draft, many = exports.write(*_chosen(people, form), by=people["xian"])
    draft.discard()
    assert (few, many) == (2_500, 100_000)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 25 * 1024  # kilobytes


def _forty_times_as_many() -> None:
    """Copy every proposal 39 times, in the database."""
    columns = ", ".join(
        field.column for field in GrantProposal._meta.concrete_fields if not field.primary_key
    )
    table = GrantProposal._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {table}, generate_series(1, 39)"
        )


def _chosen(people: dict[str, User], form: Any) -> tuple[Wanted, exports.List]:
    wanted = Wanted("/grants/", "", "", form)
    return wanted, exports.select(wanted, by=people["xian"])
