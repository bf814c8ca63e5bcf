"""Pages of long work: who sees what, live progress, cancel, try again, rejected rows."""

import datetime
import io
import uuid
from collections.abc import Callable

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from foundation.accounts.models import Area, Posting, User
from foundation.accounts.refusals import Refused
from foundation.jobs.models import Chunk, Job, Pulse, State
from foundation.jobs.running import run_here
from foundation.ledger.models import Entry
from tests.people import COUNTY, VILLAGE

ENGLISH = {"accept-language": "en"}
AREAS = f"行政区划代码,名称\n{COUNTY}003,新镇\n12,别省\n"
LONG_AGO = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
LATER = datetime.datetime(2099, 1, 1, tzinfo=datetime.UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path, monkeypatch) -> None:
    settings.VAR, settings.KEYS_DIR = tmp_path, tmp_path / "keys"
    monkeypatch.setattr("foundation.jobs.doorbell.ring", lambda job, times=1: True)


@pytest.fixture
def hand_in(signed_in: Callable[..., Client]) -> Callable[..., Job]:
    def send(content: bytes = AREAS.encode(), *, by: str = "xitong", what: str = "areas") -> Job:
        file = SimpleUploadedFile("甲乙.csv", content)
        answer = signed_in(by).post(f"/jobs/import-{what}/", {"file": file}, headers=ENGLISH)
        assert answer.status_code == 302, answer.content.decode()
        return Job.objects.latest("pk")

    return send


def staff_book(*rows: tuple[str, ...]) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in (("姓名", "登录名", "角色", "行政区划代码"), *rows):
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def page(client: Client, address: str) -> str:
    answer = client.get(address, headers=ENGLISH)
    assert answer.status_code == 200
    return answer.content.decode()


def test_areas_handed_in_by_page_are_imported_and_told(hand_in, signed_in) -> None:
    job = hand_in()
    assert "waiting for a worker" in page(signed_in("xitong"), f"/jobs/{job.uuid}/")
    run_here(job)
    assert Area.objects.get(code=f"{COUNTY}003").name == "新镇"
    told = page(signed_in("xitong"), f"/jobs/{job.uuid}/")
    assert "1 new, 0 renamed, 0 unchanged, 1 rejected" in told
    assert Entry.objects.filter(verb="area.imported").count() == 1


def test_the_rejected_rows_are_for_who_asked_alone(hand_in, signed_in) -> None:
    job = run_here(hand_in())
    address = f"/jobs/{job.uuid}/rejects/"
    answer = signed_in("xitong").get(address)
    assert "别省" in b"".join(answer.streaming_content).decode("utf-8-sig")
    assert signed_in("lingdao").get(address).status_code == 404
    assert "Rejected rows" not in page(signed_in("lingdao"), f"/jobs/{job.uuid}/")


def test_staff_take_two_administrators_and_the_same_file(hand_in) -> None:
    book = staff_book(("谷雨", "guyu", "网格员", VILLAGE))
    run_here(hand_in(book, by="xitong", what="staff"))
    assert User.objects.get(username="guyu").name == "谷雨"
    assert not Posting.objects.filter(user__username="guyu").exists()
    job = run_here(hand_in(book, by="anquan", what="staff"))
    assert job.result["postings_granted"] == 1
    assert Entry.objects.filter(verb="staff.imported").count() == 2  # one for each hand-in


def test_nothing_personal_stands_in_the_job_or_its_file(hand_in, settings) -> None:
    job = hand_in(staff_book(("谷雨", "guyu", "网格员", VILLAGE)), what="staff")
    assert set(job.params) == {"sha256", "size"}
    kept = (settings.VAR / "uploads/spool" / job.spooled).read_bytes()
    assert b"PK" not in kept[:64]


def test_the_same_file_sent_twice_is_one_job(hand_in, settings) -> None:
    assert hand_in().pk == hand_in().pk
    assert Job.objects.count() == 1
    assert len(list((settings.VAR / "uploads/spool").iterdir())) == 1


def test_a_file_that_is_no_table_ends_in_a_sentence(hand_in, signed_in) -> None:
    job = hand_in(b"\x00\x01\x02", what="staff")
    with pytest.raises(Refused):
        run_here(job)
    job.refresh_from_db()
    assert job.state == State.FAILED
    told = page(signed_in("xitong"), f"/jobs/{job.uuid}/")
    assert job.error in told
    assert "Try again" in told


def test_no_file_too_large_a_file_and_no_right_are_told(signed_in, settings) -> None:
    settings.IMPORT_LARGEST = 1000
    client = signed_in("xitong")
    for sent in ({}, {"file": SimpleUploadedFile("a.csv", b"x" * 2000)}):
        told = client.post("/jobs/import-areas/", sent, headers=ENGLISH).content.decode()
        assert "Choose a file" in told
    assert signed_in("cun").get("/jobs/import-areas/").status_code == 403
    assert signed_in("cun").get("/jobs/import-staff/").status_code == 403
    assert not Job.objects.exists()


def test_one_sees_ones_own_jobs_and_those_of_the_areas_one_looks_after(hand_in, signed_in) -> None:
    job = hand_in()
    for username, status in {"xitong": 200, "lingdao": 200, "shi": 200, "cun": 404, "lin_xian": 404}.items():
        client = signed_in(username)
        for address in ("", "progress/", "cancel/"):
            assert client.get(f"/jobs/{job.uuid}/{address}").status_code == status
        assert (str(job.uuid) in page(client, "/jobs/")) == (status == 200)
    assert signed_in("xitong").get(f"/jobs/{uuid.uuid4()}/").status_code == 404


def test_progress_polls_while_the_job_runs_and_loads_the_page_anew_at_its_end(hand_in, signed_in) -> None:
    job = hand_in()
    Job.objects.filter(pk=job.pk).update(state=State.RUNNING, phase="work", total=10)
    Chunk.objects.create(job=job, number=1, rows=10, rows_done=4, seconds=2, state=State.RUNNING)
    client = signed_in("xitong")
    shown = client.get(f"/jobs/{job.uuid}/progress/", headers=ENGLISH)
    assert 'hx-trigger="every 2s"' in shown.content.decode()
    assert '<progress value="4" max="10">' in shown.content.decode()
    assert "2 rows a second" in shown.content.decode()
    Job.objects.filter(pk=job.pk).update(state=State.CANCELLED, finished_at="2026-11-04T00:00Z")
    ended = client.get(f"/jobs/{job.uuid}/progress/", headers=ENGLISH)
    assert ended.headers["HX-Refresh"] == "true"
    assert "hx-trigger" not in ended.content.decode()


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ({"lease_until": LATER, "attempts": 1}, ""),
        ({"lease_until": LATER, "attempts": 2}, "another has taken the work up again. A file is taken whole"),
        ({"lease_until": LATER, "attempts": 2, "error": "No."}, ""),
        ({"lease_until": LONG_AGO, "attempts": 1}, "No sign of the worker since 07:59:30."),
        ({"lease_until": LONG_AGO, "attempts": 2, "rows_done": 4}, "What is written stays"),
    ],
)
def test_a_worker_that_fell_silent_is_told_and_so_is_who_took_over(hand_in, signed_in, part, told) -> None:
    job = hand_in()
    Job.objects.filter(pk=job.pk).update(state=State.RUNNING, phase="work", total=10)
    Chunk.objects.create(job=job, number=1, rows=10, state=State.RUNNING, **part)
    shown = " ".join(page(signed_in("xitong"), f"/jobs/{job.uuid}/progress/").split())
    assert told in shown
    assert ("No sign of the worker" in shown or "another has taken" in shown) == bool(told)


def test_a_worker_in_a_long_transaction_gives_its_sign_by_the_pulse(hand_in, signed_in) -> None:
    job = hand_in()
    Job.objects.filter(pk=job.pk).update(state=State.RUNNING, phase="work", total=10)
    chunk = Chunk.objects.create(job=job, number=1, rows=10, state=State.RUNNING, lease_until=LONG_AGO)
    Pulse.objects.create(chunk=chunk, fence=chunk.fence, rows_seen=0, seconds=1)
    assert "No sign" not in page(signed_in("xitong"), f"/jobs/{job.uuid}/progress/")


def test_cancelling_asks_first_and_only_who_may_do_the_work_can(hand_in, signed_in) -> None:
    job = hand_in()
    address = f"/jobs/{job.uuid}/cancel/"
    assert "What is done so far stays." in page(signed_in("xitong"), address)
    told = signed_in("lingdao").post(address, headers=ENGLISH).content.decode()
    assert "You have no right to do this here" in told
    signed_in("xitong").post(address)
    job.refresh_from_db()
    assert job.state == State.CANCELLED
    assert "Cancel this job" not in page(signed_in("xitong"), f"/jobs/{job.uuid}/")


def test_a_failed_job_is_tried_again_by_a_press(hand_in, signed_in) -> None:
    job = hand_in()
    Job.objects.filter(pk=job.pk).update(state=State.FAILED, finished_at="2026-11-04T00:00Z", error="No.")
    signed_in("xitong").post(f"/jobs/{job.uuid}/retry/")
    job.refresh_from_db()
    assert job.state == State.QUEUED
    told = signed_in("xitong").post(f"/jobs/{job.uuid}/retry/", headers=ENGLISH).content.decode()
    assert "Only a job that failed" in told


def test_an_empty_list_says_how_jobs_get_there(signed_in) -> None:
    assert "Imports and large exports stand here" in page(signed_in("cun"), "/jobs/")
    assert "Import areas" not in page(signed_in("cun"), "/jobs/")
