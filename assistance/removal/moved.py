"""Every move of a removal goes through here, with what follows it: what it waits for, its last day, its notices.

advance(removal, Request("refuse", …), by=user)
results, moved = moved_many(removals, Request("approve", …), by=user); …; follow(moved, by=user)
"""

import datetime
from collections.abc import Collection, Sequence

from alerts.verification.due import Reckoner
from assistance.data_checks.following import ask_again
from assistance.deciding import letters
from assistance.models import NoticeItem, Removal
from assistance.removal import barriers, telling
from assistance.removal.chain import open_steps, standings_of
from assistance.removal.lifecycle import RUNNING
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.regulations.lookup import mark_used
from foundation.workflow.courses import Standing
from foundation.workflow.models import CourseStep, Passage
from foundation.workflow.move import Request, Result, move, move_many

#: The step that ends with the days of a notice: the line that hangs says its last day.
END_OF_NOTICE = "notice"
#: Within how many days the county answers a proposed roll-back.
ROLLBACK_DAYS = "rollback_answer_days"


def advance(removal: Removal, asked: Request, *, by: User) -> Removal:
    """Make one move, and what follows it; refused where something stands before it."""
    if sentence := barriers.standing_before(asked.verb, [removal]).get(removal.pk):
        raise Refused(sentence)
    move(removal, asked, by=by)
    follow([removal], by=by)
    return removal


def moved_many(
    removals: Sequence[Removal], asked: Request, *, by: User
) -> tuple[list[Result], list[Removal]]:
    """Make a move on many removals; returns the result of each, and those that moved as they stand now.

    The caller calls `follow` with them, once it has written what else belongs to the move.
    """
    barred = barriers.standing_before(asked.verb, removals)
    going = [row for row in removals if row.pk not in barred]
    done = {each.key: each for each in move_many(going, asked, by=by)}
    results = [
        Result(row.pk, Refused(barred[row.pk])) if row.pk in barred else done[row.pk] for row in removals
    ]
    return results, fresh([result.key for result in results if result.moved])


def follow(removals: Sequence[Removal], *, by: User) -> None:
    """Follow removals that stand somewhere else now: what they wait for, their last day, letters, who is told."""
    if removals:
        set_due(removals)
        letters.after_removals(removals)
        telling.tell_waiting(removals, by=by)
        ask_again([row.case.household_id for row in removals])


def fresh(keys: Collection[int]) -> list[Removal]:
    """Return removals as they stand now, with their cases and households."""
    return list(
        Removal.objects.filter(pk__in=keys).select_related("case__household", "case__standing").order_by("pk")
    )


def set_due(removals: Sequence[Removal]) -> None:
    """Write down which steps removals wait for, and until when; their version stays: nobody decided anything."""
    standings, reckoner = standings_of(removals), Reckoner(clock.today())
    taken: dict[int, dict[str, datetime.date]] = {}
    for row in CourseStep.objects.filter(course__in=[each.course for each in standings.values()]).order_by(
        "pk"
    ):
        taken.setdefault(row.course_id, {})[row.step] = row.on
    lines = NoticeItem.objects.running().filter(removal__in=removals)
    until, asked = dict(lines.values_list("removal", "until")), _rollbacks_asked(removals)
    for removal in removals:
        standing = standings.get(removal.pk) if removal.state in RUNNING else None
        steps = open_steps(standing)
        removal.waits_for = [step.code for step in steps]
        removal.step_due_on = None
        if standing is not None:
            days = taken.get(standing.course, {})
            removal.step_due_on = _first_last(removal, standing, days, until.get(removal.pk), reckoner)
        elif removal.pk in asked:
            removal.step_due_on = reckoner.last(ROLLBACK_DAYS, removal.area_id, asked[removal.pk])
    Removal.objects.bulk_update(removals, ["waits_for", "step_due_on"], batch_size=500)
    mark_used(*reckoner.used.values())


def date_rollbacks() -> None:
    """Give roll-backs that wait for the county without a last day one: proposed before they had any."""
    rows = Removal.objects.filter(state="rolling_back", step_due_on__isnull=True)
    if bare := list(rows.select_related("case__household", "case__standing").order_by("pk")):
        set_due(bare)


def _rollbacks_asked(removals: Sequence[Removal]) -> dict[int, datetime.date]:
    """Return by key since when a roll-back waits for the county."""
    keys = [str(row.pk) for row in removals if row.state == "rolling_back"]
    rows = Passage.objects.filter(
        model=Removal._meta.label_lower, object_id__in=keys, verb="propose_rollback"
    )
    return {int(row.object_id): row.happened_on for row in rows.order_by("pk")} if keys else {}


def _first_last(
    removal: Removal,
    standing: Standing,
    taken: dict[str, datetime.date],
    until: datetime.date | None,
    reckoner: Reckoner,
) -> datetime.date | None:
    """Return the first last day among the open steps; a step runs from the last of those that it waited for."""
    lasts = []
    for step in standing.open_steps():
        if step.code == END_OF_NOTICE:
            lasts.append(until)
        elif step.deadline:
            since = max((taken[code] for code in (*step.waits_for, step.code) if code in taken),
                        default=removal.proposed_on)  # fmt: skip
            lasts.append(reckoner.last(step.deadline, removal.area_id, since, removal.proposed_on))
    return min((day for day in lasts if day is not None), default=None)
