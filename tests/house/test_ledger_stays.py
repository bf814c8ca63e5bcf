"""Nothing of the platform takes an entry of the record away: no job, no command, no value in force (safety.md L14)."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from foundation.accounts.composition import parts
from foundation.regulations.models import Subject
from tests.house.house import ROOT

#: What belongs to the record: entries, and the openings that an erasure takes away without touching the entry.
TABLE = "ledger_entry"
PACKAGES = ("foundation", "households", "monitoring", "alerts", "assistance", "config", "launch")
#: Methods of a query that change or take away rows.
_CHANGING = {"delete", "update", "bulk_update", "_raw_delete", "update_or_create"}
_SQL = re.compile(rf"(?i)\b(delete\s+from|update|truncate|drop\s+table|alter\s+table)\b[^;]*\b{TABLE}\b")


def _modules() -> Iterator[Path]:
    for package in PACKAGES:
        yield from (path for path in (ROOT / package).rglob("*.py") if "migrations" not in path.parts)


def _begins_with_entry(node: ast.AST) -> bool:
    """Say whether a chain of calls begins at `Entry.…`."""
    while isinstance(node, ast.Call | ast.Attribute | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
    return isinstance(node, ast.Name) and node.id == "Entry"


def changes_of(source: str) -> list[int]:
    """Return the lines in which a module changes or removes entries."""
    found = [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in _CHANGING
        and _begins_with_entry(node.func.value)
    ]
    return found + [source[: each.start()].count("\n") + 1 for each in _SQL.finditer(source)]


def test_l14_no_job_and_no_command_changes_or_removes_an_entry() -> None:
    paths = list(_modules())
    assert len(paths) > 500
    assert not [
        (str(path.relative_to(ROOT)), line) for path in paths for line in changes_of(path.read_text())
    ]


def test_such_a_line_would_be_found() -> None:
    assert changes_of("Entry.objects.filter(recorded_at__lt=day).delete()") == [1]
    assert changes_of("x = 1\nEntry.objects.update(area='')") == [2]
    assert changes_of('cursor.execute("DELETE FROM ledger_entry WHERE id < 5")') == [1]
    assert changes_of("Entry.objects.filter(verb='x').count()") == []


def test_l14_no_value_in_force_says_how_long_the_record_is_kept(db: None) -> None:
    """What a retention value reaches are kinds of files, each by its name; the record is none of them."""
    values = set(Subject.objects.filter(key__endswith="_retention").values_list("key", flat=True))
    assert values == {
        kind.kept_by for owner in parts("ATTACHMENT_OWNERS") for kind in owner.kinds if kind.kept_by
    }


@pytest.mark.parametrize("right", ["UPDATE", "DELETE", "TRUNCATE"])
def test_l14_the_role_of_web_workers_and_jobs_may_only_add(db: None, right: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(current_user, %s, %s)", [TABLE, right])
        assert cursor.fetchone() == (False,)
        cursor.execute("SELECT has_table_privilege(current_user, %s, 'INSERT')", [TABLE])
        assert cursor.fetchone() == (True,)


def test_l14_no_other_row_takes_an_entry_along_when_it_goes(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'f'", [TABLE]
        )
        assert not cursor.fetchall(), "an entry hangs on no other row"
