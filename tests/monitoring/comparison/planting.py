"""Plant the world of an oracle into the register and the archive, so that the engine can be asked the same.

Rows are named and written as deliveries are (monitoring.intake.batches); only the reading of files is left out.
"""

import datetime
import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from foundation.accounts.models import Area, User
from foundation.accounts.models.areas import ancestors
from foundation.tables.duck import Tables
from households.models import Household, Identity, Resident, Revision, Standing
from monitoring.contracts.contract import Contract
from monitoring.contracts.terms import CellType
from monitoring.intake import archive, batches
from monitoring.intake.archive_store import store
from monitoring.models import Batch, Dataset, Delivery
from tests.monitoring.standards import facts

_LONG_AGO = datetime.date(2020, 1, 1)


@dataclass
class Planted:
    """What the rows of a world became: by primary key here, there by the keys of the oracle."""

    households: dict[int, str] = field(default_factory=dict)
    people: dict[int, str] = field(default_factory=dict)
    deliveries: dict[int, int] = field(default_factory=dict)
    subjects: dict[str, uuid.UUID] = field(default_factory=dict)


def plant(world: facts.World, *, by: User) -> Planted:
    """Write a world down."""
    made = Planted()
    _areas({each.area for each in world.households} | {each.area for each in world.deliveries})
    keys = {person.key for home in world.households for person in home.people} | {
        row.person for row in world.rows
    }
    made.subjects = {key: uuid.uuid4() for key in sorted(keys)}
    Identity.objects.bulk_create(
        Identity(subject=each, kind="id", token_a=uuid.uuid4(), sealed=b"") for each in made.subjects.values()
    )
    revision = Revision.objects.create(kind="register_file", by=by, as_of=_LONG_AGO, entered_on=_LONG_AGO)
    _register(world, made, revision)
    _deliver(world, made, by)
    return made


def _areas(codes: Iterable[str]) -> None:
    wanted = sorted({each for code in codes for each in (*ancestors(code), code)}, key=len)
    there = set(Area.objects.filter(code__in=wanted).values_list("code", flat=True))
    for code in wanted:
        if code not in there:
            above = ancestors(code)
            Area.objects.create(
                code=code, name=code, initials="", level=len(code), parent_id=above[-1] if above else None
            )


def _register(world: facts.World, made: Planted, revision: Revision) -> None:
    sourced = {"source": "register_file", "source_day": _LONG_AGO, "revision": revision}
    homes = Household.objects.bulk_create(
        Household(code=f"{each.code}-{place}", area_id=each.area, **sourced)
        for place, each in enumerate(world.households)
    )
    made.households = {row.pk: told.code for row, told in zip(homes, world.households, strict=True)}
    told = [
        (home, person, place)
        for home, said in zip(homes, world.households, strict=True)
        for place, person in enumerate(said.people)
    ]
    rows = Resident.objects.bulk_create(
        Resident(
            household=home, area_id=home.area_id, identity_id=made.subjects[person.key], name=person.key,
            relation=f"{place + 2:02d}", born_on=person.born_on, left_on=person.left_on,
            departure=("died" if person.died else "moved_out") if person.left_on else "", **sourced,
        )
        for home, person, place in told
    )  # fmt: skip
    made.people = {row.pk: person.key for row, (_home, person, _place) in zip(rows, told, strict=True)}
    members = {(row.household_id, made.people[row.pk]): row for row in rows}
    Standing.objects.bulk_create(
        Standing(
            household=home, resident=members[home.pk, held.person] if held.person else None, kind=held.kind,
            from_day=held.from_day, until_day=held.until_day, basis="register_file", revision=revision,
        )
        for home, said in zip(homes, world.households, strict=True)
        for held in said.held
    )  # fmt: skip


def _deliver(world: facts.World, made: Planted, by: User) -> None:
    rows: dict[int, list[facts.Row]] = {each.number: [] for each in world.deliveries}
    for row in world.rows:
        rows[row.delivery.number].append(row)
    with archive.opened() as tables:
        for told in sorted(world.deliveries, key=lambda each: each.number):
            kept = _delivered(tables, told, rows[told.number], made, by)
            made.deliveries[kept.pk] = told.number


def delivered(told: facts.Delivery, rows: list[facts.Row], made: Planted, *, by: User) -> Delivery:
    """Write one delivery with its batch, as if it had been accepted."""
    with archive.opened() as tables:
        return _delivered(tables, told, rows, made, by)


def _delivered(
    tables: Tables, told: facts.Delivery, rows: list[facts.Row], made: Planted, by: User
) -> Delivery:
    dataset = Dataset.objects.get(pk=told.dataset)
    made_row = Delivery.objects.create(
        dataset=dataset, area_id=told.area, period=told.period.text, period_last=told.period.last, by=by,
        received_on=told.period.last, file_size=1, file_sha256=hashlib.sha256(uuid.uuid4().bytes).hexdigest(),
        state="accepted", rows_read=len(rows), rows_accepted=len(rows), rows_rejected=0,
    )  # fmt: skip
    written = _write(tables, dataset.contract, rows, made)
    Batch.objects.create(
        delivery=made_row, digest=written.digest, rows=written.rows, size=1,
        kept_until=datetime.date(2040, 1, 1),
    )  # fmt: skip
    return made_row


def _write(tables: Tables, contract: Contract, rows: list[facts.Row], made: Planted) -> batches.Written:
    places = {f"v{place}": "VARCHAR" for place, _column in enumerate(contract.columns)}
    columns = {"line": "BIGINT", "sheet": "VARCHAR", "seq": "BIGINT"} | places
    for table in ("known", "plain"):
        tables.run(f"DROP TABLE IF EXISTS {table}")
    tables.load("known", {"number": "VARCHAR", "subject": "UUID"}, made.subjects.items())
    tables.load("plain", columns, [_cells(contract, place, row) for place, row in enumerate(rows)])
    tables.run("CREATE OR REPLACE TABLE typed AS SELECT *, CAST(NULL AS VARCHAR) AS faults FROM plain")
    tables.run(f"CREATE OR REPLACE TABLE named AS {_named(contract)}")
    batches.name_subjects(tables, contract)
    parts = batches.Parts()
    parts.add(tables)
    written = parts.joined(tables)
    store().put(written.path, written.digest)
    parts.discard()
    return written


def _named(contract: Contract) -> str:
    """Return the query that names the subjects of rows, as intake does (monitoring.intake.subjects)."""
    places = [place for place, column in enumerate(contract.columns) if column.type is CellType.ID_NUMBER]
    columns = ", ".join(f"k{place}.subject AS s{place}" for place in places)
    joins = " ".join(f"LEFT JOIN known AS k{place} ON k{place}.number = v{place}" for place in places)
    return f"SELECT typed.*, {columns}, NULL AS registered FROM typed {joins}"


def _cells(contract: Contract, place: int, row: facts.Row) -> list[object]:
    cells: list[object] = [row.line, "", place]
    for column in contract.columns:
        value = row.values.get(column.header)
        if column.header == contract.subject:
            value = row.person
        elif column.header == contract.subject_name:
            value = row.values.get(column.header, row.person)
        elif column.type is CellType.ID_NUMBER:
            value = None
        cells.append("" if value is None else value)
    return cells
