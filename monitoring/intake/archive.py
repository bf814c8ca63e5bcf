"""Read the archive: the rows of a dataset that count, by the rules of its kind (datasets.md section 3).

    with archive.opened() as tables:
        view = archive.effective(tables, dataset, archive.in_force(dataset, area="411121"))
        tables.rows(f"SELECT subject, 个人自付 FROM {view} WHERE 结算日期 <= $day", {"day": day})

The view has the columns of a batch (monitoring.intake.batches), and of the delivery that brought a row: `delivery`,
`area`, `period`, `period_last`, `receipt`. Rules are applied when it is read, so that whatever is corrected,
superseded or withdrawn is right by itself.
"""

import datetime
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from django.db.models import Q, QuerySet

from foundation.accounts.models.areas import CODE_LENGTHS
from foundation.ledger.models import Entry
from foundation.tables import duck
from foundation.tables.duck import Tables, quoted
from foundation.workflow.models import Passage
from monitoring.contracts.contract import Contract
from monitoring.contracts.terms import Kind
from monitoring.intake.archive_store import folders, store
from monitoring.intake.batches import archived_name, archived_type
from monitoring.models import Batch, Dataset, Delivery
from monitoring.models.deliveries import IN_FORCE

__all__ = ["covering", "effective", "every_row", "in_force", "known_at", "of_one_county", "opened", "store"]

#: Within what rows of events and states overrule each other: an office of a township and one of its county tell of the
#: same people, and what they number is numbered together.
_OF_COUNTY = f"left(area, {CODE_LENGTHS[2]})"


@contextmanager
def opened() -> Iterator[Tables]:
    """Open a database in memory that may read the archive and write drafts for it."""
    with duck.opened(folders=folders()) as tables:
        yield tables


def in_force(dataset: Dataset, *, area: str = "") -> QuerySet[Batch]:
    """Return the batches whose rows count today: those delivered for `area`, for what it lies in and what lies in it.

    For stage functions that have checked whom they work for; pages begin at `visible_to(user)`.
    """
    return _living(dataset, area).filter(delivery__state=IN_FORCE)


def covering(area: str, on: datetime.date) -> QuerySet[Batch]:
    """Return the batches of every dataset that cover a village: in force, of it or what it lies in, up to a day."""
    above = [area[:length] for length in CODE_LENGTHS if length <= len(area)]
    return Batch.objects.filter(
        deleted_on__isnull=True,
        delivery__state=IN_FORCE,
        delivery__area__in=above,
        delivery__period_last__lte=on,
    )


def known_at(dataset: Dataset, moment: datetime.datetime, *, area: str = "") -> QuerySet[Batch]:
    """Return the batches whose rows counted at a moment, as the record tells it: what was known then."""
    told = Passage.objects.filter(
        model=Delivery._meta.label_lower,
        entry__in=Entry.objects.filter(recorded_at__lte=moment).values("uuid"),
        object_id__in=[str(pk) for pk in _living(dataset, area).values_list("delivery", flat=True)],
    )
    last = told.order_by("object_id", "-id").distinct("object_id").values_list("object_id", "to_state")
    return _living(dataset, area).filter(delivery__in=[int(pk) for pk, state in last if state == IN_FORCE])


def effective(
    tables: Tables,
    dataset: Dataset,
    batches: Iterable[Batch],
    *,
    name: str = "effective",
    as_of: datetime.date | None = None,
    each_day: bool = False,
    subjects: str = "",
) -> str:
    """Make the view `name` of the rows that count among `batches` of one dataset, and return its name.

    Deliveries of one county never overrule those of another, but a row that two areas delivered alike counts once.
    Of a roll the rows of every period are there; which period is the newest is for the reader to say. `as_of` leaves
    out what a state or a roll says of later days, before rows are put in order; events are there whenever they were.
    With `each_day` a newer day of a state overrules nothing: what is left out then was corrected, not overtaken.
    `subjects` is a table of few people (column `subject`): only rows that touch a key of theirs are put in order, and
    the others must not be read.
    """
    contract = dataset.contract
    files = [file for file in _files(batches) if _is_of(contract, file, as_of)]
    _make_source(tables, contract, files, f"{name}_all", as_of)
    if not files:
        tables.run(f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM {name}_all")  # noqa: S608
        return name
    tables.run(
        f"CREATE OR REPLACE TABLE {name}_overruled AS "
        + _overruled(contract, f"{name}_all", _of_one_giver(contract, files), each_day, subjects),
    )
    tables.run(
        f"""CREATE OR REPLACE VIEW {name} AS SELECT * FROM {name}_all
        ANTI JOIN {name}_overruled USING (delivery, seq)"""  # noqa: S608  (names of ours)
    )
    return name


def every_row(tables: Tables, dataset: Dataset, batches: Iterable[Batch], *, name: str = "rows_all") -> str:
    """Make the view `name` of all accepted rows of `batches`, whether they count or not, and return its name."""
    _make_source(tables, dataset.contract, list(_files(batches)), name)
    return name


@dataclass(frozen=True, slots=True)
class _File:
    """A batch as DuckDB reads it. `receipt` orders deliveries by when they were received."""

    path: Path
    delivery: int
    area: str
    period: str
    period_last: datetime.date
    receipt: int


def of_one_county(area: str) -> Q:
    """Return the condition of the deliveries whose events and states overrule each other with those of an area."""
    return (
        Q(delivery__area__code__startswith=area[: CODE_LENGTHS[2]])
        if len(area) >= CODE_LENGTHS[2]
        else Q(delivery__area=area)
    )


def _of_one_giver(contract: Contract, files: Iterable[_File]) -> bool:
    whole = contract.kind is Kind.ROLL
    return len({file.area if whole else file.area[: CODE_LENGTHS[2]] for file in files}) == 1


def _files(batches: Iterable[Batch]) -> Iterator[_File]:
    for batch in batches:
        delivery = batch.delivery
        yield _File(
            store().local(batch.digest),
            delivery.pk,
            delivery.area_id,
            delivery.period,
            delivery.period_last,
            delivery.receipt,
        )


def _is_of(contract: Contract, file: _File, as_of: datetime.date | None) -> bool:
    return as_of is None or contract.kind is Kind.EVENTS or file.period_last <= as_of


def _make_source(
    tables: Tables, contract: Contract, files: list[_File], name: str, as_of: datetime.date | None = None
) -> None:
    """Make a view of all rows of the files, with what the deliveries say of them."""
    tables.run(
        f"""CREATE OR REPLACE TABLE {name}_files
        (path VARCHAR, delivery BIGINT, area VARCHAR, period VARCHAR, period_last DATE, receipt BIGINT)"""
    )
    tables.run(
        f"INSERT INTO {name}_files SELECT unnest(?::STRUCT(path VARCHAR, delivery BIGINT, area VARCHAR, "
        "period VARCHAR, period_last DATE, receipt BIGINT)[], recursive := true)",
        [[asdict(file) | {"path": str(file.path)} for file in files]],
    )
    if not files:
        nothing = ", ".join(f'NULL::{kind} AS "{column}"' for column, kind in _columns(contract))
        tables.run(f"CREATE OR REPLACE VIEW {name} AS SELECT {nothing} WHERE false")
        return
    # Two deliveries of the same rows are one file.
    paths = ", ".join(dict.fromkeys(quoted(file.path) for file in files))
    source = f"read_parquet([{paths}], filename = true, union_by_name = true)"
    there = {column for column, *_more in tables.rows(f"DESCRIBE SELECT * FROM {source}")}  # noqa: S608
    there |= {column for column, *_more in tables.rows(f"DESCRIBE {name}_files")}
    # A contract may have got a column since a batch was written.
    columns = ", ".join(
        f"{_quoted(column) if column in there else 'NULL'}::{kind} AS {_quoted(column)}"
        for column, kind in _columns(contract)
    )
    tables.run(
        f"""CREATE OR REPLACE VIEW {name} AS SELECT {columns}
        FROM {source} AS row JOIN {name}_files AS file ON file.path = row.filename
        {_until(contract, as_of)}"""  # noqa: S608
    )


def _until(contract: Contract, as_of: datetime.date | None) -> str:
    if as_of is None or contract.kind is not Kind.STATE or not contract.day:
        return ""
    return f"WHERE row.{_quoted(contract.day)} <= DATE {quoted(as_of.isoformat())}"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _columns(contract: Contract) -> Iterator[tuple[str, str]]:
    yield from (
        ("delivery", "BIGINT"), ("area", "VARCHAR"), ("period", "VARCHAR"), ("period_last", "DATE"),
        ("receipt", "BIGINT"), ("line", "BIGINT"), ("sheet", "VARCHAR"), ("seq", "BIGINT"),
        ("row_key", "UUID"), ("row_content", "UUID"),
    )  # fmt: skip
    for column in contract.columns:
        yield archived_name(contract, column), archived_type(column)


def _overruled(contract: Contract, source: str, one_giver: bool, each_day: bool, subjects: str) -> str:
    """Return the query of the rows (delivery, seq) that do not count, because another row takes their place.

    Only keys that stand in several rows are put in order: there are few of them. Rows that are alike are sought where
    several of a key may stand: in deliveries of several areas, or on several days.
    """
    newest, together = _order(contract)
    if one_giver:
        del together[0]
    if each_day and contract.kind is Kind.STATE:
        together = [*together, _quoted(contract.day) if contract.day else "period_last"]
    group = ", ".join((*together, "row_key"))
    few = f"SEMI JOIN (SELECT row_key FROM {source} SEMI JOIN {subjects} USING (subject)) USING (row_key)"  # noqa: S608
    placed = f"""
        WITH several AS (
            SELECT row_key FROM {source} {few if subjects else ""} GROUP BY row_key HAVING count(*) > 1
        ), placed AS (
            SELECT delivery, area, seq, row_key, row_content, receipt,
                row_number() OVER newer AS place, first_value(row_content) OVER newer AS newest
            FROM {source} SEMI JOIN several USING (row_key)
            WINDOW newer AS (PARTITION BY {group} ORDER BY {newest}, receipt DESC, seq DESC)
        ), told AS (
            SELECT delivery, seq, row_key, row_content, receipt, place, {_standing(contract, group)} AS standing
            FROM placed
        )"""  # noqa: S608  (names of the contract)
    if contract.kind is Kind.ROLL or not together:
        return f"{placed} SELECT delivery, seq FROM told WHERE place <> standing"  # noqa: S608
    return f"""{placed}
        SELECT delivery, seq FROM (
            SELECT *, row_number() OVER (
                PARTITION BY row_key, row_content ORDER BY abs(place - standing), receipt, seq
            ) AS alike FROM told
        ) WHERE place <> standing OR alike > 1
    """  # noqa: S608  (names of the contract)


def _standing(contract: Contract, group: str) -> str:
    """Return the expression of the place, newest first, of the row that counts among those of one key.

    An event that later files only repeat is the one that was told first (a repetition is a no-op, datasets.md 3): what
    was concluded from a list that comes anew every month rests on the same row as before.
    """
    if contract.kind is not Kind.EVENTS:
        return "1"
    others = f"min(place) FILTER (row_content <> newest) OVER (PARTITION BY {group})"
    return f"coalesce({others}, count(*) OVER (PARTITION BY {group}) + 1) - 1"


def _order(contract: Contract) -> tuple[str, list[str]]:
    """Return what puts the rows of one key in order, newest first, and within what they overrule each other.

    Of the latter the first is the area: it says nothing where all rows come from one.
    """
    if contract.kind is Kind.STATE:
        day = f'"{contract.day}" DESC NULLS LAST' if contract.day else "period_last DESC"
        return day, [_OF_COUNTY]
    if contract.kind is Kind.ROLL:
        return "receipt DESC", ["area", "period"]
    return "receipt DESC", [_OF_COUNTY]


def _living(dataset: Dataset, area: str) -> QuerySet[Batch]:
    batches = Batch.objects.filter(delivery__dataset=dataset, deleted_on__isnull=True)
    if area:
        above = [area[:length] for length in CODE_LENGTHS if length <= len(area)]
        batches = batches.filter(Q(delivery__area__in=above) | Q(delivery__area__code__startswith=area))
    return batches.select_related("delivery__replaces").order_by("delivery")
