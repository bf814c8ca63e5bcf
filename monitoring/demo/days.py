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
from monitoring.demo.papers import Paper, papers
from monitoring.demo.register import Register
from monitoring.intake.receiving import deliver
from monitoring.models import Dataset, Delivery

#: The first of the days that are played.
FIRST_DAY = datetime.date(2026, 9, 3)
#: Order of what happens on one day: files by day, comparisons in the night, decisions of people after it.
MORNING, NIGHT = 1, 2


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
    """Return the deliveries of the departments."""
    return [
        Scene(paper.day, MORNING, 2, partial(is_delivered, paper), partial(hand_in, paper))
        for paper in papers(register)
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
    run_here(Job.objects.get(uuid=str(made.delivery.job)))
    run_what_follows()


def officer(department: str) -> User:
    """Return who hands in the data of a department of the county on this day."""
    posts = Posting.objects.in_force().filter(
        role=Role.DEPARTMENT_OFFICER, area=COUNTY, department=department
    )
    return posts.select_related("user").order_by("pk")[0].user


def run_what_follows() -> None:
    """Do the long work that was asked for meanwhile, so that nothing of the past waits for a worker of today."""
    while (job := Job.objects.open().filter(within("area", [COUNTY])).order_by("pk").first()) is not None:
        run_here(job)
