"""The archive ends: batches are deleted in time, digest and counts stay, strays go, and what is missing is an alarm."""

import datetime
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.inbox.models import Notice
from foundation.ledger.models import Entry
from foundation.ledger.record import read_body
from monitoring import retention
from monitoring.intake import archive, archive_store
from monitoring.models import Batch, Delivery
from tests.households.families import id_number
from tests.monitoring.feeds import delivered
from tests.people import COUNTY

People = dict[str, User]
Commit = Callable[..., object]
AFTER = datetime.date(2040, 1, 1)


def aid(people: People, **named: object) -> Delivery:
    row = {
        "身份证号": id_number("999901", datetime.date(1980, 3, 5), 1),
        "姓名": "沈立夏",
        "救助日期": "2026-10-05",
    }
    return delivered("temporary_aid", [row | {"金额": "800.00"}], by=people["xian"], **named)  # type: ignore[arg-type]


@pytest.fixture
def system(people: People) -> User:
    return User.objects.built_in("system")


@pytest.fixture
def later() -> Iterator[None]:
    with clock.at(AFTER):
        yield


def test_nothing_goes_before_its_last_day(
    people: People, system: User, django_capture_on_commit_callbacks: Commit
) -> None:
    batch = aid(people).batch
    for day, count in ((batch.kept_until, 0), (batch.kept_until + datetime.timedelta(days=1), 1)):
        with clock.at(day), django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
            assert retention.delete_due(by=system) == count
        assert archive.store().exists(batch.digest) is not bool(count)


def test_digest_and_counts_stay_and_the_record_tells(
    people: People, system: User, later: None, django_capture_on_commit_callbacks: Commit
) -> None:
    with clock.at(datetime.date(2026, 11, 4)):
        delivery = aid(people)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        retention.tidy(by=system)
    batch = Batch.objects.get()
    assert (batch.deleted_on, batch.rows) == (AFTER, 1)
    assert not archive.store().exists(batch.digest)
    body = read_body(Entry.objects.get(verb="batch.deleted"))
    assert (body["before"], body["details"]["rows"], body["area"]) == (batch.digest, 1, COUNTY)
    delivery.refresh_from_db()
    assert (delivery.rows_accepted, delivery.state) == (1, "accepted")
    assert retention.delete_due(by=system) == 0


def test_a_file_that_another_batch_names_stays(
    people: People, system: User, django_capture_on_commit_callbacks: Commit
) -> None:
    first, second = aid(people).batch, aid(people, period="2026-11").batch
    assert first.digest == second.digest
    Batch.objects.filter(pk=first.pk).update(kept_until="2026-11-03")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        assert retention.delete_due(by=system) == 1
    assert archive.store().exists(second.digest)


def test_what_no_batch_names_goes_after_a_day(people: People, system: User, tmp_path: Path) -> None:
    kept = aid(people).batch
    old, new = "a" * 64, "b" * 64
    for digest in (old, new):
        stray = tmp_path / digest
        stray.write_bytes(b"stray")
        archive.store().put(stray, digest)
    long_ago = 1_700_000_000
    for digest in (old, kept.digest):
        os.utime(archive.store().local(digest), (long_ago, long_ago))
    retention.tidy(by=system)
    assert [archive.store().exists(each) for each in (old, new, kept.digest)] == [False, True, True]


def test_a_batch_without_its_file_is_an_alarm(
    people: People, system: User, caplog: pytest.LogCaptureFixture
) -> None:
    batch = aid(people).batch
    archive.store().delete(batch.digest)
    retention.tidy(by=system)
    assert batch.digest in caplog.text
    told = Notice.objects.filter(kind="archive_batch_missing").values_list("recipient__username", flat=True)
    assert "xitong" in told
    assert not {"xian", "lin_xian", "yibao"} & set(told)


def test_the_command_reads_every_file(people: People, capsys: pytest.CaptureFixture[str]) -> None:
    batch, other = aid(people).batch, aid(people, period="2026-11").batch
    assert batch.digest == other.digest
    call_command("verify_archive", json=True)
    assert json.loads(capsys.readouterr().out) == {"batches": 2, "missing": [], "altered": []}
    archive.store().local(batch.digest).chmod(0o600)
    archive.store().local(batch.digest).write_bytes(b"altered")
    with pytest.raises(SystemExit) as ended:
        call_command("verify_archive", json=True)
    assert ended.value.code == 1
    assert json.loads(capsys.readouterr().out)["altered"] == [batch.digest, batch.digest]


def test_drafts_of_killed_processes_go_too(people: People, system: User) -> None:
    draft = archive_store.drafted()
    os.utime(draft, (1_700_000_000, 1_700_000_000))
    retention.tidy(by=system)
    assert not draft.exists()
    assert settings.ARCHIVE_INCOMING.exists()
