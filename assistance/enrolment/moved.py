"""Every move of a case goes through here, with what follows it: what it waits for, its last days, its warning.

advance(case, Request("review", given={…}), by=user)
results, moved = moved_many(cases, Request("approve", …), by=user); …; follow(moved, by=user)
"""

from collections.abc import Collection, Sequence
from pathlib import Path

from django.db import connection

from assistance.enrolment import barriers, pieces
from assistance.enrolment.chain import open_steps
from assistance.enrolment.due import set_due
from assistance.lifecycle import UNDER_WAY
from assistance.models import Case
from foundation.accounts.composition import parts
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.workflow import courses
from foundation.workflow.move import Request, Result, move, move_many

_SQL = Path(__file__).parent.parent / "sql" / "set_waiting.sql"


def follow(cases: Sequence[Case], *, by: User) -> None:
    """Follow cases that stand somewhere else now: what they wait for, their last days, and who else must know.

    CASE_FOLLOWERS of the composition are called with the cases as they stand now.
    """
    if cases:
        _set_waiting(cases)
        set_due(cases)
        for follower in parts("CASE_FOLLOWERS"):
            follower(cases, by=by)


def advance(case: Case, asked: Request, *, by: User) -> Case:
    """Make one move, and what follows it; refused where a barrier stands (assistance.enrolment.barriers)."""
    barriers.check(asked.verb, case)
    move(case, asked, by=by)
    _mend([case], asked.verb, by)
    follow([case], by=by)
    return case


def moved_many(cases: Sequence[Case], asked: Request, *, by: User) -> tuple[list[Result], list[Case]]:
    """Make a move on many cases; returns the result of each, and those that moved as they stand now.

    The caller calls `follow` with them, once it has written what else belongs to the move.
    """
    barred = barriers.standing_before(asked.verb, cases)
    done = {
        each.key: each for each in move_many([row for row in cases if row.pk not in barred], asked, by=by)
    }
    results = [Result(row.pk, Refused(barred[row.pk])) if row.pk in barred else done[row.pk] for row in cases]
    moved = fresh([result.key for result in results if result.moved])
    _mend(moved, asked.verb, by)
    return results, moved


def _mend(cases: Sequence[Case], verb: str, by: User) -> None:
    """Tick off on check lists what the step mends that was taken again."""
    returned = [case for case in cases if case.returned]
    for case, standing in courses.of(returned).items() if returned else ():
        if step := standing.step_of(verb):
            pieces.mended_by_step([int(case)], [step.code], by=by)


def fresh(keys: Collection[int]) -> list[Case]:
    """Return cases as they stand now, with their households."""
    return list(Case.objects.filter(pk__in=keys).select_related("household").order_by("pk"))


def _set_waiting(cases: Sequence[Case]) -> None:
    """Write down which steps each case waits for; one statement. Its version stays: nobody decided anything."""
    waiting = open_steps([case for case in cases if case.state in UNDER_WAY])
    for case in cases:
        case.waits_for = [step.code for step in waiting.get(case.pk, ())]
    with connection.cursor() as cursor:
        cursor.execute(
            _SQL.read_text(encoding="utf-8"),
            {
                "cases": [case.pk for case in cases],
                "steps": [",".join(case.waits_for) for case in cases],
            },
        )
