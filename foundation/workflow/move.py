"""Make moves: the only code that writes a state.

`move_many` does it set-wise for thousands of rows with a result per row; `move` is the same for one row and
raises the refusal. Order of checks: the move leaves from this state, the person holds the right in the row's
area, is not kin of its household, is not the maker of what is checked, the row's path is at this step, and
everything the move needs was given. Then compare-and-swap, passage and ledger entry in one transaction.
"""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.ledger.record import Act, Actor, record_many
from foundation.tables.copying import insert_many
from foundation.workflow import courses, rules
from foundation.workflow.courses import Standing
from foundation.workflow.lifecycle import Move
from foundation.workflow.models import Passage, Stateful
from foundation.workflow.swapping import swap, take_over

S = TypeVar("S", bound=Stateful)


class AlreadyMoved(Refused):
    """Somebody else was faster: the row no longer stands where the caller saw it."""


@dataclass(frozen=True, slots=True)
class Request:
    """What the person asks for: the verb, the day it happened, the reason, and what the move needs.

    `writes` are columns of the row that change with the move, the same for every row. `details` go into the
    ledger entry and must hold nothing personal. `back_to` names the step of the path that a return opens
    again, with all that waits for it; without it a return opens every step again.
    """

    verb: str
    on: datetime.date | None = None
    reason: str = ""
    given: Mapping[str, Any] = field(default_factory=dict)
    writes: Mapping[str, Any] = field(default_factory=dict)
    details: Mapping[str, Any] = field(default_factory=dict)
    back_to: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one row: moved, or the sentence that says why not. `row` is what is stored of one that moved."""

    key: Any
    refusal: Refused | None = None
    row: Any = None

    @property
    def moved(self) -> bool:
        """Whether the row was moved."""
        return self.refusal is None


def create(
    row: S,
    *,
    by: User,
    on: datetime.date | None = None,
    reason: str = "",
    actor: Actor,
    details: Mapping[str, Any] | None = None,
) -> S:
    """Save a new row in the first state of its lifecycle, with its passage and ledger entry.

    The stage function has already asked `by.authority(…)` for the right to make it, and hands the actor on. `details`
    go into the entry and must hold nothing personal.
    """
    happened = _happened([row], row.lifecycle.created, on, reason)
    with transaction.atomic():
        row.state = row.lifecycle.initial
        row.version = 1
        row.save(force_insert=True)
        made = _Planned(row, "", 1, actor, details or {})
        _write_history([made], row.lifecycle.created, row.state, by, Request("", reason=reason), happened)
    return row


@transaction.atomic
def create_many(
    rows: Sequence[S], *, by: User, actor: Actor, details: Callable[[S], Mapping[str, Any]] | None = None
) -> Sequence[S]:
    """Do the same for thousands of rows, in a few statements; `details` says what the entry of each one holds."""
    happened = clock.today()
    for row in rows:
        row.state, row.version = row.lifecycle.initial, 1
    if rows:
        insert_many(rows)
        made = [_Planned(row, "", 1, actor, details(row) if details else {}) for row in rows]
        _write_history(made, rows[0].lifecycle.created, rows[0].state, by, Request(""), happened)
    return rows


def move(row: S, request: Request, *, by: User) -> S:
    """Make one move, or raise the refusal. The row carries afterwards what is stored of it."""
    moved, refused = _moved([row], request, by)
    if refused:
        raise refused[row.pk]
    take_over(row, moved[row.pk])
    return row


def move_many(rows: Sequence[S], request: Request, *, by: User) -> list[Result]:
    """Make the same move on many rows of one model; each row is moved or refused on its own.

    The state and version that the rows carry are what the caller saw: a row that changed since is refused.
    """
    if not rows:
        return []
    moved, refused = _moved(rows, request, by)
    return [Result(row.pk, refused.get(row.pk), moved.get(row.pk)) for row in rows]


def _moved(rows: Sequence[S], request: Request, by: User) -> tuple[dict[Any, S], dict[Any, Refused]]:
    """Make the move; returns by key the rows that moved, as they are stored now, and the refusals of the others.

    Nothing is refused once the first row is written, so the caller's transaction needs no point to return to.
    """
    step = rows[0].lifecycle.find(request.verb)
    happened = _happened(rows, step.verb, request.on, request.reason)
    planned, refused = _plan(rows, step, by, _missing(step, request))
    with transaction.atomic(savepoint=False):
        moved: dict[Any, Any] = swap([plan.row for plan in planned], step, request.writes)
        for plan in planned:
            if plan.row.pk not in moved:
                refused[plan.row.pk] = AlreadyMoved(
                    _("Somebody else has just changed this: look at it again before you decide.")
                )
        made = [plan for plan in planned if plan.row.pk in moved]
        _write_history(made, step.verb, step.target, by, request, happened)
        mark = courses.Mark(by, happened, request.reason, request.back_to)
        courses.follow([plan.standing for plan in made if plan.standing], step, mark)
    return moved, refused


@dataclass(frozen=True, slots=True)
class _Planned:
    """A row that passed every check: where it stood, in which round, and as whom the person acts on it.

    `standing` is where it stood on its path; None where it follows none.
    """

    row: Stateful
    from_state: str
    round: int
    actor: Actor
    details: Mapping[str, Any] = field(default_factory=dict)
    standing: Standing | None = None


def _happened(rows: Sequence[Stateful], verb: str, on: datetime.date | None, reason: str) -> datetime.date:
    """Return the day the step happened; entered late, it takes a reason and a step that two people stand behind."""
    areas = {row.area_code for row in rows}
    happened = clock.happened(on, reason=reason, areas=areas)
    if not rows[0].lifecycle.seen_by_two(verb) and clock.is_late(happened, areas):
        raise Refused(
            _(
                "Nobody checks this step after you, so it is entered at most %(days)d days late: choose a later day "
                "and name the true one in the reason."
            )
            % {"days": clock.backdating_days(areas)},
            field="happened_on",
        )
    return happened


def _missing(step: Move, request: Request) -> Refused | None:
    """Say what the move still needs: a reason in words, or something that was not given."""
    for name in step.needs:
        if name == "reason":
            if not request.reason.strip():
                return Refused(_("Say why: this step needs a reason."), field="reason")
        elif request.given.get(name) in (None, "", [], ()):
            return Refused(_("Something is missing for this step."), field=name)
    return None


def _plan(
    rows: Sequence[S], step: Move, by: User, missing: Refused | None
) -> tuple[list[_Planned], dict[Any, Refused]]:
    """Check every row; returns those that may move, and the refusal of the others by key."""
    checks = rules.Checks(rows, step, by)
    planned: list[_Planned] = []
    refused: dict[Any, Refused] = {}
    for row in rows:
        try:
            actor = checks.actor_for(row)
            if missing is not None:
                raise missing
        except Refused as refusal:
            refused[row.pk] = refusal
        else:
            here = checks.standing_of(row)
            planned.append(_Planned(row, row.state, checks.round_of(row), actor, standing=here))
    return planned, refused


def _write_history(
    made: Sequence[_Planned],
    verb: str,
    target: str | None,
    by: User,
    request: Request,
    happened: datetime.date,
) -> None:
    """Write passage and ledger entry of every move; a return closes its round, the next one begins after it."""
    entered = clock.today()
    by_actor: dict[Actor, list[_Planned]] = {}
    for plan in made:
        by_actor.setdefault(plan.actor, []).append(plan)
    for actor, plans in by_actor.items():
        entries = record_many(
            [_act(plan, verb, target, request, happened, entered) for plan in plans], by=actor
        )
        insert_many(
            [
                Passage(
                    model=plan.row._meta.label_lower,
                    object_id=str(plan.row.pk),
                    verb=verb,
                    from_state=plan.from_state,
                    to_state=target or plan.from_state,
                    round=plan.round,
                    by=by,
                    role=actor.role,
                    reason=request.reason,
                    happened_on=happened,
                    entered_on=entered,
                    entry=entry.uuid,
                )
                for plan, entry in zip(plans, entries, strict=True)
            ]
        )


def _act(
    plan: _Planned,
    verb: str,
    target: str | None,
    request: Request,
    happened: datetime.date,
    entered: datetime.date,
) -> Act:
    """Say one move to the ledger. The reason is free text and may name people: it is only committed to."""
    return Act(
        verb=plan.row.lifecycle.ledger_verb(verb),
        object_type=plan.row._meta.label_lower,
        object_id=str(plan.row.pk),
        happened_on=happened,
        entered_on=entered,
        area=plan.row.area_code,
        before=plan.from_state,
        after=target or plan.from_state,
        details={"round": plan.round, "version": plan.row.version + 1}
        | dict(request.details)
        | dict(plan.details),
        personal={"reason": request.reason} if request.reason else {},
    )
