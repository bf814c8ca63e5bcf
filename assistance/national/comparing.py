"""Lay an export of the national system beside the register, both ways, field by field.

The export has the columns of the contract `monitored_objects`. People are matched by their ID number within their
household, households by their number. What the file itself contradicts is rejected with reasons and compared no
further. Nothing is changed: every difference waits until somebody decides what is right.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO
from uuid import UUID

from django.db import transaction

from assistance.models import ComparedExport, Difference
from assistance.national.facts import HouseholdFacts, facts_of, monitored
from foundation.accounts import clock
from foundation.accounts.models import Area, User
from foundation.accounts.progress import Progress, unseen
from foundation.accounts.refusals import unreadable_is_refused
from foundation.accounts.roles import Level, Right
from foundation.ledger.record import Act, record
from foundation.tables import duck
from foundation.tables.copying import insert_many
from households.identity import keeping
from households.models import Identity, Resident
from households.monitored import reading
from households.monitored.reading import RejectedRow, Stated

COMPARED = "national.compared"
_READING = 0.5  # share of the work that is reading the file
_LONGEST = 200
Side = Difference.Side


@dataclass(slots=True)
class Theirs:
    """One household of the export: its rows, and their people by subject."""

    rows: list[Stated]
    people: dict[str, Stated]


def _forget(rows: Iterable[RejectedRow]) -> None:
    """Keep nothing of the rejected rows but their number."""


def compare(
    file: BinaryIO,
    area: str,
    *,
    by: User,
    progress: Progress = unseen,
    rejected: Callable[[Iterable[RejectedRow]], None] = _forget,
) -> ComparedExport:
    """Compare an export with what is monitored under `area`, in one transaction; returns it with its differences.

    `rejected` is called once with the rows that could not be compared. Refused where the file cannot be read at all.
    """
    actor = by.authority(Right.PREPARE_CASES, area)
    with duck.opened() as tables, transaction.atomic():
        with unreadable_is_refused():
            read = reading.check_file(
                tables,
                file,
                villages=lambda codes: _villages(codes, area),
                progress=lambda done, total: progress(int(done * _READING), max(total, 1)),
            )
        counts = reading.counts_of(tables)
        theirs = _by_household(reading.sound(tables))
        export = ComparedExport.objects.create(
            area_id=area, sha256=read.sha256, rows=counts["rows_read"], rejected=counts["rows_rejected"], same=0,
            made_on=clock.today(), made_by=by,
        )  # fmt: skip
        _keep(export, theirs, by)
        rejected(reading.rejected(tables))
        details = {
            "area": area, "sha256": read.sha256, "rows": export.rows, "rejected": export.rejected,
            "differences": export.differences.count(), "same": export.same,
        }  # fmt: skip
        today = clock.today()
        record(Act(COMPARED, "area", area, today, today, area=area, details=details), by=actor)
    progress(1, 1)
    return export


def _keep(export: ComparedExport, theirs: dict[str, Theirs], by: User) -> None:
    same, found = 0, []
    for facts in facts_of(monitored(by, export.area_id)):
        between = list(_between(facts, theirs.pop(facts.household.code, None)))
        found += between
        same += not between
    for code, only in sorted(theirs.items()):
        first = only.rows[0]
        found.append(
            Difference(side=Side.THERE, code=code, there=f"{first.name} ({len(only.rows)})"[:_LONGEST])
        )
    for each in found:
        each.export = export
    insert_many(found)
    ComparedExport.objects.filter(pk=export.pk).update(same=same)
    export.same = same


def _villages(codes: list[str], area: str) -> Iterator[str]:
    known = Area.objects.living().filter(level=Level.VILLAGE, code__in=codes)
    yield from (code for code in known.values_list("code", flat=True) if code.startswith(area))


def _by_household(rows: Iterable[Stated]) -> dict[str, Theirs]:
    found: dict[str, Theirs] = {}
    for row in rows:
        theirs = found.setdefault(row.household, Theirs([], {}))
        theirs.rows.append(row)
        theirs.people[row.number] = row
    return found


def _between(facts: HouseholdFacts, theirs: Theirs | None) -> Iterator[Difference]:
    """Yield what the register and the export say differently of one household."""
    about = {"code": facts.household.code, "household": facts.household}
    if theirs is None:
        here = f"{facts.head.name if facts.head else ''} ({len(facts.people)})".strip()
        yield Difference(side=Side.HERE, here=here[:_LONGEST], **about)
        return
    for field, here, there in _fields(facts, theirs.rows[0]):
        if here != there:
            yield Difference(
                side=Side.BOTH, field=field, here=here[:_LONGEST], there=there[:_LONGEST], **about
            )
    yield from _people(facts, theirs, about)


def _fields(facts: HouseholdFacts, theirs: Stated) -> Iterator[tuple[str, str, str]]:
    """Yield the fields of a household with what stands here and there, both in the words of the area."""
    standing, words, area = facts.standing, facts.words, facts.household.area_id
    yield "area", area, theirs.area
    yield "category", facts.category, words.standing(theirs.kind, area)
    yield (
        "risk_1",
        words.word("risk_types", standing.risk_types, area),
        words.word("risk_types", theirs.risks, area),
    )
    yield "identified", _month(standing.from_day), _month(theirs.from_day)
    yield "removed_in", _month(standing.until_day) if facts.removed else "", _month(theirs.removed_on)
    yield "removal_way", facts.removal_way, words.word("removal_way", theirs.way, area)
    yield "helper", standing.helper, theirs.helper or ""
    if standing.net_income_per_head is not None and theirs.income is not None:
        yield "income", f"{standing.net_income_per_head:.2f}", f"{theirs.income:.2f}"


def _people(facts: HouseholdFacts, theirs: Theirs, about: dict[str, Any]) -> Iterator[Difference]:
    subjects = keeping.find(Identity.Kind.ID_NUMBER, theirs.people)
    there: dict[UUID, Stated] = {
        subjects[number]: row for number, row in theirs.people.items() if number in subjects
    }
    for person in facts.people:
        row = there.pop(person.identity_id, None) if person.identity_id else None
        told: dict[str, Any] = {**about, "resident": person, "person": person.shown_name[:60]}
        if row is None:
            yield Difference(side=Side.HERE, **told)
            continue
        for field, ours, other in _of_person(facts, person, row):
            if ours != other:
                yield Difference(
                    side=Side.BOTH, field=field, here=ours[:_LONGEST], there=other[:_LONGEST], **told
                )
    unknown = [row for number, row in theirs.people.items() if number not in subjects]
    for row in [*there.values(), *unknown]:
        yield Difference(side=Side.THERE, person=row.name[:60], **about)


def _of_person(facts: HouseholdFacts, person: Resident, row: Stated) -> Iterator[tuple[str, str, str]]:
    area = facts.household.area_id
    yield "name", person.name, row.name
    yield (
        "relation",
        facts.words.word("relation", person.relation, area),
        facts.words.word("relation", row.relation, area),
    )


def _month(day: Any) -> str:
    return f"{day:%Y%m}" if day else ""
