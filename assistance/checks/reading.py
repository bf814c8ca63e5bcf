"""The rows of one dataset about a few people, as the newest lists that cover their village say it."""

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from assistance.checks.items import Answer
from foundation.files.stores import Missing
from foundation.tables.duck import Tables
from monitoring.intake import archive
from monitoring.intake.matching import name_differs
from monitoring.models import Batch, Dataset

#: What stands in a row beside the columns of its contract.
_PLACE = ("delivery", "period_last", "line", "sheet", "row_key", "subject")


@dataclass(frozen=True, slots=True)
class Person:
    """A member who is asked about: whose row it would be, under which name."""

    resident: int
    subject: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Found:
    """A row about a member: where it stands, of which day it is, and its columns."""

    resident: int
    delivery: int
    as_of: datetime.date
    line: int
    sheet: str
    row_key: UUID
    columns: dict[str, Any]
    name_differs: bool


@dataclass(frozen=True, slots=True)
class Answered:
    """What a dataset answered: the deliveries that were read, and the rows; `fault` says why it could not be asked."""

    deliveries: Sequence[int] = ()
    as_of: datetime.date | None = None
    rows: Sequence[Found] = ()
    fault: str = ""


def ask(answer: Answer, people: Collection[Person], *, area: str, on: datetime.date) -> Answered:
    """Return what the dataset of `answer` has about `people` who live in `area`.

    Only for stage functions that hold an authorisation: nothing is checked here. A dataset that is not declared
    here, or of which nothing was delivered for the area, was not asked (`no_delivery`); one whose file is gone neither.
    """
    dataset = Dataset.objects.filter(pk=answer.dataset, withdrawn=False).first()
    lists = newest(dataset, area, on) if dataset else []
    if dataset is None or not lists:
        return Answered(fault="no_delivery")
    try:
        with archive.opened() as tables:
            rows = _rows(tables, dataset, lists, people)
    except Missing:
        return Answered(fault="unreadable")
    read = sorted(batch.delivery_id for batch in lists)
    return Answered(read, max(batch.delivery.period_last for batch in lists), rows)


def is_connected(dataset: str, area: str, on: datetime.date) -> bool:
    """Say whether anything was delivered of a dataset that covers a village."""
    return bool(connected([dataset], area, on))


def connected(datasets: Collection[str], area: str, on: datetime.date) -> dict[str, Dataset]:
    """Return those of many datasets of which something was delivered that covers a village; one query."""
    covering = archive.covering(area, on)
    declared = Dataset.objects.filter(pk__in=datasets, withdrawn=False).select_related("department")
    rows = declared.filter(pk__in=covering.values("delivery__dataset"))
    return {row.pk: row for row in rows}


def lists_of(dataset: str, area: str, on: datetime.date) -> list[Batch]:
    """Return what would be read of a dataset about people of a village; nothing where it is not declared here."""
    row = Dataset.objects.filter(pk=dataset, withdrawn=False).first()
    return newest(row, area, on) if row is not None else []


def newest(dataset: Dataset, area: str, on: datetime.date) -> list[Batch]:
    """Return the newest lists that cover a village: of each area that delivers, those of its last period."""
    covering = [
        batch
        for batch in archive.in_force(dataset, area=area)
        if area.startswith(batch.delivery.area_id) and batch.delivery.period_last <= on
    ]
    last: dict[str, datetime.date] = {}
    for batch in covering:
        delivery = batch.delivery
        last[delivery.area_id] = max(delivery.period_last, last.get(delivery.area_id, delivery.period_last))
    return [batch for batch in covering if batch.delivery.period_last == last[batch.delivery.area_id]]


def _rows(
    tables: Tables, dataset: Dataset, lists: Sequence[Batch], people: Collection[Person]
) -> list[Found]:
    contract = dataset.contract
    by_subject = {each.subject: each for each in people}
    tables.load("asked_for", {"subject": "UUID"}, [(str(each.subject),) for each in people])
    view = archive.effective(tables, dataset, lists, subjects="asked_for")
    headers = [each.header for each in contract.columns if each.header != contract.subject]
    columns = ", ".join([*_PLACE, *(f'"{header}"' for header in headers)])
    rows = tables.all(
        f"SELECT {columns} FROM {view} SEMI JOIN asked_for USING (subject) ORDER BY delivery, seq"  # noqa: S608  (headers of the contract)
    )
    return [_found(row, headers, contract.subject_name, by_subject) for row in rows]


def _found(row: Sequence[Any], headers: Sequence[str], name: str, by_subject: dict[UUID, Person]) -> Found:
    delivery, as_of, line, sheet, row_key, subject = row[: len(_PLACE)]
    said = dict(zip(headers, row[len(_PLACE) :], strict=True))
    person = by_subject[subject]
    return Found(
        person.resident, delivery, as_of, line, sheet or "", row_key, said,
        name_differs(str(said.get(name) or ""), person.name),
    )  # fmt: skip
