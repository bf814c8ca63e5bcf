"""What an area asks for on the way of a warning (field.md 3.1): paths as data, frozen for each alert at its opening.

The files of `paths/` are strict TOML (foundation.workflow.paths); an area adds its own by a file with a later day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path as Folder

from alerts.lifecycle import ALERT
from alerts.models import Alert
from foundation.workflow import courses, paths
from foundation.workflow.models import Course
from foundation.workflow.paths import PathStep

KIND = "verification"
FOLDER = Folder(__file__).parent / "paths"


@dataclass(frozen=True, slots=True)
class Way:
    """What the area of an alert asked for when it was opened.

    `meeting`: an assessment meeting first. `straight`: the county may send a visitor itself. `takes_up`: the township
    may take up what the county has not dispatched. `archived`: who visits archives where no risk was found; nobody
    reviews it. `batches`: like negatives may be confirmed as a batch. `checkers`: how many people visit at least.
    """

    meeting: bool = False
    straight: bool = False
    takes_up: bool = False
    archived: bool = False
    batches: bool = False
    checkers: int = 1


def load_shipped() -> None:
    """Bring the shipped paths into the table (AFTER_MIGRATE); those that are there stay as they are."""
    for file in sorted(FOLDER.glob("*.toml")):
        paths.load(paths.read(file.read_text(encoding="utf-8"), file=file.name, lifecycle=ALERT))


def begin(alerts: Sequence[Alert]) -> list[Course]:
    """Let new alerts follow the path of their area from now on; a few statements for thousands."""
    return courses.begin_many(alerts, KIND)


def path_of(alert: Alert) -> Way:
    """Return what the area asked for when the alert was opened; the plain way where it follows no path."""
    return paths_of([alert])[alert.pk]


def paths_of(alerts: Sequence[Alert]) -> dict[int, Way]:
    """Do the same for many alerts, by key."""
    if not alerts:
        return {}
    standing = courses.of(alerts)
    return {
        alert.pk: way_of(standing[str(alert.pk)].steps) if str(alert.pk) in standing else Way()
        for alert in alerts
    }


def way_of(steps: Sequence[PathStep]) -> Way:
    """Say in words of this work what the steps of a path permit."""
    verbs = {verb for step in steps for verb in step.verbs}
    return Way(
        meeting="assess" in verbs,
        straight="send" in verbs,
        takes_up="take_up" in verbs,
        archived="archive" in verbs,
        batches="confirm_batch" in verbs,
        checkers=max((step.people for step in steps if "report" in step.verbs), default=1),
    )
