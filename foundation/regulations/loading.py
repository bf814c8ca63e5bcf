"""Bring the files of values into the table that runtime reads: idempotent by digest, history only appended."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.ledger.record import Act, record
from foundation.regulations.checks import check_expressions
from foundation.regulations.contents import FileError
from foundation.regulations.files import FOLDER, SubjectFile, fingerprint, read_folder
from foundation.regulations.models import Subject, Value
from foundation.regulations.models.values import WHOLE_COUNTRY, Origin
from foundation.regulations.revision import VALUES, hold, renew


@dataclass(slots=True)
class Loaded:
    """What a load did: digests of the files that differed, and how many values were made, mended, removed."""

    files: dict[str, str] = field(default_factory=dict)
    added: int = 0
    corrected: int = 0
    removed: int = 0


def load_shipped() -> None:
    """Load the shipped files as the platform itself; the step after every migration (AFTER_MIGRATE)."""
    load(by=User.objects.built_in("system"))


@transaction.atomic
def load(folder: Path = FOLDER, *, by: User) -> Loaded:
    """Load every file of `folder` that changed since the last load, and forget the subjects without a file.

    1. Read and check all files; nothing is written while one of them does not obey.
    2. Take the files whose digest differs; add, correct and remove their values; a used value stays or stops
       the load.
    3. Write one ledger entry with the digests, and let every process know.
    """
    files = read_folder(folder)
    check_expressions(files)
    hold(VALUES)
    known = dict(Subject.objects.values_list("key", "digest"))
    loaded = Loaded()
    for key, read in files.items():
        if known.get(key) != read.digest:
            _load_file(read, loaded)
    for key in known.keys() - files.keys():
        _forget(key, loaded)
    if loaded.files:
        renew(VALUES)
        _note(loaded, by)
    return loaded


def _load_file(read: SubjectFile, loaded: Loaded) -> None:
    """Make the subject and its values as the file says; values that say the same stay untouched."""
    Subject.objects.update_or_create(
        key=read.key, defaults={**read.subject, "file": read.name, "digest": read.digest}
    )
    loaded.files[read.name] = read.digest
    there = {_place(row): row for row in Value.objects.filter(subject=read.key, origin=Origin.SHIPPED)}
    for columns in read.values:
        row = there.pop((columns["area"], columns["population"], columns["from_day"]), None)
        _load_value(read, columns, row, loaded)
    for row in there.values():
        _refuse_if_used(read.name, row)
        row.delete()
        loaded.removed += 1


def _load_value(read: SubjectFile, columns: Mapping[str, Any], row: Value | None, loaded: Loaded) -> None:
    says = fingerprint(columns)
    if row is not None and row.fingerprint == says:
        return
    fresh = {
        **columns, "fingerprint": says, "file": read.name, "digest": read.digest, "loaded_on": clock.today(),
    }  # fmt: skip
    if row is None:
        Value.objects.create(subject_id=read.key, origin=Origin.SHIPPED, **fresh)
        loaded.added += 1
        return
    _refuse_if_used(read.name, row)
    Value.objects.filter(pk=row.pk).update(**fresh)
    loaded.corrected += 1


def _refuse_if_used(file: str, row: Value) -> None:
    if row.used_on is not None:
        raise FileError(
            file,
            f"the value of {row.area or 'the country'} from {row.from_day}",
            f"was used on {row.used_on} and cannot change: restore it as it was, "
            "and write a new [[value]] with its own day",
        )


def _forget(key: str, loaded: Loaded) -> None:
    """Remove a subject whose file is gone, unless one of its values was used or set by an area."""
    subject = Subject.objects.get(pk=key)
    if subject.values.filter(origin=Origin.LOCAL).exists() or subject.proposals.exists():
        raise FileError(
            subject.file, "the file", "is gone, but areas have set values of their own: restore it"
        )
    for row in subject.values.all():
        _refuse_if_used(subject.file, row)
    loaded.removed += subject.values.count()
    subject.values.all().delete()
    subject.delete()
    loaded.files[subject.file] = "removed"


def _place(row: Value) -> tuple[str, str, Any]:
    return row.area, row.population, row.from_day


def _note(loaded: Loaded, by: User) -> None:
    """Write one entry for the whole load: which files, in which version."""
    day = clock.today()
    record(
        Act(
            "regulations.loaded",
            "regulations",
            "shipped",
            day,
            day,
            area="",
            details={
                "files": loaded.files,
                "added": loaded.added,
                "corrected": loaded.corrected,
                "removed": loaded.removed,
            },
        ),
        by=by.authority(Right.APPROVE_VALUES, WHOLE_COUNTRY),
    )
