"""Loading the files: again and again with the same outcome, and never against what was used."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.ledger.models import Entry
from foundation.ledger.record import read_body
from foundation.regulations.contents import FileError
from foundation.regulations.files import FOLDER
from foundation.regulations.loading import load
from foundation.regulations.lookup import book, mark_used, value
from foundation.regulations.models import Subject, Value
from tests.foundation.regulations.test_files import GOOD, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The shipped files and one more."""
    for path in FOLDER.glob("*/*.toml"):
        write(tmp_path, path.read_text(encoding="utf-8"), path.relative_to(FOLDER).as_posix())
    return write(tmp_path, GOOD)


@pytest.fixture
def shell() -> User:
    return User.objects.built_in("shell")


def test_loading_twice_changes_nothing(folder: Path, shell: User) -> None:
    first = load(folder, by=shell)
    assert (list(first.files), first.added) == (["lines/line.toml"], 1)
    again = load(folder, by=shell)
    assert (again.files, again.added, again.corrected, again.removed) == ({}, 0, 0, 0)
    (entry,) = Entry.objects.filter(verb="regulations.loaded", actor="shell")
    assert read_body(entry)["details"]["files"] == first.files


def test_an_unused_value_is_corrected_by_its_file(folder: Path, shell: User) -> None:
    load(folder, by=shell)
    assert str(value("line", area="9999").amount) == "7000.5"
    write(folder, GOOD.replace("7_000.5", "7_100"))
    assert load(folder, by=shell).corrected == 1
    assert value("line", area="9999").amount == 7100


def test_a_used_value_stops_the_load_and_says_what_to_do(folder: Path, shell: User) -> None:
    load(folder, by=shell)
    mark_used(value("line", area="9999"))
    for changed in (GOOD.replace("7_000.5", "7_100"), GOOD[: GOOD.index("[[value]]")]):
        write(folder, changed)
        with pytest.raises(FileError, match=r"was used on 2026-11-04 and cannot change: restore it"):
            load(folder, by=shell)
    later = GOOD[GOOD.index("[[value]]") :].replace("from = 2024", "from = 2025").replace("7_000.5", "7_100")
    write(folder, GOOD + "\n" + later)
    assert load(folder, by=shell).added == 1
    assert value("line", area="9999").amount == 7100


def test_the_database_itself_keeps_a_used_value(folder: Path, shell: User) -> None:
    load(folder, by=shell)
    used = value("line", area="9999")
    mark_used(used)
    rows = Value.objects.filter(pk=used.value.pk)  # type: ignore[union-attr]
    for change in (lambda: rows.update(amount=1), lambda: rows.update(used_on=None), rows.delete):
        with pytest.raises(DatabaseError, match="was used on"), transaction.atomic():
            change()


def test_a_file_that_is_gone_takes_its_subject_with_it(folder: Path, shell: User) -> None:
    load(folder, by=shell)
    (folder / "lines/line.toml").unlink()
    load(folder, by=shell)
    assert not Subject.objects.filter(pk="line").exists()
    assert "line" not in book().subjects


def test_nothing_is_written_while_one_file_does_not_obey(folder: Path, shell: User) -> None:
    write(folder, GOOD.replace("amount", "amuont"))
    with pytest.raises(FileError):
        load(folder, by=shell)
    assert not Subject.objects.filter(pk="line").exists()


def test_the_command_reads_any_folder_and_loads_only_the_shipped_one(folder: Path, capsys: object) -> None:
    call_command("load_regulations", str(folder), "--check")
    files = len(list(folder.rglob("*.toml")))
    assert f"{files} files" in capsys.readouterr().out  # type: ignore[attr-defined]
    with pytest.raises(CommandError, match="--check"):
        call_command("load_regulations", str(folder))
    write(folder, GOOD.replace("amount", "amuont"))
    with pytest.raises(CommandError, match="amuont"):
        call_command("load_regulations", str(folder), "--check")
    call_command("load_regulations")
    assert "0 files differed" in capsys.readouterr().out  # type: ignore[attr-defined]


def test_a_person_cannot_load_for_the_whole_country(people: dict[str, User], folder: Path) -> None:
    with pytest.raises(Refused):
        load(folder, by=people["shending"])
