"""Import areas from a file (datasets.md section 6): set-based, one transaction, one entry in the ledger.

Nothing is retired because a file does not name it, and a retired area stays as it is when a file still does.
"""

import datetime
import hashlib
import io
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from django.db import connection, models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.models.areas import CODE_LENGTHS
from foundation.accounts.names import initials
from foundation.accounts.progress import Progress, unseen
from foundation.accounts.refusals import Busy
from foundation.accounts.roles import Level, Right
from foundation.accounts.scope import prefixes
from foundation.accounts.tabular import UNREADABLE, Row, TextTable, plain, tidy
from foundation.ledger.record import Act, record

CODE, NAME = "行政区划代码", "名称"
LONGEST_NAME = 80
#: Our own copy of the national table down to county level; its first line names the edition.
TO_COUNTY = Path(__file__).parent / "data" / "areas_to_county.csv"
_SQL = Path(__file__).parent / "sql"
_ROWS_AT_ONCE = 20_000
_FORMULA_STARTS = frozenset("=+-@＝＋－＠\t\r")
_READING = 0.7  # share of the work that is reading the file
_LOCK = 0x41524541  # "AREA": one import at a time


class Reason(models.TextChoices):
    """Why a row was rejected; the label is the sentence that the sender reads."""

    REQUIRED_MISSING = "required_missing", gettext_lazy("The area code is empty.")
    NAME_MISSING = "name_missing", gettext_lazy("The name is empty.")
    CODE_INVALID = "code_invalid", gettext_lazy("The area code holds something other than digits.")
    CODE_LENGTH = "code_length", gettext_lazy("An area code has 2, 4, 6, 9, 12 or 15 digits.")
    NAME_LENGTH = "name_length", gettext_lazy("The name is longer than 80 characters.")
    COLUMN_COUNT = "column_count", gettext_lazy("The row has more cells than the header.")
    ENCODING = "encoding", gettext_lazy("The row holds characters that cannot be read.")
    FORMULA_OR_SCRIPT = "formula_or_script", gettext_lazy("A name does not begin like a formula.")
    DUPLICATE_ROW = "duplicate_row", gettext_lazy("The same code and name stand further up in the file.")
    CODE_CONFLICT = "code_conflict", gettext_lazy("The same code stands further up with another name.")
    OUTSIDE_SCOPE = "outside_scope", gettext_lazy("You may not change areas there.")


@dataclass(frozen=True, slots=True)
class Reject:
    """One row that was not taken: where it starts, which column is to blame, why, and what it said."""

    line: int
    column: str
    reason: Reason
    text: str
    #: The earlier line that counts, where the code came twice.
    first_line: int | None = None

    @property
    def sentence(self) -> str:
        """What the sender has to know to correct the row."""
        if self.first_line is None:
            return str(self.reason.label)
        return _("%(sentence)s See line %(line)d.") % {
            "sentence": self.reason.label,
            "line": self.first_line,
        }


def reject_header() -> list[str]:
    """Return the head of a file of rejects."""
    return [_("Line"), _("Column"), _("Reason"), _("What is wrong"), _("As sent")]


def reject_cells(reject: Reject) -> list[str]:
    """Return a row of a file of rejects; what a spreadsheet would take for a formula is made harmless."""
    text = f"'{reject.text}" if reject.text[:1] in _FORMULA_STARTS else reject.text
    return [str(reject.line), reject.column, reject.reason.value, reject.sentence, text]


@dataclass(slots=True)
class AreaImport:
    """What came of an import. rows_read = created + changed + unchanged + rejected, always."""

    sha256: str
    rows_read: int = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0
    orphans: int = 0
    by_level: dict[str, int] = field(default_factory=dict)

    def counts(self) -> dict[str, Any]:
        """Return the numbers by the keys of datasets.md section 6, without the seconds."""
        names = ("rows_read", "created", "changed", "unchanged", "rejected", "orphans", "by_level")
        return {name: getattr(self, name) for name in names}


Rejected = Callable[[Reject], None]


def _forget(reject: Reject) -> None:
    """Keep nothing of a reject but its number."""


def import_areas(
    file: BinaryIO, *, by: User, progress: Progress = unseen, rejected: Rejected = _forget
) -> AreaImport:
    """Take the areas of a CSV file into the tree; `rejected` is called with every row that was not taken.

    Rows outside the areas in which `by` may change areas are rejects. Refused where nothing can be read,
    where `by` may change no areas at all, and while another import runs.
    """
    scope = prefixes(by, Right.MANAGE_AREAS)
    actor = by.authority(Right.MANAGE_AREAS, min(scope, default=""))
    done = AreaImport(hashlib.file_digest(file, "sha256").hexdigest())  # type: ignore[arg-type]

    def reject(row: Reject) -> None:
        done.rejected += 1
        rejected(row)

    table = TextTable(file, required=(CODE, NAME))
    with transaction.atomic(), connection.cursor() as cursor:
        _one_at_a_time(cursor)
        cursor.execute(_statement("areas_incoming"))
        with table:
            _copy(cursor, _fit(table, scope, done, reject), _watched(table, progress))
        _settle(cursor, done, reject, progress)
        cursor.execute("DROP TABLE incoming_area")  # another import may follow in the same transaction
        today = clock.today()
        details = {**done.counts(), "areas": scope}
        record(Act("area.imported", "area_file", done.sha256, today, today, details=details), by=actor)
    progress(1, 1)
    return done


def _fit(
    table: TextTable, scope: frozenset[str], done: AreaImport, reject: Rejected
) -> Iterator[tuple[int, str, str]]:
    """Yield line, code and name of the rows that can be areas, and reject the others."""
    within = tuple(scope)
    for row in table:
        done.rows_read += 1
        code, name = plain(row.values[0]), tidy(row.values[1])
        if found := _fault(row, code, name, within):
            column, reason = found
            reject(Reject(row.line, column, reason, ",".join(row.cells)[:200]))
        else:
            yield row.line, code, name


def _fault(row: Row, code: str, name: str, scope: tuple[str, ...]) -> tuple[str, Reason] | None:
    """Return the column and the first reason why a row is no area, or None."""
    checks = (
        (row.overlong, "", Reason.COLUMN_COUNT),
        (UNREADABLE in code or UNREADABLE in name, "", Reason.ENCODING),
        (not code, CODE, Reason.REQUIRED_MISSING),
        (not (code.isascii() and code.isdigit()), CODE, Reason.CODE_INVALID),
        (len(code) not in CODE_LENGTHS, CODE, Reason.CODE_LENGTH),
        (not name, NAME, Reason.NAME_MISSING),
        (len(name) > LONGEST_NAME, NAME, Reason.NAME_LENGTH),
        (name[:1] in _FORMULA_STARTS, NAME, Reason.FORMULA_OR_SCRIPT),
        (not code.startswith(scope), CODE, Reason.OUTSIDE_SCOPE),
    )
    return next(((column, reason) for wrong, column, reason in checks if wrong), None)


def _copy(cursor: Any, rows: Iterator[tuple[int, str, str]], tick: Callable[[], None]) -> None:
    """Send rows to the temporary table, some thousands at a time, so that memory stays small."""
    lines: list[str] = []

    def send() -> None:
        cursor.copy_expert("COPY incoming_area FROM STDIN", io.StringIO("".join(lines)))
        lines.clear()
        tick()

    for line, code, name in rows:
        escaped = name.replace("\\", "\\\\")
        lines.append(f"{line}\t{code}\t{escaped}\t{initials(name)}\n")
        if len(lines) == _ROWS_AT_ONCE:
            send()
    send()


def _settle(cursor: Any, done: AreaImport, reject: Rejected, progress: Progress) -> None:
    """Bring the tree to what the file says, and count what came of it."""
    cursor.execute(_statement("areas_repeated"))
    for line, code, name, first, same in cursor.fetchall():
        reason = Reason.DUPLICATE_ROW if same else Reason.CODE_CONFLICT
        reject(Reject(line, CODE, reason, f"{code},{name}", first))
    cursor.execute("ANALYZE incoming_area")
    progress(75, 100)
    yesterday = clock.today() - datetime.timedelta(days=1)
    cursor.execute(_statement("areas_rename"), {"last_day": yesterday})
    done.changed = cursor.rowcount
    cursor.execute(_statement("areas_insert"))
    done.created = cursor.rowcount
    progress(90, 100)
    cursor.execute(_statement("areas_adopt"))
    cursor.execute(_statement("areas_counted"))
    levels: Counter[int] = Counter()
    for level, count, orphans in cursor.fetchall():
        levels[level] = count
        done.orphans += orphans
    done.by_level = {level.name.lower(): levels[level] for level in Level}
    done.unchanged = done.rows_read - done.rejected - done.created - done.changed


def _one_at_a_time(cursor: Any) -> None:
    cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
    if not cursor.fetchone()[0]:
        raise Busy(_("Another import of areas is running: wait until it has ended."))


def _watched(table: TextTable, progress: Progress) -> Callable[[], None]:
    """Return a call-back that tells how much of the file has been read."""
    return lambda: progress(int(table.position * _READING), max(table.size, 1))


def _statement(name: str) -> str:
    return (_SQL / f"{name}.sql").read_text(encoding="utf-8")
