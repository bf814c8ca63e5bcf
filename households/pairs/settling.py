"""Pairs that settle themselves: somebody entered by hand, or a file said, what a decision would have said.

In the transaction of every change of the register and every night. What nobody noted or took up is forgotten; what
somebody took up is closed, with a row of its history that says so. It waits again where the departure is taken back.
"""

from collections.abc import Collection, Sequence
from pathlib import Path

from django.db import connection

from foundation.accounts import clock
from foundation.accounts.models import Area, User
from foundation.accounts.roles import Right
from foundation.workflow.move import Request, create, move_many
from households.models import Duplicate, PairDecision
from households.pairs import telling, waiting
from households.pairs.sides import parent_of
from households.querysets_of_moves import PairDecisionQuerySet

_OVER, _AGAIN = (
    (Path(__file__).parent / "sql" / f"{name}.sql").read_text(encoding="utf-8") for name in ("over", "again")
)
_ITSELF = PairDecision.Outcome.ITSELF


def settle(areas: Collection[str], households: Collection[int] | None = None) -> None:
    """Forget or close what stands no more, and let wait again what stands again: among `households`, or everybody's.

    Two questions; more only where something is to be closed.
    """
    given = {
        "areas": [f"{area}%" for area in areas],
        "households": None if households is None else list(households),
    }
    with connection.cursor() as cursor:
        cursor.execute(_OVER, given)
        over = cursor.fetchall()
        cursor.execute(_AGAIN, given)
        again = [key for (key,) in cursor.fetchall()]
    _forget([key for key, told in over if not told])
    _close([key for key, told in over if told])
    _wait_again(again)


def _forget(pairs: Sequence[int]) -> None:
    """Delete pairs that no decision names; one that somebody takes up at this moment waits for the night."""
    if not pairs:
        return
    with connection.cursor() as cursor:
        # Locked first: what was decided meanwhile is seen by the statement after it alone.
        cursor.execute(
            "SELECT id FROM households_duplicate WHERE id = ANY (%s) ORDER BY id FOR UPDATE SKIP LOCKED",
            [list(pairs)],
        )
        mine = [key for (key,) in cursor.fetchall()]
        cursor.execute(
            """DELETE FROM households_duplicate AS pair WHERE pair.id = ANY (%s)
                AND NOT EXISTS (SELECT 1 FROM households_pairdecision AS row WHERE row.pair_id = pair.id)""",
            [mine],
        )


def _close(pairs: Sequence[int]) -> None:
    """Close what somebody noted or took up; forgotten where no area of this platform lies above both."""
    if not pairs:
        return
    system = User.objects.built_in("system")
    free = Duplicate.objects.select_for_update(of=("self",), skip_locked=True).order_by("pk")
    found = free.select_related("household__area", "claimed_area", "noted_by").in_bulk(list(pairs))
    rows = {each.pair_id: each for each in _loaded().exclude(state="undone").filter(pair__in=found)}
    for key, pair in found.items():
        if key not in rows and (parent := _parent(pair)) is not None:
            row = PairDecision(pair=pair, parent_area=parent, taken_up_on=clock.today())
            actor = system.authority(Right.SETTLE_MOVES, parent.code)
            rows[key] = create(row, by=system, actor=actor, details={"pair": key})
    _forget([key for key in found if key not in rows])
    on = clock.today()
    asked = Request(
        "settle", given={"outcome": _ITSELF}, details={"outcome": _ITSELF},
        writes={"outcome": _ITSELF, "happened_on": on, "decided_on": on},
    )  # fmt: skip
    moved = {result.key for result in move_many(list(rows.values()), asked, by=system) if result.moved}
    closed = [row for row in rows.values() if row.pk in moved]
    Duplicate.objects.filter(pk__in=[row.pair_id for row in closed]).update(decided_on=on)
    for row in closed:
        telling.tell_settled(row)


def _wait_again(decisions: Sequence[int]) -> None:
    if not decisions:
        return
    rows = list(_loaded().filter(pk__in=decisions))
    results = move_many(rows, Request("stand_again"), by=User.objects.built_in("system"))
    moved = {result.key for result in results if result.moved}
    waiting.again([row.pair_id for row in rows if row.pk in moved])


def _loaded() -> PairDecisionQuerySet:
    rows: PairDecisionQuerySet = PairDecision.objects.all()
    return rows.select_related("pair__household__area", "pair__claimed_area", "parent_area")


def _parent(pair: Duplicate) -> Area | None:
    """Return the area above both: as it is now, or as it was when somebody decided before."""
    earlier = PairDecision.objects.filter(pair=pair).select_related("parent_area").first()
    return parent_of(pair) or (earlier.parent_area if earlier else None)
