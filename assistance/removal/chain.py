"""The chain that an area asks for on the way to the mark: paths as data, frozen when a removal is proposed.

The files of `chains/` are strict TOML (foundation.workflow.paths); an area adds its own by a file with a later day.
"""

import tomllib
from collections.abc import Sequence
from pathlib import Path as Folder

from assistance.models import Removal
from assistance.removal.lifecycle import REMOVAL
from foundation.regulations.quotas import refuse_quotas
from foundation.workflow import courses, paths
from foundation.workflow.courses import Standing
from foundation.workflow.models import Course, Path
from foundation.workflow.paths import PathStep

KIND = "removal"
FOLDER = Folder(__file__).parent / "chains"


def load_shipped() -> None:
    """Bring the shipped chains into the table (AFTER_MIGRATE); those that are there stay as they are."""
    for file in sorted(FOLDER.glob("*.toml")):
        paths.load(read(file.read_text(encoding="utf-8"), file=file.name))


def read(text: str, *, file: str) -> Path:
    """Read one chain; a ratio target anywhere in it is refused with its clause, all else as every path is read."""
    refuse_quotas(file, tomllib.loads(text))
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
