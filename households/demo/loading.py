"""Take the made register into the demonstration: what the counties did on days of 2026, each step on its day.

Every step is one transaction, or several that may be repeated, and knows whether it is done: killed in the middle,
the next call goes on from there, and a call where all is done does nothing.
"""

import datetime
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.demo import places
from foundation.accounts.demo.places import COUNTY, NEIGHBOUR_COUNTY
from foundation.accounts.models import Area, Posting, User
from foundation.accounts.progress import Progress, unseen
from foundation.accounts.refusals import Busy, Refused
from foundation.accounts.roles import Level, Role
from foundation.accounts.scope import within
from households.demo import incomes, lines, telephone
from households.demo.county import HOUSEHOLDS, neighbours
from households.demo.files import Files, write_county
from households.demo.records import AS_OF
from households.models import QualityCount, Revision
from households.monitored.importing import Wanted, import_monitored
from households.quality.checking import check_area
from households.register.importing import import_register

Kind = Revision.Kind

#: On which day each county hands in its files, after its dispatcher took up the post.
DAYS = {COUNTY: datetime.date(2026, 8, 5), NEIGHBOUR_COUNTY: datetime.date(2026, 8, 17)}
LINES_SET, CHECKED, INCOMES_STATED = (
    datetime.date(2026, 8, 4),
    datetime.date(2026, 8, 18),
    datetime.date(2026, 10, 12),
)
TELEPHONE_SET = datetime.date(2026, 10, 14)
#: How long a file waits for another that is being taken in: one of a process that was killed ends soon.
PATIENCE_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Step:
    """One act: its business day, its share of the whole work, whether it is done, and the doing."""

    day: datetime.date
    share: int
    done: Callable[[], bool]
    play: Callable[[Progress], object]


def load_demo_register(
    *, by: User, households: int = HOUSEHOLDS, if_demo: bool = False, progress: Progress = unseen
) -> dict[str, int]:
    """Bring the demonstration's register to where it should be; returns how many steps there were, and were done.

    `households` counts those of the demonstration county; a register that is there already stays as it is.
    Refused for anybody but the platform itself, and outside a demonstration with these areas; with `if_demo` the
    second is no refusal, but nothing is done.
    """
    if not _has_the_areas():
        if if_demo:
            return {"steps": 0, "played": 0}
        raise Refused(_("Invented households are taken only into a demonstration of this version."))
    if not by.is_built_in:
        raise Refused(_("The demonstration is loaded by the platform itself: leave --as out."))
    with TemporaryDirectory(prefix="shouwang-") as folder:
        steps = _steps(Path(folder), households)
        whole, before, played = sum(step.share for step in steps), 0, 0
        for step in steps:
            if not step.done():
                with clock.at(step.day):
                    step.play(_part(progress, before, step.share, whole))
                played += 1
            before += step.share
            progress(before * 10, whole * 10)
    return {"steps": len(steps), "played": played}


def _steps(folder: Path, households: int) -> list[Step]:
    """Return what is done, in order; shares are about a hundredth of the time each takes."""
    sizes = {COUNTY: households, NEIGHBOUR_COUNTY: neighbours(households)}
    found = [Step(LINES_SET, 1, lines.are_set, lambda _told: _set_lines())]
    for county, day in DAYS.items():
        share = 90 if county == COUNTY else 6
        paper = _Papers(folder, county, sizes[county])
        found += [
            Step(day, share * 5 // 6, _taken(Kind.REGISTER_FILE, county), partial(_take_register, paper)),
            Step(day, share // 6, _taken(Kind.MONITORED_FILE, county), partial(_take_monitored, paper)),
        ]
    return [
        *found,
        Step(CHECKED, 6, _is_checked, lambda _told: _check()),
        Step(INCOMES_STATED, 2, incomes.are_stated, lambda _told: _state_incomes()),
        Step(TELEPHONE_SET, 2, telephone.is_set, lambda _told: telephone.set_telephone(_holder)),
    ]


def _has_the_areas() -> bool:
    """Say whether this is a demonstration whose counties have all their villages: older ones had fewer."""
    wanted = {code for county in DAYS for code in places.codes(Level.VILLAGE, county)}
    return clock.is_demonstration() and Area.objects.living().filter(code__in=wanted).count() == len(wanted)


class _Papers:
    """The files of a county, written when the first of them is wanted."""

    def __init__(self, folder: Path, county: str, households: int) -> None:
        self.county = county
        self._folder, self._households = folder, households
        self._files: Files | None = None

    def written(self, progress: Progress) -> Files:
        """Return the files."""
        if self._files is None:
            self._files = write_county(
                self._folder, self.county, households=self._households, progress=progress
            )
        return self._files


def _take_register(papers: _Papers, progress: Progress) -> None:
    """Hand in the register; writing its file is the first fifth of the work."""
    path = papers.written(_part(progress, 0, 20, 100)).register
    told = _part(progress, 20, 80, 100)
    with path.open("rb") as file:
        _patiently(lambda: import_register(file, by=_dispatcher(papers.county), as_of=AS_OF, progress=told))


def _take_monitored(papers: _Papers, progress: Progress) -> None:
    """Move the list of monitored objects over."""
    path = papers.written(unseen).monitored
    wanted = Wanted(AS_OF)
    with path.open("rb") as file:
        _patiently(
            lambda: import_monitored(file, by=_dispatcher(papers.county), wanted=wanted, progress=progress)
        )


def _patiently(act: Callable[[], object]) -> None:
    """Do it; while another file is being taken in, ask again every second."""
    ends = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            act()
            return
        except Busy:
            if time.monotonic() > ends:
                raise
        time.sleep(1)


def _taken(kind: str, county: str) -> Callable[[], bool]:
    """Say whether a file of this kind was taken in: its Revision is of the transaction that wrote its rows."""
    return Revision.objects.filter(within("area__code", [county]), kind=kind, as_of=AS_OF).exists


def _set_lines() -> None:
    lines.set_lines(_dispatcher(COUNTY), _holder(Role.COUNTY_APPROVER, COUNTY))


def _is_checked() -> bool:
    return QualityCount.objects.filter(within("area__code", [COUNTY])).exists()


def _check() -> None:
    """Look for what cannot be right in both registers, as every night does."""
    for county in DAYS:
        check_area(county, by=User.objects.built_in("system"))


def _state_incomes() -> None:
    incomes.state_incomes(lambda village: _holder(Role.TOWNSHIP_VERIFIER, village[: Level.TOWNSHIP]))


def _dispatcher(county: str) -> User:
    return _holder(Role.COUNTY_DISPATCHER, county)


def _holder(role: Role, area: str) -> User:
    """Return who holds a post on the day that is being played; the one who came first, where there are two."""
    posts = Posting.objects.in_force().filter(role=role, area=area).select_related("user")
    return posts.order_by("pk")[0].user


def _part(progress: Progress, before: int, share: int, whole: int) -> Progress:
    """Return a progress that is only a part of a larger one."""
    return lambda done, of: progress(int((before + share * done / max(of, 1)) * 10), whole * 10)
