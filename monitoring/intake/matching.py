"""What the register makes of accepted rows: matched, unmatched, matched under another name. Never stored by row.

A row finds whoever bears its number, living or not, wherever they are registered; of datasets by household the head.
The counts of a delivery are of all its accepted rows and follow the register (monitoring.intake.recounting).
"""

import io
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone

from foundation.tables.duck import Tables
from households.register.writing import batches
from monitoring.cells.patterns import INVISIBLE
from monitoring.intake import archive
from monitoring.models import Batch

_AT_ONCE = 50_000
#: Blanks and the dots between the parts of a name, in all their forms, after NFKC.
_LEFT_OUT = dict.fromkeys(map(ord, f"\u00b7\u2022\u2027\u2219\u22c5\u30fb\u16eb\u2024.{INVISIBLE}"))
#: Surnames of two characters; every other one has one.
_COMPOUND = (
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 "
    "赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 "
    "司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 "
    "宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 梁丘 "
    "左丘 东门 西门 第五"
)
COMPOUND = frozenset(_COMPOUND.split())


def name_differs(delivered: str, registered: str) -> bool:
    """Say whether two names are more than two ways of writing one.

    After NFKC, blanks and middle dots removed: not equal, and not the same surname with one character different.
    """
    one, other = plain_name(delivered), plain_name(registered)
    if one == other:
        return False
    if _surname(one) != _surname(other) or len(one) != len(other):
        return True
    return sum(mine != theirs for mine, theirs in zip(one, other, strict=True)) > 1


@dataclass(slots=True)
class Matches:
    """Counts of rows by what the register says of their subjects, added up block by block."""

    matched: int = 0
    unmatched: int = 0
    name_differs: int = 0

    def add(self, tables: Tables, rows: str, delivered: str) -> None:
        """Count the rows of a table by the delivered name (its column) and `registered` (null: nobody there)."""
        name = f'"{delivered}"'
        everybody, found = tables.all(f"SELECT count(*), count(registered) FROM {rows}")[0]  # noqa: S608
        differing = tables.rows(
            f"SELECT {name}, registered, count(*) FROM {rows} WHERE {name} <> registered GROUP BY ALL"  # noqa: S608
        )
        self.matched += found
        self.unmatched += everybody - found
        self.name_differs += sum(times for said, known, times in differing if name_differs(said, known))

    def columns(self) -> dict[str, Any]:
        """Return the columns of a delivery."""
        return {
            "matched": self.matched,
            "unmatched": self.unmatched,
            "name_differs": self.name_differs,
            "counted_at": timezone.now(),
        }


def match_rows(tables: Tables, rows: str) -> None:
    """Make `person` (subject, name, household) of everybody in the register whom a table or view with `subject` names.

    Of somebody who is in the register twice the household where they live now counts, else the one they left last.
    """
    columns = {"subject": "UUID", "name": "VARCHAR", "household": "BIGINT", "resident": "BIGINT"}
    tables.run("DROP TABLE IF EXISTS person")
    tables.load("person", columns, _registered(tables, rows))


def recount(batch: Batch) -> dict[str, Any]:
    """Count the rows of a batch by what the register says now."""
    contract = batch.delivery.dataset.contract
    with archive.opened() as tables:
        view = archive.every_row(tables, batch.delivery.dataset, [batch], name="batch")
        match_rows(tables, view)
        tables.run(
            f"""CREATE VIEW met AS SELECT {view}.*, person.name AS registered
            FROM {view} LEFT JOIN person USING (subject)"""  # noqa: S608  (a view of ours)
        )
        matches = Matches()
        matches.add(tables, "met", contract.subject_name)
        return matches.columns()


def _registered(tables: Tables, rows: str) -> Iterator[tuple[Any, ...]]:
    subjects = tables.rows(f"SELECT DISTINCT CAST(subject AS VARCHAR) FROM {rows}")  # noqa: S608  (a table of ours)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS feed_subject")
        cursor.execute("CREATE TEMP TABLE feed_subject (subject uuid)")
        for some in batches(subjects, _AT_ONCE):
            lines = io.StringIO("".join(f"{subject}\n" for (subject,) in some))
            cursor.copy_expert("COPY feed_subject FROM STDIN", lines)
        cursor.execute("ANALYZE feed_subject")
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            """SELECT DISTINCT ON (resident.subject) resident.subject::text, resident.name,
                resident.household_id, resident.id
            FROM feed_subject JOIN households_resident AS resident USING (subject)
            ORDER BY resident.subject, (resident.left_on IS NULL) DESC, resident.left_on DESC, resident.id DESC"""
        )
        while some := cursor.fetchmany(_AT_ONCE):
            yield from some
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE feed_subject")


def plain_name(name: str) -> str:
    """Return a name without blanks and middle dots, after NFKC: how names are compared."""
    kept = unicodedata.normalize("NFKC", name).translate(_LEFT_OUT)
    return "".join(kept.split())


def _surname(name: str) -> str:
    return name[:2] if name[:2] in COMPOUND and len(name) > 2 else name[:1]
