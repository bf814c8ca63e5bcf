"""Removals that go through meeting, notice and papers, for tests; the notice of the tests' day ends on the 9th."""

import datetime

from assistance.deciding.batches import Paper, decide
from assistance.models import Case, CaseBatch, Notice, Removal
from assistance.notices import ending
from foundation.accounts import clock
from foundation.accounts.models import User
from tests.assistance.noticed import met, posted
from tests.assistance.removal.made import (
    now,
    proposed,
)

LAST = datetime.date(2026, 11, 9)
OVER = LAST + datetime.timedelta(1)
APPROVAL = {"number": "防贫审〔2026〕9号"}


def batch(kind: str, people: dict[str, User], *removals: Removal, cases: tuple[Case, ...] = ()) -> CaseBatch:
    """Decide about removals and cases with one paper, by who decides."""
    by = {"review": "zhen", "approval": "shending", "announcement": "zhenling"}[kind]
    told = Paper(clock.today(), number=APPROVAL["number"], place="村务公开栏")
    return decide(kind, list(cases), told, by=people[by], removals=[now(row) for row in removals])


def results(made: CaseBatch) -> list[tuple[str, str]]:
    """Return what became of each line of a paper."""
    return list(made.items.order_by("pk").values_list("what", "result"))


def hung(people: dict[str, User], *removals: Removal) -> Notice:
    """Let the meeting pass removals, and a notice hang with them."""
    met(people, removals)
    return posted(people, [now(row) for row in removals])


def past_notice(people: dict[str, User]) -> None:
    """Let the days of every notice be over."""
    ending.night_work(by=User.objects.built_in("system"), on=OVER)


def at_review(people: dict[str, User], case: Case | None = None) -> Removal:
    """Return a removal that waits for the township."""
    removal = proposed(people, case)
    hung(people, removal)
    past_notice(people)
    return now(removal)


def removed(people: dict[str, User], case: Case | None = None) -> Removal:
    """Return a removal that is marked."""
    removal = at_review(people, case)
    for kind in ("review", "approval", "announcement"):
        assert results(batch(kind, people, removal)) == [("removal", "done")]
    return now(removal)
