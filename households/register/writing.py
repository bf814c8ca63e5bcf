"""Write what a judged file states into the register: set-wise, in the caller's transaction.

Households and people that the file does not name stay as they are.
"""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from django.db import connection

from foundation.accounts.progress import Progress
from foundation.accounts.statistics import look_again
from foundation.tables.duck import Tables
from households.models import Revision
from households.register.merging import Merge

_SQL = Path(__file__).parent / "sql"
T = TypeVar("T")
_LINES_AT_ONCE = 20_000
#: Values that were kept against the file and are named one by one; all of them are counted.
KEPT_NAMED = 5_000
_FILLED = ("households_household", "households_resident", "households_standing", "households_identity")
_PASSING = (
    "household", "resident", "met", "met_household", "met_judged", "met_household_judged", "standing", "stood",
)  # fmt: skip
#: Column of the contract → column of the table.
HOUSEHOLD_COLUMNS = {
    "area": "area_id",
    "group_name": "group_name",
    "address": "address",
    "phone": "phone_id",
    "income": "net_income_per_head",
    "house_grade": "house_grade",
    "water_safe": "water_safe",
}
RESIDENT_COLUMNS = {
    name: name
    for name in (
        "name", "relation", "ethnicity", "education", "school_stage", "health", "labour", "work_place",
        "work_months", "insured", "dibao", "tekun",
    )
}  # fmt: skip


@dataclass(slots=True)
class Written:
    """What came of it. `kept`: how often each field was held against the file; `kept_named`: whose."""

    households_created: int = 0
    households_changed: int = 0
    households_unchanged: int = 0
    residents_created: int = 0
    residents_changed: int = 0
    residents_unchanged: int = 0
    kept: dict[str, int] = field(default_factory=dict)
    kept_named: list[tuple[str, str, list[str]]] = field(default_factory=list)

    @property
    def touched(self) -> bool:
        """Whether anything in the register is not as it was."""
        return any(
            getattr(self, f"{what}_{how}")
            for what in ("households", "residents")
            for how in ("created", "changed")
        )


def write(tables: Tables, stated: frozenset[str], revision: Revision, progress: Progress) -> Written:
    """Bring the register to what the tables household_line and resident_line state.

    `stated`: fields of the contract that the file has columns for.
    """
    done = Written()
    named: dict[str, Any] = {"revision": revision.pk, "as_of": revision.as_of}
    look_again(*_FILLED)
    with connection.cursor() as cursor:
        cursor.execute(_statement("incoming"))
        _copy(cursor, tables, "household", progress, 0)
        _copy(cursor, tables, "resident", progress, 5)
        cursor.execute("ANALYZE register_household, register_resident")
        cursor.execute(_statement("heads"), named)
        stepped_back = cursor.rowcount
        cursor.execute(_statement("met"), named)
        progress(50, 100)
        _write_households(cursor, stated, named, done)
        look_again("households_household")
        progress(65, 100)
        _write_residents(cursor, stated, named, done)
        look_again("households_resident")
        done.residents_changed += stepped_back
        progress(90, 100)
        _write_standings(cursor, named, done)
        look_again("households_standing")
        _count_kept(cursor, done)
        for name in _PASSING:
            cursor.execute(f"DROP TABLE register_{name}")  # another file may follow in the same transaction
    return done


def _write_households(cursor: Any, stated: frozenset[str], named: dict[str, Any], done: Written) -> None:
    merge = _merge("households_household", "register_met_household", HOUSEHOLD_COLUMNS, stated)
    cursor.execute(merge.judged(), named)
    cursor.execute(merge.written(), named)
    done.households_changed = cursor.rowcount
    cursor.execute("SELECT count(*) FROM register_household")
    done.households_unchanged = cursor.fetchone()[0] - done.households_changed
    cursor.execute(_statement("new_households"), named)
    done.households_created = cursor.rowcount
    done.households_unchanged -= done.households_created


def _write_residents(cursor: Any, stated: frozenset[str], named: dict[str, Any], done: Written) -> None:
    """Write people; who is head no longer goes first, because a household has one head at every moment."""
    merge = _merge(
        "households_resident",
        "register_met",
        RESIDENT_COLUMNS,
        stated,
        also="CASE WHEN new.came_back THEN 'left_on' END",
        but="NOT new.stays_away",
    )
    further = """, initials = CASE WHEN 'name' = ANY (judged.held) THEN old.initials ELSE new.initials END,
        left_on = CASE WHEN NOT new.came_back THEN old.left_on END,
        departure = CASE WHEN new.came_back THEN '' ELSE old.departure END"""
    cursor.execute(merge.judged(), named)
    cursor.execute("SELECT count(*) FROM register_resident")
    in_file = cursor.fetchone()[0]
    for condition in (
        "old.relation = '01' AND new.relation <> '01'",
        "old.relation <> '01' OR new.relation = '01'",
    ):
        cursor.execute(merge.written(condition, further), named)
        done.residents_changed += cursor.rowcount
    cursor.execute(_statement("new_residents"), named)
    done.residents_created = cursor.rowcount
    done.residents_unchanged = in_file - done.residents_created - done.residents_changed


def _write_standings(cursor: Any, named: dict[str, Any], done: Written) -> None:
    """Bring 脱贫户, dibao and tekun to what the register now says; a household may be changed by that alone."""
    cursor.execute(_statement("standings_stated"), named)
    cursor.execute(_statement("standings"), named)
    by_standing = cursor.fetchone()[0]
    done.households_changed += by_standing
    done.households_unchanged -= by_standing


def _count_kept(cursor: Any, done: Written) -> None:
    """Count and name the values that stayed because they are newer than the file or were checked by hand."""
    kept = """
        SELECT met.code AS household, '' AS name, judged.id, judged.differs, judged.held
        FROM register_met_household_judged AS judged JOIN register_met_household AS met USING (id)
        WHERE judged.differs && judged.held
        UNION ALL
        SELECT met.household, resident.name, judged.id, judged.differs, judged.held
        FROM register_met_judged AS judged JOIN register_met AS met USING (id)
        JOIN households_resident AS resident USING (id)
        WHERE judged.differs && judged.held"""
    fields = "ARRAY(SELECT unnest(differs) INTERSECT SELECT unnest(held))"
    cursor.execute(f"SELECT field, count(*) FROM ({kept}) AS kept, unnest({fields}) AS field GROUP BY field")  # noqa: S608
    done.kept = dict(sorted(cursor.fetchall()))
    cursor.execute(
        f"SELECT household, name, {fields} FROM ({kept}) AS kept ORDER BY household, name LIMIT {KEPT_NAMED}"  # noqa: S608
    )
    done.kept_named = cursor.fetchall()


def _merge(table: str, met: str, columns: dict[str, str], stated: frozenset[str], **more: str) -> Merge:
    return Merge(
        table,
        met,
        fields=[column for name, column in columns.items() if name in stated],
        unstated=[column for name, column in columns.items() if name not in stated],
        **more,
    )


def _copy(cursor: Any, tables: Tables, what: str, progress: Progress, base: int) -> None:
    """Send the lines of households or people to their temporary table, some thousands at a time."""
    total = max(tables.one(f"SELECT count(*) FROM {what}_line"), 1)  # noqa: S608  (one of two)
    sent = 0
    for some in batches(tables.rows(f"SELECT line FROM {what}_line"), _LINES_AT_ONCE):  # noqa: S608
        lines = io.StringIO("".join(f"{line}\n" for (line,) in some))
        cursor.copy_expert(f"COPY register_{what} FROM STDIN", lines)
        sent += len(some)
        progress(base + 30 * sent // total, 100)


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield `items` some at a time."""
    source = iter(items)
    while some := list(islice(source, size)):
        yield some


def _statement(name: str) -> str:
    return (_SQL / f"{name}.sql").read_text(encoding="utf-8")
