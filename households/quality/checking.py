"""Check the register: ask every rule of an area, or of single households, set-wise, and settle what is open.

Rules read temporary tables, made once a check (sql/members.sql, sql/families.sql, and those of
households.quality.asked); each rule is one statement (sql/settle.sql). A check never stands in the way of an import:
it runs after it, over what is there.
"""

import datetime
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from psycopg2.extras import execute_values

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.progress import Progress, unseen
from foundation.accounts.roles import Level, Right
from foundation.ledger.record import Act, Actor, record
from households.quality import limits
from households.quality.asked import more, rules
from households.quality.declaring import Fact, Rule

_SQL = Path(__file__).parent / "sql"
_LOCK = 0x5155414C  # "QUAL": one check of a county at a time
#: Any of these in an area lets a person ask for its check; what it finds is shown by other rights.
RIGHTS = (Right.EDIT_HOUSEHOLDS, Right.IMPORT_REGISTER)


@dataclass(slots=True)
class Checked:
    """What came of a check: households asked about; findings opened, gone, with other facts, and judged ones back."""

    households: int = 0
    opened: int = 0
    gone: int = 0
    changed: int = 0
    came_back: int = 0

    def counts(self) -> dict[str, int]:
        """Return the numbers by their names."""
        return {each.name: getattr(self, each.name) for each in fields(self)}

    def add(self, other: dict[str, int]) -> None:
        """Add the numbers of another part."""
        for name, count in other.items():
            setattr(self, name, getattr(self, name) + count)


@dataclass(frozen=True, slots=True)
class _Reach:
    """Which households a check asks about: all under an area, or single ones."""

    below: str = ""
    households: tuple[int, ...] | None = None

    def here(self, row: str, key: str) -> str:
        """Return the condition on a table called `row` whose column `key` names the household."""
        if self.households is None:
            return f"{row}.area_id LIKE %(below)s"
        return f"{row}.{key} = ANY (%(households)s)"

    @property
    def parameters(self) -> dict[str, Any]:
        """What the condition names."""
        return {"below": f"{self.below}%", "households": list(self.households or ())}


def counties(area: str) -> list[str]:
    """Return the parts in which an area is checked: its counties that have households, or the area itself."""
    if len(area) >= Level.COUNTY:
        return [area]
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT DISTINCT coalesce(nullif(left(area.code, 6), ''), area.code) FROM accounts_area AS area
            WHERE area.code LIKE %s AND EXISTS (
                SELECT FROM households_household AS home WHERE home.area_id = area.code
            ) ORDER BY 1""",
            [f"{area}%"],
        )
        return [code for (code,) in cursor.fetchall()]


@transaction.atomic
def check_area(area: str, *, by: User, progress: Progress = unseen) -> Checked:
    """Ask every rule of all households under an area, at most a county; one ledger entry, and the counts anew."""
    actor = may_check(by, area)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_LOCK, area[: Level.COUNTY]])
    done = _check(_Reach(below=area), progress)
    count(area)
    today = clock.today()
    details = {**done.counts(), "rules": len(rules())}
    record(Act("register.checked", "area", area, today, today, area=area, details=details), by=actor)
    return done


@transaction.atomic
def check_households(households: Collection[int]) -> Checked:
    """Ask every rule of single households, in the transaction of whoever has just corrected them."""
    if not households:
        return Checked()
    done = _check(_Reach(households=tuple(sorted(households))), unseen)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT area_id FROM households_household WHERE id = ANY (%s)", [list(households)]
        )
        villages = [code for (code,) in cursor.fetchall()]
    for village in villages:
        count(village)
    return done


def count(area: str) -> None:
    """Count anew what waits under an area, village by village and rule by rule, as of today."""
    with connection.cursor() as cursor:
        cursor.execute(_statement("count"), {"below": f"{area}%", "today": clock.today()})


def may_check(by: User, area: str) -> Actor:
    """Return the actor of a check of `area`; refuse who may not ask for it."""
    held = [right for right in RIGHTS if by.holds(right, area)]
    return by.authority((held or list(RIGHTS))[0], area)


def compiled(rule: Rule, here: str = "finding.area_id LIKE %(below)s") -> str:
    """Return the one statement of a rule."""
    return _statement("settle").format(
        here=here,
        table=f"checked_{rule.unit}",
        resident="resident" if rule.unit == "member" else "0::bigint",
        facts=_facts(rule.facts),
        when=rule.when,
    )


def _facts(facts: tuple[Fact, ...]) -> str:
    pairs = ", ".join(f"'{fact.key}', {_read(fact)}" for fact in facts)
    return f"jsonb_build_object({pairs})"


def _read(fact: Fact) -> str:
    """Return the SQL of a fact; money as text, so that no number of JSON rounds it."""
    return f"round({fact.sql}, 2)::text" if fact.kind == "money" else f"({fact.sql})"


def _check(reach: _Reach, progress: Progress) -> Checked:
    """Settle every rule; the households are those of the temporary tables."""
    done, today = Checked(), clock.today()
    parameters: dict[str, Any] = {**limits.codes(today), **reach.parameters, "today": today}
    with connection.cursor() as cursor, _tables(cursor, reach, parameters):
        cursor.execute("SELECT count(*) FROM checked_family")
        done.households = cursor.fetchone()[0]
        for number, rule in enumerate(rules(), start=1):
            cursor.execute(
                compiled(rule, reach.here("finding", "household_id")),
                {**parameters, "rule": rule.code, "passing": rule.passing},
            )
            opened, gone, changed, came_back = cursor.fetchone()
            done.add({"opened": opened, "gone": gone, "changed": changed, "came_back": came_back})
            progress(number, len(rules()))
    return done


@contextmanager
def _tables(cursor: Any, reach: _Reach, parameters: dict[str, Any]) -> Iterator[None]:
    """Make the temporary tables that rules read, and remove them: another check may follow in the transaction."""
    here = reach.here("home", "id")
    for name in ("members", "families"):
        cursor.execute(_statement(name).format(here=here), parameters)
    _make_values(cursor, parameters["today"])
    own = "checked_member, checked_family, checked_value"
    cursor.execute(f"ANALYZE {own}")
    for part in more():
        part.prepare(cursor, parameters)
        cursor.execute(f"ANALYZE {', '.join(part.tables)}")
    yield
    cursor.execute(f"DROP TABLE {', '.join((own, *(table for part in more() for table in part.tables)))}")


def _make_values(cursor: Any, today: datetime.date) -> None:
    """Make the table of the regulation values of each village."""
    names = limits.value_names()
    columns = ", ".join(f"{name} numeric" for name in names)
    cursor.execute(f"CREATE TEMPORARY TABLE checked_value (area varchar(15) PRIMARY KEY, {columns})")
    cursor.execute("SELECT DISTINCT area FROM checked_family")
    areas = sorted(code for (code,) in cursor.fetchall())
    execute_values(cursor, "INSERT INTO checked_value VALUES %s", limits.values_of(areas, today))


def _statement(name: str) -> str:
    return (_SQL / f"{name}.sql").read_text(encoding="utf-8")
