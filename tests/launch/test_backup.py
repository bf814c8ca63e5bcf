"""A backup brings everything back, and nothing that is wrong with it goes unnoticed."""

import tarfile
from pathlib import Path

import pytest

from launch.sealed import seal, unseal
from launch.sentences import Stop
from tests.launch.trial import PASSPHRASE, Trial

pytestmark = pytest.mark.timeout(300)  # real starts, perhaps on a busy machine

TYPES = "from django.contrib.contenttypes.models import ContentType as C; "
MAKE = TYPES + "C.objects.create(model='张三')"
COUNT = TYPES + "print(C.objects.filter(model='张三').count())"
# An entry of the record as it was written 181 days ago: longer than the law asks that records are kept (L14).
OLD = "; ".join([
    "", "import datetime as d", "from unittest import mock", "from django.utils import timezone",
    "from foundation.ledger.record import Act, Actor, record", "then = timezone.now() - d.timedelta(days=181)",
    "mock.patch('foundation.ledger.record.timezone.now', return_value=then).start()",
    "record(Act('test.kept', 'test', '181', then.date(), then.date()), by=Actor('staff:1'))",
])  # fmt: skip
READ = "; ".join([
    "", "from foundation.ledger.models import Entry", "from django.utils import timezone",
    "old = Entry.objects.filter(object_id='181').first()",
    "print((timezone.now() - old.recorded_at).days, b'test.kept' in bytes(old.body))",
])  # fmt: skip


def _filled(known: Trial) -> Path:
    known.ask(MAKE + OLD)
    for name in ("archive/ab/one.parquet", "uploads/两.jpg"):
        path = known.var / name
        path.parent.mkdir(parents=True)
        path.write_text(f"content of {name}")
    (known.folder / "away").mkdir()
    file = known.folder / "away" / "shouwang.tar"
    done = known.run("backup", str(file))
    assert done.returncode == 0, done.stderr
    return file


def test_destroyed_and_restored(known: Trial) -> None:
    """L14: what was destroyed is there again, an entry of the record of 181 days ago with it."""
    file = _filled(known)
    key = (known.var / "keys" / "secret_key").read_bytes()
    assert file.stat().st_mode & 0o777 == 0o600
    with tarfile.open(file) as tar:
        assert sorted(tar.getnames()) == [
            "database.sql",
            "files/archive/ab/one.parquet",
            "files/uploads/两.jpg",
            "manifest.json",
        ]
        dump = tar.extractfile("database.sql")
        assert dump is not None
        assert "CREATE TABLE public.django_content_type" in dump.read().decode()
    assert key.strip() not in file.read_bytes() + file.with_name("shouwang.tar.keys").read_bytes()

    assert "say --yes" in known.run("reset").stderr
    assert known.run("reset", "--yes").returncode == 0
    assert not (known.var / "pg18").exists()
    assert known.ask(COUNT) == "0"
    assert (known.var / "keys" / "secret_key").read_bytes() != key

    # The data are there again, so the question is asked; a script says --yes.
    assert "say --yes" in known.run("restore", str(file)).stderr
    done = known.run("restore", str(file), "--yes")
    assert done.returncode == 0, done.stderr
    assert known.ask(COUNT + READ).split("\n") == ["1", "181 True"]
    assert (known.var / "keys" / "secret_key").read_bytes() == key
    assert (known.var / "archive/ab/one.parquet").read_text() == "content of archive/ab/one.parquet"
    assert (known.var / "uploads/两.jpg").read_text() == "content of uploads/两.jpg"
    # The application may write again: its rights came back with the tables.
    assert known.ask(MAKE.replace("张三", "李四")) == ""


def test_a_bad_backup_changes_nothing(known: Trial) -> None:
    file = _filled(known)
    known.ask(MAKE.replace("张三", "王五"))
    wrong = known.run("restore", str(file), "--yes", SHOUWANG_BACKUP_PASSPHRASE="not the passphrase")
    assert "The passphrase does not open" in wrong.stderr

    whole = file.read_bytes()
    file.write_bytes(whole.replace(b"content of archive", b"CONTENT of archive"))
    assert "was changed or damaged" in known.run("restore", str(file), "--yes").stderr
    file.write_bytes(whole[: len(whole) // 2])
    assert "is not a whole backup" in known.run("restore", str(file), "--yes").stderr
    with tarfile.open(file, "w") as tar:
        tar.addfile(tarfile.TarInfo("../outside"))
    assert "which no backup has" in known.run("restore", str(file), "--yes").stderr

    assert known.ask(COUNT.replace("张三", "王五")) == "1"
    assert (known.var / "archive/ab/one.parquet").read_text() == "content of archive/ab/one.parquet"


def test_what_a_backup_asks_for(known: Trial, tmp_path: Path) -> None:
    assert (
        "has fewer than 12"
        in known.run("backup", str(tmp_path / "b"), SHOUWANG_BACKUP_PASSPHRASE="short").stderr
    )
    assert "lies inside the data" in known.run("backup", str(known.var / "b")).stderr
    assert "There is no folder" in known.run("backup", str(tmp_path / "no" / "b")).stderr
    assert "one of them is not there" in known.run("restore", str(tmp_path / "b"), "--yes").stderr
    assert list(tmp_path.glob("*.part")) == []


def test_keys_open_with_their_passphrase_and_their_backup_only(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_bytes(b"much to hide")
    sealed = seal(tmp_path, "backup-1", PASSPHRASE)
    assert b"much to hide" not in sealed
    assert unseal(sealed, "backup-1", PASSPHRASE, "f") == {"secret_key": b"much to hide"}
    for attempt, words in (
        ((sealed, "backup-2", PASSPHRASE), "belongs to another backup"),
        ((sealed, "backup-1", PASSPHRASE + "!"), "passphrase does not open"),
        ((sealed.replace(b"backup-1", b"backup-2"), "backup-2", PASSPHRASE), "or the file was changed"),
        ((sealed[:-1], "backup-1", PASSPHRASE), "or the file was changed"),
        ((b"garbage", "backup-1", PASSPHRASE), "does not hold the keys"),
        (
            (sealed.replace(b'"n": 131072', b'"n": 1073741824'), "backup-1", PASSPHRASE),
            "does not hold the keys",
        ),
    ):
        with pytest.raises(Stop, match=words):
            unseal(*attempt, "f")
