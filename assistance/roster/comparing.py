"""Lay a list of civil affairs beside the register: who is on it and not here, here and not on it, or told otherwise.

People are matched by their ID number alone. One side is the list, the other what standings say on its day (the rolls
that monitoring takes in, files, hands). Nothing is changed: every difference waits until somebody settles it.
"""

import datetime
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from assistance.models import RosterComparison, RosterDifference
from assistance.roster.contract import ASSISTED, columns
from assistance.roster.rights import authority
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.progress import Progress, unseen
from foundation.accounts.refusals import unreadable_is_refused
from foundation.ledger.record import Act, record
from foundation.tables import duck
from foundation.tables.copying import insert_many
from foundation.tables.reading import read_table
from households.identity import keeping
from households.models import Identity, Resident, Standing

Kind = RosterDifference.Kind
#: What every row must say, read: a row without one of them is compared no further.
_NEEDED = ("coalesce(id_number_value, '')", "coalesce(name, '')", "coalesce(kind_value, '')")


@dataclass(frozen=True, slots=True)
class Theirs:
    """One person of the list: name and kinds of assistance."""

    name: str
    kinds: frozenset[str]


def compare(
    file: BinaryIO, area: str, as_of: datetime.date, *, by: User, progress: Progress = unseen
) -> RosterComparison:
    """Compare a list as of a day with an area's register, in one transaction; returns it with its differences."""
    actor = authority(by, area)
    with clock.one_reading(), duck.opened() as tables, transaction.atomic():
        with unreadable_is_refused():
            read = read_table(tables, file, columns(), into="incoming", progress=progress)
        rows = tables.one("SELECT count(*) FROM incoming")
        sound = " AND ".join(("fault IS NULL", *(f"{name} <> ''" for name in _NEEDED)))
        theirs = _theirs(
            tables.rows(f"SELECT id_number_value, tidy_of(name), kind_value FROM incoming WHERE {sound}")  # noqa: S608
        )
        rejected = tables.one(f"SELECT count(*) FROM incoming WHERE NOT ({sound})")  # noqa: S608
        made = RosterComparison(
            area_id=area, as_of=as_of, sha256=read.sha256, rows=rows, rejected=rejected, same=0, monitored=0,
            made_on=clock.today(), made_by=by,
        )  # fmt: skip
        made.save()
        _keep(made, theirs)
        today = clock.today()
        details = {
            "sha256": made.sha256, "rows": rows, "rejected": rejected, "same": made.same,
            "differences": made.differences.count(),
        }  # fmt: skip
        record(Act("roster.compared", "area", area, as_of, today, area=area, details=details), by=actor)
    progress(1, 1)
    return made


def _theirs(rows: Iterable[tuple[str, str, str]]) -> dict[str, Theirs]:
    found: dict[str, Theirs] = {}
    for number, name, kind in rows:
        if number:
            before = found.get(number)
            found[number] = Theirs(name[:60], frozenset({kind, *(before.kinds if before else ())}))
    return found


def _keep(made: RosterComparison, theirs: dict[str, Theirs]) -> None:
    subjects = keeping.find(Identity.Kind.ID_NUMBER, theirs)
    listed = {subjects[number]: each for number, each in theirs.items() if number in subjects}
    people = _people(listed, made.area_id)
    here = _here(made.area_id, made.as_of)
    own = _kinds_of(people.values(), made.as_of)
    differences = [
        RosterDifference(comparison=made, kind=Kind.UNKNOWN, person=each.name, there=_words(each.kinds))
        for number, each in sorted(theirs.items())
        if subjects.get(number) not in people
    ]
    same = 0
    for subject, resident in people.items():
        between = _between(made, resident, listed[subject], own.get(resident.pk, frozenset()))
        differences += between
        same += not between
    listed_people = {resident.pk for resident in people.values()}
    differences += [
        RosterDifference(
            comparison=made, kind=Kind.OURS, household_id=resident.household_id, resident=resident,
            person=resident.name[:60], here=_words(kinds),
        )
        for resident, kinds in here
        if resident.pk not in listed_people
    ]  # fmt: skip
    insert_many(differences)
    made.same, made.monitored = same, _monitored(people.values(), made.as_of)
    made.save(update_fields=["same", "monitored"])


def _people(listed: Collection[UUID], area: str) -> dict[UUID, Resident]:
    """Return by subject where each person is registered in the area: as a member, else where they left last.

    Who is registered elsewhere is nobody here: a list tells its area nothing of another one's households.
    """
    found: dict[UUID, Resident] = {}
    rows = Resident.objects.filter(identity__in=list(listed), area__code__startswith=area).order_by(
        "left_on", "pk"
    )
    for row in rows:
        before = found.get(row.identity_id) if row.identity_id else None
        if row.identity_id and (before is None or before.left_on is not None):
            found[row.identity_id] = row
    return found


def _here(area: str, on: datetime.date) -> Iterator[tuple[Resident, frozenset[str]]]:
    """Yield who is here on a day on a list of social assistance of their own, with the kinds."""
    rows = Standing.objects.in_force(on).filter(
        resident__isnull=False, kind__in=ASSISTED, household__area__code__startswith=area
    )
    kinds: dict[int, set[str]] = {}
    for key, kind in rows.values_list("resident", "kind"):
        kinds.setdefault(key, set()).add(kind)
    for resident in Resident.objects.present(on).filter(pk__in=kinds).order_by("area", "pk"):
        yield resident, frozenset(kinds[resident.pk])


def _kinds_of(people: Iterable[Resident], on: datetime.date) -> dict[int, frozenset[str]]:
    """Return by member which kinds hold for them on a day, by themselves or with their whole household."""
    rows = list(people)
    own: dict[int, set[str]] = {}
    whole: dict[int, set[str]] = {}
    held = Standing.objects.in_force(on).filter(
        Q(resident__in=rows) | Q(resident__isnull=True, household__in=[row.household_id for row in rows]),
        kind__in=ASSISTED,
    )
    for household, resident, kind in held.values_list("household", "resident", "kind"):
        (own.setdefault(resident, set()) if resident else whole.setdefault(household, set())).add(kind)
    return {row.pk: frozenset(own.get(row.pk, set()) | whole.get(row.household_id, set())) for row in rows}


def _between(
    made: RosterComparison, resident: Resident, theirs: Theirs, here: frozenset[str]
) -> list[RosterDifference]:
    """Return how one person of the list differs; nothing where both sides say the same."""
    left = resident.left_on is not None and resident.left_on <= made.as_of
    if left:
        kind = Kind.DEAD if resident.departure == Resident.Departure.DIED else Kind.MOVED
    elif here == theirs.kinds:
        return []
    else:
        kind = Kind.CATEGORY if here else Kind.THEIRS
    return [
        RosterDifference(
            comparison=made, kind=kind, household_id=resident.household_id, resident=resident,
            person=resident.name[:60], here=str(resident.left_on) if left else _words(here),
            there=_words(theirs.kinds),
        )
    ]  # fmt: skip


def _monitored(people: Iterable[Resident], on: datetime.date) -> int:
    homes = [each.household_id for each in people if each.left_on is None or each.left_on > on]
    held = Standing.objects.in_force(on).filter(household__in=homes, kind__in=Standing.MONITORED)
    monitored = set(held.values_list("household", flat=True))
    return sum(home in monitored for home in homes)


def _words(kinds: Iterable[str]) -> str:
    """Return codes as they are kept: told in the reader's language when shown."""
    return " ".join(sorted(kinds))
