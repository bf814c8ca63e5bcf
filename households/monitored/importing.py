"""Import a list of monitored objects: cases from before this platform, as standings with their risks and months.

One transaction, one Revision, one entry in the record: a kill takes everything back, and importing again changes
nothing. Nobody and nothing is removed because a file does not name it. What somebody checked by hand on the day of the
file or later stays.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.models import Area, User
from foundation.accounts.progress import Progress, unseen
from foundation.accounts.refusals import Refused, unreadable_is_refused
from foundation.accounts.roles import Level, Right
from foundation.accounts.scope import prefixes
from foundation.accounts.statistics import look_again
from foundation.ledger.record import Act, record
from foundation.tables import duck
from foundation.tables.duck import Tables
from households import standing
from households.followers import register_changed
from households.models import Revision
from households.monitored import reading, writing
from households.monitored.reading import RejectedRow
from households.register.importing import one_at_a_time

_READING = 0.6  # share of the work that is reading the file


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a file is to be taken. `day`: as of which it speaks; `strict`: nothing is made, only cases are."""

    day: datetime.date | None = None
    strict: bool = False


Rejected = Callable[[Iterable[RejectedRow]], None]


def _forget(rows: Iterable[RejectedRow]) -> None:
    """Keep nothing of the rejects but their number."""


def import_monitored(
    file: BinaryIO,
    *,
    by: User,
    wanted: Wanted = Wanted(),
    progress: Progress = unseen,
    rejected: Rejected = _forget,
) -> dict[str, Any]:
    """Take a list into the register and return the counts of datasets.md section 6, without the seconds.

    `rejected` is called once with the rows that were not taken. Refused where the file cannot be read at all, where
    `by` may import nowhere, and while another file is being written into the register.
    """
    scope = prefixes(by, Right.IMPORT_REGISTER)
    actor = by.authority(Right.IMPORT_REGISTER, min(scope, default=""))
    day = wanted.day or clock.today()
    if day > clock.today():
        raise Refused(_("The day lies in the future: enter a day up to today."), field="day")
    with duck.opened() as tables, transaction.atomic():
        one_at_a_time()
        sha256 = _checked(tables, file, scope, progress)
        counts, revision = _written(tables, wanted, by, day, sha256)
        told = reading.counts_of(tables) | counts
        rejected(reading.rejected(tables))
        Revision.objects.filter(pk=revision.pk).update(counts=told)
        details = {"sha256": sha256, "areas": sorted(scope), **told}
        record(
            Act("monitored.imported", "revision", str(revision.pk), day, clock.today(), details=details),
            by=actor,
        )
    progress(1, 1)
    return told


def _checked(tables: Tables, file: BinaryIO, scope: frozenset[str], progress: Progress) -> str:
    """Read the file and let its own contradictions be found; returns its digest."""

    def villages(codes: list[str]) -> Iterable[str]:
        within = tuple(scope)
        known = Area.objects.living().filter(level=Level.VILLAGE, code__in=codes)
        return (code for code in known.values_list("code", flat=True) if code.startswith(within))

    with unreadable_is_refused():
        read = reading.check_file(
            tables,
            file,
            villages=villages,
            progress=lambda done, total: progress(int(done * _READING), max(total, 1)),
        )
    return read.sha256


def _written(
    tables: Tables, wanted: Wanted, by: User, day: datetime.date, sha256: str
) -> tuple[dict[str, int], Revision]:
    """Bring the register to what the file says, under one Revision."""
    revision = Revision.objects.create(
        kind=Revision.Kind.MONITORED_FILE,
        by=by,
        as_of=day,
        entered_on=clock.today(),
        file_sha256=sha256,
    )
    writing.stage(reading.sound(tables))
    reading.reject_also(tables, writing.contradicted(strict=wanted.strict))
    made = writing.make_people(revision)
    writing.note_pairs(reading.living_elsewhere(tables), revision)
    cases = writing.match_cases(day)
    cases_created, changed = standing.take_file(revision)
    look_again("households_standing", "households_standingmember")
    homes, persons = writing.mentioned()
    area, counties = writing.reach()
    Revision.objects.filter(pk=revision.pk).update(area=area)
    if cases_created or changed or made.households or made.residents:
        register_changed(counties, by=by)
    writing.unstage()
    return {
        "households_created": made.households,
        "households_changed": len(changed),
        "households_unchanged": homes - made.households - len(changed),
        "residents_created": made.residents,
        "residents_changed": 0,
        "residents_unchanged": persons - made.residents,
        "cases_created": cases_created,
        "cases_unchanged": cases - cases_created - len(changed),
    }, revision
