"""Import a register file: read, judge, write set-wise, one Revision and one entry of the ledger.

People and households that the file does not name stay. The same file again changes nothing. Whole or not at all:
everything happens in one transaction, the numbers of people included.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from django.db import connection, transaction
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.models import Area, User
from foundation.accounts.models.areas import CODE_LENGTHS
from foundation.accounts.progress import Progress, unseen
from foundation.accounts.refusals import Busy, Refused
from foundation.accounts.roles import Right
from foundation.accounts.scope import prefixes
from foundation.accounts.statistics import room_to_work
from foundation.ledger.record import Act, record
from foundation.tables import duck
from foundation.tables.duck import Tables
from foundation.tables.reading import Read
from households.followers import register_changed
from households.models import Revision
from households.register import duplicates, rejects
from households.register.judging import hand_over, judge, read_file
from households.register.writing import Written, write

#: One register file at a time: two that name the same household would wait for each other.
_LOCK = 0x52454749
COUNTS = (
    "households_created", "households_changed", "households_unchanged",
    "residents_created", "residents_changed", "residents_unchanged",
)  # fmt: skip


@dataclass(slots=True)
class RegisterImport:
    """What came of a file. rows_read = rows_accepted + rows_rejected, always."""

    sha256: str = ""
    rows_read: int = 0
    rows_accepted: int = 0
    rows_rejected: int = 0
    rejects: dict[str, int] = field(default_factory=dict)
    duplicates: int = 0
    columns_dropped: list[str] = field(default_factory=list)
    pairs: int = 0
    revision: int | None = None
    written: Written = field(default_factory=Written)

    def counts(self) -> dict[str, Any]:
        """Return the numbers by the keys of datasets.md section 6, without the seconds."""
        names = ("rows_read", "rows_accepted", "rows_rejected", "rejects")
        return (
            {name: getattr(self, name) for name in names}
            | {name: getattr(self.written, name) for name in COUNTS}
            | {"duplicates": self.duplicates}
        )

    def details(self) -> dict[str, Any]:
        """Return all that the Revision and the ledger keep: numbers and names of columns, nothing of anybody."""
        more = {"columns_dropped": self.columns_dropped, "kept": self.written.kept, "pairs": self.pairs}
        return self.counts() | more


#: Called with the pieces of the file of what was rejected or kept, where there is any.
KeepRejects = Callable[[Iterable[bytes]], None]


def import_register(
    file: BinaryIO,
    *,
    by: User,
    as_of: datetime.date | None = None,
    progress: Progress = unseen,
    keep_rejects: KeepRejects | None = None,
) -> RegisterImport:
    """Take a register file into the register; `as_of` is the day of what it states (default: the business day).

    Refused where nothing can be read, where `by` may import nowhere, or the day lies ahead; Busy while another runs.
    """
    scope = prefixes(by, Right.IMPORT_REGISTER)
    by.authority(Right.IMPORT_REGISTER, min(scope, default=""))
    day = as_of or clock.today()
    if day > clock.today():
        raise Refused(_("The day lies in the future: enter a day up to today."), field="as_of")
    with duck.opened() as tables, transaction.atomic():
        one_at_a_time()
        read, stated = read_file(tables, file, progress=_part(progress, 0, 40))
        judge(tables, by=by)
        done = _counted(tables, read)
        progress(50, 100)
        hand_over(tables, progress=_part(progress, 50, 70))
        revision = Revision.objects.create(
            kind=Revision.Kind.REGISTER_FILE,
            by=by,
            area=_common_area(tables),
            as_of=day,
            entered_on=clock.today(),
            file_sha256=done.sha256,
        )
        done.revision = revision.pk
        done.written = write(tables, stated, revision, _part(progress, 70, 98))
        done.pairs = duplicates.note(tables, revision)
        if done.written.touched:
            register_changed(_areas(tables, revision), by=by)
        _record(done, revision, by)
        if keep_rejects is not None and (done.rows_rejected or done.written.kept):
            keep_rejects(rejects.as_file(tables, done.written, done.rows_rejected))
    progress(1, 1)
    return done


def try_register(
    file: BinaryIO,
    *,
    by: User,
    as_of: datetime.date | None = None,
    progress: Progress = unseen,
    keep_rejects: KeepRejects | None = None,
) -> RegisterImport:
    """Say what importing this file would do, to the last row, and do nothing."""
    pieces: list[bytes] = []
    with transaction.atomic():
        done = import_register(file, by=by, as_of=as_of, progress=progress, keep_rejects=pieces.extend)
        transaction.set_rollback(True)
    done.revision = None
    if keep_rejects is not None and pieces:
        keep_rejects(pieces)
    return done


def _counted(tables: Tables, read: Read) -> RegisterImport:
    """Count rows, reasons and repeated rows."""
    rejected = tables.one("SELECT count(DISTINCT seq) FROM fault")
    return RegisterImport(
        sha256=read.sha256,
        rows_read=read.rows_read,
        rows_accepted=read.rows_read - rejected,
        rows_rejected=rejected,
        rejects=rejects.counted(tables),
        duplicates=tables.one("SELECT count(*) FROM taken WHERE twin < seq"),
        columns_dropped=read.columns_dropped,
    )


def _record(done: RegisterImport, revision: Revision, by: User) -> None:
    """Keep the counts with the Revision, and write the one entry of the ledger."""
    revision.counts = done.details()
    revision.save(update_fields=["counts"])
    area = revision.area_id or min(prefixes(by, Right.IMPORT_REGISTER))
    record(
        Act(
            "register.imported",
            "revision",
            str(revision.pk),
            happened_on=revision.as_of,
            entered_on=revision.entered_on,
            area=revision.area_id or "",
            details={"sha256": done.sha256} | done.details(),
        ),
        by=by.authority(Right.IMPORT_REGISTER, area),
    )


def _common_area(tables: Tables) -> Area | None:
    """Return the lowest area that holds every household of the file, None where there is none."""
    first, last = tables.all("SELECT min(area), max(area) FROM family")[0]
    codes = [code for length in CODE_LENGTHS if (last or "").startswith(code := (first or "-")[:length])]
    return Area.objects.filter(code__in=codes).order_by("-level").first()


def _areas(tables: Tables, revision: Revision) -> list[str]:
    """Return the areas that hold all of the file: one, or the provinces of a file that has several."""
    if revision.area_id:
        return [revision.area_id]
    return [code for (code,) in tables.all("SELECT DISTINCT left(area, 2) FROM family ORDER BY 1")]


def one_at_a_time() -> None:
    """Hold the register, with room to work, until the transaction ends; Busy while another file is imported."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            raise Busy(_("Another register file is being imported: wait until it has ended."))
    room_to_work()


def _part(progress: Progress, first: int, last: int) -> Progress:
    """Return a call-back whose whole is the part between two hundredths of `progress`."""

    def told(done: int, total: int) -> None:
        progress(first + int((last - first) * min(done / total, 1.0)) if total else first, 100)

    return told
