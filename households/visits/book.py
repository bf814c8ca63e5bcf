"""The book of questionnaires: shipped declarations come into the table once and never change there.

A new set of questions is a new file with the next version and its own first day; visits keep the version they were
asked by, also when its file is gone.
"""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import replace
from functools import lru_cache

from django.db import transaction

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.accounts.scope import WHOLE_COUNTRY
from foundation.ledger.record import Act, record
from foundation.regulations.contents import FileError
from households.models import Questionnaire
from households.visits.questionnaires import Declared
from households.visits.reading import read_folder, read_text

#: What is asked where nobody chose: the short one.
USUAL = "call"


def load_shipped() -> None:
    """Bring the shipped questionnaires into the table, as the platform itself (AFTER_MIGRATE)."""
    declare(read_folder(), by=User.objects.built_in("system"))


@transaction.atomic
def declare(declared: Iterable[Declared], *, by: User) -> list[str]:
    """Add the versions that are new; returns their names. FileError where a version is there with another text."""
    known = {(row.code, row.version): row.digest for row in Questionnaire.objects.all()}
    added: dict[str, str] = {}
    for each in declared:
        name, before = f"{each.code}.{each.version}", known.get((each.code, each.version))
        if before is None:
            Questionnaire.objects.create(
                code=each.code,
                version=each.version,
                from_day=each.from_day,
                text=each.text,
                digest=each.digest,
            )
            added[name] = each.digest
        elif before != each.digest:
            raise FileError(
                name, "the file", "says something else than before: write the next version instead"
            )
    if added:
        _note(added, by)
    return sorted(added)


def in_force(on: datetime.date) -> dict[str, Declared]:
    """Return the questionnaires of a day by code, the usual one first; one query."""
    found: dict[str, Declared] = {}
    for row in Questionnaire.objects.filter(from_day__lte=on).order_by("code", "from_day"):
        found[row.code] = declared_of(row)
    return dict(sorted(found.items(), key=lambda item: (item[0] != USUAL, item[0])))


def offered(on: datetime.date, due: Collection[str]) -> dict[str, Declared]:
    """Return the questionnaires for a household where work of these models is due: theirs first, then the usual."""
    every = in_force(on)
    return {
        code: every[code]
        for code in sorted(every, key=lambda code: not every[code].serves)
        if not every[code].serves or every[code].serves in due
    }


def declared_of(row: Questionnaire) -> Declared:
    """Return what a row of the table declares."""
    return _read(row.pk, str(row), row.text)


@lru_cache(maxsize=64)
def _read(key: int, name: str, text: str) -> Declared:
    """Read a declaration; it never changes, so each process does it once."""
    return replace(read_text(name, text), key=key)


def _note(added: dict[str, str], by: User) -> None:
    day = clock.today()
    record(
        Act(
            "questionnaires.declared",
            "questionnaires",
            "shipped",
            day,
            day,
            area="",
            details={"files": added},
        ),
        by=by.authority(Right.VIEW_HOUSEHOLDS, WHOLE_COUNTRY),
    )
