"""Hold what the rows in force of a dataset say against the register, and keep the proposals true.

    counts = refresh(dataset, "999901", rows, by=user)

It is a comparison of two whole states, not of one delivery: run again after a redelivery, a correction, a withdrawal
or a change of the register it makes what is new, leaves what waits, and ends what nobody states any more. Two runs
change nothing the second time.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.inbox.notices import holders, notify
from foundation.ledger.record import Act, record
from foundation.tables.copying import copy_into
from foundation.workflow.move import Request, move_many
from monitoring.models import Dataset, Delivery, RegisterProposal
from monitoring.proposals.claims import Claim, FeedRow, claims_of
from monitoring.proposals.lifecycle import PROPOSAL
from monitoring.proposals.places import worklist_of

_SQL = Path(__file__).parent / "sql"
_AT_ONCE = 1000
ROLL = "dibao_roll"
RIGHTS = (Right.DELIVER_DATA, Right.EDIT_HOUSEHOLDS)


@dataclass(slots=True)
class Refreshed:
    """What a comparison changed: new proposals, those said again, and those that ended."""

    new: int = 0
    again: int = 0
    overtaken: int = 0
    withdrawn: int = 0


@transaction.atomic
def refresh(dataset: Dataset, area: str, rows: Iterable[FeedRow], *, by: User) -> Refreshed:
    """Bring the proposals of a dataset in an area to what its rows in force say; one ledger entry where any changed.

    `rows` are all rows in force that speak of `area`, each key once. Set-wise: a few statements, whatever their number.
    """
    done = Refreshed()
    with connection.cursor() as cursor:
        _one_at_a_time(cursor, dataset)
        cursor.execute(_statement("claimed"))
        copy_into(cursor, "claimed", map(_cells, claims_of(dataset.pk, rows, clock.today())))
        named: dict[str, Any] = {"area": area, "dataset": dataset.pk, "today": clock.today()}
        cursor.execute(_statement("wanted"), named)
        if dataset.pk == ROLL and (roll := _newest_roll(dataset, area)) is not None:
            covered = max(area, roll.area_id, key=len)
            cursor.execute(
                _statement("left_roll"),
                {"area": covered, "delivery": roll.pk, "known_on": min(roll.period_last, roll.received_on)},
            )
        cursor.execute(_statement("gone"), named)
        cursor.execute(_statement("ended"), named)
        ended = cursor.fetchall()
        _end([key for key, counts in ended if counts], "overtake", done)
        _end([key for key, counts in ended if not counts], "withdraw", done)
        cursor.execute(_statement("propose"), named)
        for village, new, again in cursor.fetchall():
            done.new += new
            done.again += again
            if new:
                _tell(village, new)
        cursor.execute("DROP TABLE claimed, wanted")
    _note(dataset, area, done, by)
    return done


def _one_at_a_time(cursor: Any, dataset: Dataset) -> None:
    """Let comparisons of one dataset wait for each other."""
    cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"proposals:{dataset.pk}"])


def _cells(claim: Claim) -> tuple[Any, ...]:
    """Return a claim in the order of the columns of the temporary table."""
    proposed = None if claim.proposed is None else json.dumps(claim.proposed, ensure_ascii=False)
    row = claim.row
    return (
        row.subject, claim.field.value, proposed, claim.why, claim.known_on, claim.for_person, claim.about,
        row.delivery, row.line, row.sheet,
    )  # fmt: skip


def _newest_roll(dataset: Dataset, area: str) -> Delivery | None:
    """Return the newest roll in force that covers an area, or lies in it."""
    above = [area[:length] for length in range(2, len(area) + 1)]
    rows = Delivery.objects.in_force().filter(dataset=dataset).order_by("-period_last", "-received_at")
    return rows.filter(area__in=above).first() or rows.filter(area__code__startswith=area).first()


def _end(keys: list[int], verb: str, done: Refreshed) -> None:
    """Move what nobody states any more, as the platform."""
    system = User.objects.built_in("system")
    name = "overtaken" if verb == "overtake" else "withdrawn"
    for start in range(0, len(keys), _AT_ONCE):
        rows = RegisterProposal.objects.filter(pk__in=keys[start : start + _AT_ONCE]).select_related(
            "household"
        )
        results = move_many(list(rows), Request(verb, writes={"decided_on": clock.today()}), by=system)
        setattr(done, name, getattr(done, name) + sum(result.moved for result in results))


def _tell(village: str, count: int) -> None:
    """Tell who corrects the register of a village that something new waits there."""
    notify(
        holders(Right.EDIT_HOUSEHOLDS, village),
        "register_proposals_wait",
        place=worklist_of(village),
        group=village,
        count=count,
    )


def _note(dataset: Dataset, area: str, done: Refreshed, by: User) -> None:
    counts = asdict(done)
    if not any(counts.values()):
        return
    day = clock.today()
    right = next((each for each in RIGHTS if by.holds(each, area)), RIGHTS[0])
    record(
        Act(
            f"{PROPOSAL.name}s.compared",
            "dataset",
            dataset.pk,
            day,
            day,
            area=area,
            details=counts,
        ),
        by=by.authority(right, area),
    )


def _statement(name: str) -> str:
    return (_SQL / f"{name}.sql").read_text(encoding="utf-8")
