"""The chain that an area asks for on the way to a decision (field.md 3.2): paths as data, frozen for each case.

The files of `chains/` are strict TOML (foundation.workflow.paths); an area adds its own by a file with a later day.
"""

import tomllib
from collections.abc import Sequence
from pathlib import Path as Folder

from assistance.lifecycle import CASE
from assistance.models import Case
from foundation.regulations.quotas import refuse_quotas
from foundation.workflow import courses, paths
from foundation.workflow.courses import Standing
from foundation.workflow.models import Course, Path
from foundation.workflow.paths import PathStep

KIND = "enrolment"
FOLDER = Folder(__file__).parent / "chains"


def load_shipped() -> None:
    """Bring the shipped chains into the table (AFTER_MIGRATE); those that are there stay as they are."""
    for file in sorted(FOLDER.glob("*.toml")):
        paths.load(read(file.read_text(encoding="utf-8"), file=file.name))


def read(text: str, *, file: str) -> Path:
    """Read one chain; a target for how many are enrolled is refused with its clause, all else as every path is read."""
    refuse_quotas(file, tomllib.loads(text))
    return paths.read(text, file=file, lifecycle=CASE)


def begin(cases: Sequence[Case]) -> list[Course]:
    """Let new cases follow the chain of their area from now on; a few statements for thousands."""
    return courses.begin_many(cases, KIND)


def standing_of(case: Case) -> Standing | None:
    """Return where a case stands on its chain; None for one from before this platform."""
    return courses.of([case]).get(str(case.pk))


def open_steps(cases: Sequence[Case]) -> dict[int, tuple[PathStep, ...]]:
    """Return by case the steps that can be taken now; none where it follows no chain."""
    standings = courses.of(cases) if cases else {}
    return {
        case.pk: standings[str(case.pk)].open_steps() if str(case.pk) in standings else () for case in cases
    }
