"""What the departments of the demonstration hand in, and what the nights after make of it, day by day.

Other packages add days of their own beside these (composition DEMONSTRATION_DAYS), and all are played in one order.
"""

import datetime
import hashlib
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from foundation.accounts.demo.places import COUNTY
from foundation.accounts.models import Area, Posting, User
from foundation.accounts.roles import Role
from foundation.accounts.scope import within
from foundation.jobs.models import Job
from foundation.jobs.running import run_here
from monitoring.comparison.asking import ask_run, run_now
from monitoring.demo import wrong_row
from monitoring.demo.papers import Paper, papers
from monitoring.demo.register import Register
from monitoring.intake.receiving import deliver
from monitoring.models import Dataset, Delivery, Run

#: The first of the days that are played.
FIRST_DAY = datetime.date(2026, 9, 3)
#: Mornings after nights that had something new to compare: settlements of August; a roll without its third sheet; the
#: whole one; dwellings; everything of October.
NIGHTS = (
    datetime.date(2026, 9, 4),
    datetime.date(2026, 10, 10),
    datetime.date(2026, 10, 13),
    datetime.date(2026, 10, 28),
    datetime.date(2026, 11, 4),
)
#: Order of what happens on one day: the comparison of the night that leads into it, then files and decisions.
NIGHT, MORNING = 0, 1


@dataclass(frozen=True, slots=True)
class Scene:
    """One act of a day: whether it is done, and the doing. `share` is about how long it takes."""

    day: datetime.date
    part: int
    share: int
    done: Callable[[], bool]
    play: Callable[[], object]


class DemoDays(Protocol):
    """What a package adds to the days of the demonstration."""

    def __call__(self, register: Register) -> Sequence[Scene]:
        """Return its acts; each may be played again where a kill came between."""


def scenes(register: Register) -> Sequence[Scene]:
    """Return the deliveries of the departments, the nights in which they are compared, and a row that goes back."""
    return [
        *(
            Scene(paper.day, MORNING, 2, partial(is_delivered, paper), partial(hand_in, paper))
            for paper in papers(register)
        ),
        *(Scene(day, NIGHT, 5, partial(is_compared, day), partial(compare, day)) for day in NIGHTS),
        Scene(wrong_row.RETURNED_ON, MORNING, 1, wrong_row.is_returned, wrong_row.send_back),
    ]


def delivered(paper: Paper) -> Delivery | None:
    """Return the delivery of a file; None before it was handed in."""
    digest = hashlib.sha256(paper.content).hexdigest()
    rows = Delivery.objects.filter(dataset=paper.dataset, area=COUNTY, period=paper.period)
    return rows.filter(file_sha256=digest).order_by("pk").first()


def is_delivered(paper: Paper) -> bool:
    """Say whether a file was handed in and taken."""
    found = delivered(paper)
    return found is not None and found.state != "received"


def hand_in(paper: Paper) -> None:
    """Deliver a file as the officer of its department, and take it in this process with all that follows."""
    dataset = Dataset.objects.select_related("department").get(pk=paper.dataset)
    made = deliver(
        io.BytesIO(paper.content),
        name=paper.name,
        dataset=dataset,
        area=Area.objects.get(code=COUNTY),
        period=paper.period,
        by=officer(dataset.department_id),
        ring=False,
    )
    job = run_here(Job.objects.get(uuid=str(made.delivery.job)))
    run_what_follows(job)


def officer(department: str) -> User:
    """Return who hands in the data of a department of the county on this day."""
    posts = Posting.objects.in_force().filter(
        role=Role.DEPARTMENT_OFFICER, area=COUNTY, department=department
    )
    return posts.select_related("user").order_by("pk")[0].user


def is_compared(day: datetime.date) -> bool:
    """Say whether the county was compared in the night that leads into a day."""
    runs = Run.objects.filter(area=COUNTY, as_of=day, cause=Run.Cause.NIGHT)
    return runs.filter(ended_at__isnull=False).exists()


def compare(day: datetime.date) -> None:
    """Compare the county's households with every standard, as the platform does at night."""
    run_now(ask_run(COUNTY, by=User.objects.built_in("system"), as_of=day, cause=Run.Cause.NIGHT, ring=False))


def run_what_follows(job: Job) -> None:
    """Do the long work that a job asked for in the county, so that nothing of the past waits for a worker of today."""
    asked_later = Job.objects.open().filter(within("area", [COUNTY]), pk__gt=job.pk).order_by("pk")
    while (next_one := asked_later.first()) is not None:
        run_here(next_one)


def run_what_waits(kind: str) -> None:
    """Do the long work of a kind that acts of the county asked for: corrections of the register ask for recounts."""
    asked = Job.objects.open().filter(within("area", [COUNTY]), kind=kind).order_by("pk")
    while (next_one := asked.first()) is not None:
        run_here(next_one)
