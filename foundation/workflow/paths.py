"""Paths as data: the steps that an area asks for, from a day on (field.md 3.1, 3.2).

A path is written as strict TOML, one file per kind, area and day, and loaded into `Path`; a running object
keeps the path it began with. A step names the verbs of the lifecycle of which one takes it, what it waits for
(steps without a common wait may run side by side), the reasons for which it may be skipped, whether it happens
once only, whatever is returned, and how many people take it together.
"""

import datetime
import hashlib
import tomllib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any

from foundation.workflow.lifecycle import Lifecycle
from foundation.workflow.models import Path
from foundation.workflow.step_names import called

_STEP_KEYS = {
    "code", "label", "verb", "also", "waits_for", "skip_reasons", "once", "deadline", "documents", "people",
}  # fmt: skip
_FILE_KEYS = {"kind", "area", "from", "source", "step"}


class PathError(ValueError):
    """A path file says something that cannot work; the message names the file and the step."""


@dataclass(frozen=True, slots=True)
class PathStep:
    """One step. `verb` takes it, or one of `also`, where it may end in several ways. `deadline` names a regulation
    value; `documents` the papers that must be there at its end; `people` how many take it together at least."""

    code: str
    label: str
    verb: str
    waits_for: tuple[str, ...] = ()
    skip_reasons: tuple[str, ...] = ()
    once: bool = False
    deadline: str = ""
    documents: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    people: int = 1

    @property
    def verbs(self) -> tuple[str, ...]:
        """Every verb that takes the step."""
        return (self.verb, *self.also)


def read(text: str, *, file: str, lifecycle: Lifecycle) -> Path:
    """Read one path file strictly; an unknown or missing key, verb or step is an error with its place."""
    content = tomllib.loads(text)
    _keys(content, _FILE_KEYS, {"kind", "from", "source", "step"}, file)
    steps = [_step(raw, file) for raw in content["step"]]
    _check(steps, file, lifecycle)
    return Path(
        kind=content["kind"],
        area_id=content.get("area"),
        from_day=content["from"],
        steps=[asdict(step) for step in steps],
        digest=hashlib.sha256(text.encode()).hexdigest(),
        source=_plain(content["source"]),
    )


def load(path: Path) -> Path:
    """Store a path that was read, unless the same one is there; a stored path never changes."""
    stored = Path.objects.filter(kind=path.kind, area_id=path.area_id, from_day=path.from_day).first()
    if stored is None:
        path.save(force_insert=True)
        return path
    if stored.digest != path.digest:
        raise PathError(
            f"The path {stored} is already in force and cannot change: give the new one a later day."
        )
    return stored


def nearest(candidates: Iterable[Path]) -> Path | None:
    """Return the path of the nearest area, then of the latest day, of paths that all hold in one place."""
    return max(candidates, key=lambda path: (len(path.area_id or ""), path.from_day), default=None)


def paths_for(kind: str, areas: Iterable[str], on: datetime.date) -> dict[str, Path]:
    """Return by area the path in force there: the nearest area wins, then the latest day. One query.

    An area without a path is left out.
    """
    declared = list(Path.objects.filter(kind=kind, from_day__lte=on))
    found = {
        area: nearest(path for path in declared if area.startswith(path.area_id or "")) for area in areas
    }
    return {area: path for area, path in found.items() if path is not None}


def steps_of(path: Path) -> tuple[PathStep, ...]:
    """Return the steps of a stored path, each called as in the reader's language."""
    steps = (_built(raw) for raw in path.steps)
    return tuple(replace(step, label=called(step.label)) for step in steps)


def _step(raw: dict[str, Any], file: str) -> PathStep:
    _keys(raw, _STEP_KEYS, {"code", "label", "verb"}, f"{file}, step {raw.get('code', '?')}")
    return _built(raw)


def _built(raw: dict[str, Any]) -> PathStep:
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in raw.items()
    }
    return PathStep(**values)


def _keys(found: dict[str, Any], known: set[str], required: set[str], place: str) -> None:
    if unknown := set(found) - known:
        raise PathError(f"{place}: unknown key {sorted(unknown)}")
    if missing := required - set(found):
        raise PathError(f"{place}: missing key {sorted(missing)}")


def _check(steps: list[PathStep], file: str, lifecycle: Lifecycle) -> None:
    """Refuse doubled codes, unknown verbs, and waits that point nowhere or forward (so no circle can arise)."""
    before: set[str] = set()
    for step in steps:
        if step.code in before:
            raise PathError(f"{file}: the step {step.code} stands twice")
        if ahead := set(step.waits_for) - before:
            raise PathError(
                f"{file}, step {step.code}: waits for {sorted(ahead)}, which does not come before it"
            )
        for verb in sorted(set(step.verbs) - {move.verb for move in lifecycle.moves}):
            raise PathError(f"{file}, step {step.code}: {lifecycle.name} has no verb {verb}")
        before.add(step.code)


def _plain(source: dict[str, Any]) -> dict[str, str]:
    return {key: str(value) for key, value in source.items()}
