"""The chain that an area asks for on the way to the mark: paths as data, frozen when a removal is proposed.

The files of `chains/` are strict TOML (foundation.workflow.paths); an area adds its own by a file with a later day.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path as Folder
from typing import Any

from assistance.models import Removal
from assistance.removal.lifecycle import REMOVAL
from foundation.workflow import courses, paths
from foundation.workflow.courses import Standing
from foundation.workflow.models import Course, Path
from foundation.workflow.paths import PathError, PathStep

KIND = "removal"
FOLDER = Folder(__file__).parent / "chains"
#: Words of a key that would demand a share of households to be removed.
RATIO_WORDS = frozenset({"ratio", "share", "rate", "quota", "target", "percent"})
#: The rule that forbids it (value ratio_targets; domain.md 5.8, P08).
CLAUSE = "风险消除不设置比例要求（弋江区 2024-03-15，value ratio_targets）"


def load_shipped() -> None:
    """Bring the shipped chains into the table (AFTER_MIGRATE); those that are there stay as they are."""
    for file in sorted(FOLDER.glob("*.toml")):
        paths.load(read(file.read_text(encoding="utf-8"), file=file.name))


def read(text: str, *, file: str) -> Path:
    """Read one chain; a ratio target anywhere in it is refused with its clause, all else as every path is read."""
    for key in _keys(tomllib.loads(text)):
        if RATIO_WORDS & {*key.lower().replace("-", "_").split("_")} or "比例" in key or "指标" in key:
            raise PathError(f"{file}: “{key}” sets a ratio for removals, which is forbidden: {CLAUSE}")
    return paths.read(text, file=file, lifecycle=REMOVAL)


def begin(removal: Removal) -> Course | None:
    """Let a new removal follow the chain of its area from now on."""
    return courses.begin(removal, KIND)


def standings_of(removals: Sequence[Removal]) -> dict[int, Standing]:
    """Return by removal where it stands on its chain."""
    found = courses.of(removals) if removals else {}
    return {int(key): standing for key, standing in found.items()}


def open_steps(standing: Standing | None) -> tuple[PathStep, ...]:
    """Return the steps that can be taken now; none where a removal follows no chain."""
    return standing.open_steps() if standing is not None else ()


def _keys(content: Mapping[str, Any]) -> Iterator[str]:
    """Go through every key of a file, however deep."""
    for key, inner in content.items():
        yield key
        for each in inner if isinstance(inner, list) else [inner]:
            if isinstance(each, Mapping):
                yield from _keys(each)
