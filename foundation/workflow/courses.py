"""Courses: which path an object follows, which of its steps are taken, and what each open one waits for."""

import datetime
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.ledger.record import Act, record
from foundation.tables.copying import insert_many
from foundation.workflow.lifecycle import Move
from foundation.workflow.models import Course, CourseStep, Path, Stateful
from foundation.workflow.paths import PathStep, paths_for, steps_of

Ending = CourseStep.Ending


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one object stands on its path: its steps in order, and how each step that was taken ended.

    `course` is the key of its course.
    """

    course: int
    steps: tuple[PathStep, ...]
    endings: dict[str, str]
    ever_done: frozenset[str]

    def waiting_for(self, step: PathStep) -> tuple[PathStep, ...]:
        """Return the steps that must end before `step` can begin."""
        return tuple(
            before
            for before in self.steps
            if before.code in step.waits_for
            and self.endings.get(before.code) not in (Ending.DONE, Ending.SKIPPED)
        )

    def is_ahead(self, step: PathStep) -> bool:
        """Say whether `step` was neither done nor skipped in the running round."""
        return self.endings.get(step.code) not in (Ending.DONE, Ending.SKIPPED)

    def open_steps(self) -> tuple[PathStep, ...]:
        """Return the steps that can be taken now; several may run side by side."""
        return tuple(step for step in self.steps if self.is_ahead(step) and not self.waiting_for(step))

    def reopened_by(self, back_to: str) -> tuple[PathStep, ...]:
        """Return the steps that a return to `back_to` (empty: to the start) opens again; never a once-only one."""
        again: set[str] = set()
        for step in self.steps:
            if not back_to or step.code == back_to or again & set(step.waits_for):
                again.add(step.code)
        return tuple(step for step in self.steps if step.code in again and not step.once)

    def step_of(self, verb: str) -> PathStep | None:
        """Return the step that `verb` takes, the first one ahead if several share the verb."""
        taking = [step for step in self.steps if verb in step.verbs]
        return next((step for step in taking if self.is_ahead(step)), taking[0] if taking else None)


def begin(row: Stateful, kind: str, *, on: datetime.date | None = None) -> Course | None:
    """Freeze the path of the row's area and day for it; None where the area declares none."""
    begun = begin_many([row], kind, on=on)
    return begun[0] if begun else None


def begin_many(rows: Sequence[Stateful], kind: str, *, on: datetime.date | None = None) -> list[Course]:
    """Do the same for thousands of rows in a few statements; returns the courses of those that follow a path."""
    day = on or clock.today()
    paths = paths_for(kind, {row.area_code for row in rows}, day)
    begun = [
        Course(model=row._meta.label_lower, object_id=str(row.pk), path=paths[row.area_code], began_on=day)
        for row in rows
        if row.area_code in paths
    ]
    insert_many(begun)
    return begun


def beginnings(kind: str, areas: Collection[str], *, on: datetime.date | None = None) -> dict[str, Standing]:
    """Return by area where something would stand that begins there now; an area that declares no path is left out."""
    return {
        area: Standing(0, steps_of(path), {}, frozenset())
        for area, path in paths_for(kind, areas, on or clock.today()).items()
    }


def of(rows: Sequence[Stateful]) -> dict[str, Standing]:
    """Return the standing of every row that follows a path, by key; two queries."""
    courses = Course.objects.filter(
        model=rows[0]._meta.label_lower, object_id__in=[str(row.pk) for row in rows]
    )
    found = courses.order_by("taken__pk").values_list(
        "object_id", "pk", "path_id", "taken__step", "taken__ending"
    )
    taken: dict[tuple[str, int, int], list[tuple[str, str]]] = {}
    for key, course, path, step, ending in found:
        some = taken.setdefault((key, course, path), [])
        if step is not None:
            some.append((step, ending))
    steps = _steps_of({path for _key, _course, path in taken})
    return {key: _standing(course, steps[path], some) for (key, course, path), some in taken.items()}


def _steps_of(paths: Collection[int]) -> dict[int, tuple[PathStep, ...]]:
    return {key: steps_of(path) for key, path in Path.objects.in_bulk(paths).items()} if paths else {}


def check(standing: Standing | None, step: Move) -> None:
    """Refuse a move that the row's path does not have now: not at all, not yet, or not again."""
    on_path = standing.step_of(step.in_place_of or step.verb) if standing else None
    if standing is None or on_path is None:
        if step.by_path:
            raise Refused(_("“%(step)s” is not a step that this area takes.") % {"step": step.label})
        return  # other moves outside the path (withdraw, correct) are bound by the lifecycle alone
    if not standing.is_ahead(on_path):
        raise Refused(_("“%(step)s” has already been done.") % {"step": on_path.label})
    if on_path.once and on_path.code in standing.ever_done:
        raise Refused(_("“%(step)s” may happen only once.") % {"step": on_path.label})
    if waiting := standing.waiting_for(on_path):
        names = "、".join(before.label for before in waiting)
        raise Refused(_("“%(step)s” must wait for: %(before)s.") % {"step": on_path.label, "before": names})


@dataclass(frozen=True, slots=True)
class Mark:
    """Who made a move, on which day, why, and the step that a return goes back to (empty: the first)."""

    by: User
    on: datetime.date
    reason: str = ""
    back_to: str = ""


def follow(standings: Iterable[Standing], step: Move, mark: Mark) -> None:
    """After a move: mark its step as done, or (a return) open steps again that can mend what is missing.

    `standings` are those before the move.
    """
    insert_many([row for standing in standings for row in _marks(standing, step, mark)])


@transaction.atomic
def skip(row: Stateful, code: str, reason_code: str, *, by: User, right: Right) -> None:
    """Skip a step for one of the reasons that the path allows; who and why stays on record."""
    actor = by.authority(right, row.area_code)
    standing = of([row]).get(str(row.pk))
    step = next((s for s in standing.steps if s.code == code), None) if standing else None
    if standing is None or step is None:
        raise Refused(_("This path has no such step."))
    if reason_code not in step.skip_reasons:
        raise Refused(
            _("“%(step)s” cannot be skipped for this reason.") % {"step": step.label}, field="reason"
        )
    if not standing.is_ahead(step):
        raise Refused(_("“%(step)s” has already been done.") % {"step": step.label})
    today = clock.today()
    CourseStep.objects.create(
        course_id=standing.course, step=code, ending=Ending.SKIPPED, reason=reason_code, by=by, on=today
    )
    record(
        Act(
            f"{row.lifecycle.name}.step_skipped",
            row._meta.label_lower,
            str(row.pk),
            today,
            today,
            area=row.area_code,
            basis=reason_code,
            details={"step": code},
        ),
        by=actor,
    )


def _marks(standing: Standing, step: Move, mark: Mark) -> list[CourseStep]:
    """Return the rows that a move leaves on one course."""
    if step.returns:
        return [
            _taken(standing, again, Ending.RETURNED, mark)
            for again in standing.reopened_by(mark.back_to)
            if not standing.is_ahead(again)
        ]
    on_path = standing.step_of(step.in_place_of or step.verb)
    if on_path is None or not standing.is_ahead(on_path):
        return []
    return [_taken(standing, on_path, Ending.DONE, mark)]


def _taken(standing: Standing, step: PathStep, ending: str, mark: Mark) -> CourseStep:
    return CourseStep(
        course_id=standing.course,
        step=step.code,
        ending=ending,
        by=mark.by,
        on=mark.on,
        reason=mark.reason[:200],
    )


def _standing(course: int, steps: tuple[PathStep, ...], taken: Sequence[tuple[str, str]]) -> Standing:
    """Build a standing from the steps that were taken, the oldest first, each with its ending."""
    done = frozenset(step for step, ending in taken if ending == Ending.DONE)
    return Standing(course, steps, dict(taken), done)
