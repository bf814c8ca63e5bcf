"""Households of an assessment, for tests: one of which everything holds, and what each change makes of it."""

import datetime
from collections.abc import Callable, Iterable
from itertools import count
from typing import Any

from assistance.assessment import confirming, declaring
from assistance.assessment.criteria import Answer
from assistance.assessment.declaring import Wanted
from assistance.assessment.facts import known_of
from assistance.assessment.rule import rule_of
from assistance.assessment.scoring import answers_of
from assistance.deciding.batches import Paper, decide
from assistance.models import AssessedHousehold, Assessment, CaseBatch
from assistance.notices import ending
from foundation.accounts.models import User
from foundation.jobs.models import Job
from foundation.jobs.running import run_here
from households.models import Household, Income, Resident
from tests.assistance.noticed import met, posted
from tests.assistance.removal.made import on
from tests.assistance.removal.walked import OVER
from tests.households.families import make_household, stand
from tests.people import TOWNSHIP, VILLAGE

TODAY = datetime.date(2026, 11, 4)
LIFTED = ("lifted_out",)
RULE = "y2026"
NUMBER = "县防返贫〔2026〕9号"
_number = count(300)


def able(people: dict[str, User], kind: str = "lifted_out", area: str = VILLAGE, **fields: Any) -> Household:
    """Return a household of three of which every criterion holds on the tests' day."""
    home = make_household(
        f"YP{next(_number):06d}", "沈立夏", "柳霜降", "沈秋分", by=people["xian"], area=area, house_grade="A",
        water_safe=True, **fields,
    )  # fmt: skip
    Resident.objects.filter(household=home).update(insured=True, dibao="none", tekun="none")
    stand(home, kind)
    earned(home, datetime.date(2025, 12, 31), "20000")
    earned(home, datetime.date(2026, 9, 30), "12000")
    return home


def earned(home: Household, until: datetime.date, net: str, **fields: Any) -> Income:
    """Let a household have an income a head up to a day, all of it wages, nothing of it spent on large expenses."""
    usual: dict[str, Any] = {
        "from_day": until - datetime.timedelta(days=364), "members": 1, "parts": {"A1": net}, "net_income": net,
        "net_per_head": net, "reference_income": net, "reference_per_head": net, "source": "hand", "as_of": until,
        "revision": home.revision,
    }  # fmt: skip
    made: Income = Income.objects.create(household=home, until_day=until, **usual | fields)
    return made


def asked(home: Household, code: str, on: datetime.date = TODAY) -> Answer:
    """Return the answer of a household to one criterion on a day."""
    (known,) = known_of([Household.objects.get(pk=home.pk)], on)
    return next(each for each in answers_of(rule_of(RULE), known) if each.code == code)


def declared(
    people: dict[str, User], area: str = TOWNSHIP, whom: tuple[str, ...] = LIFTED, by: str = "zhen"
) -> Assessment:
    """Return an assessment whose households are judged."""
    made = declaring.declare(Wanted(area, whom, TODAY), by=people[by], ring=False)
    run_here(Job.objects.get(uuid=made.job))
    return Assessment.objects.get(pk=made.pk)


def rows(of: Assessment | Iterable[Any]) -> list[AssessedHousehold]:
    """Return the households of an assessment as they stand now, or some of them."""
    found = AssessedHousehold.objects.select_related("household__area", "assessment", "case").order_by("pk")
    keys = {"assessment": of} if isinstance(of, Assessment) else {"pk__in": [each.pk for each in of]}
    return list(found.filter(**keys))


def walked(people: dict[str, User], assessment: Assessment, to: str) -> list[AssessedHousehold]:
    """Take every household of an assessment as proposed up to a state, by the ordinary meeting, notice and papers."""
    steps = {
        "confirmed": lambda: confirming.confirm(rows(assessment), "", "", by=people["zhen"]),
        **on_lists(people, assessment),
    }
    for state, step in steps.items():
        step()
        if state == to:
            break
    return rows(assessment)


def on_lists(people: dict[str, User], assessment: Assessment) -> dict[str, Callable[[], object]]:
    """Return the steps that an assessment shares with cases, by the state to which each leads."""
    return {
        "evaluated": lambda: met(people, rows(assessment)),
        "posted": lambda: posted(people, rows(assessment)),
        "heard": lambda: ending.night_work(by=User.objects.built_in("system"), on=OVER),
        "reviewed": lambda: papered(people, rows(assessment), "review"),
        "decided": lambda: papered(people, rows(assessment), "approval"),
    }


def papered(
    people: dict[str, User], some: list[AssessedHousehold], kind: str, by: str = "", day: datetime.date = OVER
) -> CaseBatch:
    """Review or decide about households with one paper, by default of the day after the notice."""
    with on(max(day, OVER)):
        told = Paper(day, number=NUMBER, note="补录")
        who = people[by or {"review": "zhen", "approval": "shending"}[kind]]
        return decide(kind, [], told, by=who, assessed=some, ring=False)


def state_of(row: AssessedHousehold) -> str:
    """Return where a household stands now."""
    return AssessedHousehold.objects.get(pk=row.pk).state


def poor(home: Household) -> Household:
    """Let a household have fallen under the line."""
    Income.objects.filter(household=home).update(net_per_head="7000", reference_per_head="7000")
    return home


def unsaid(home: Household) -> Household:
    """Let nobody know whether the water is safe."""
    Household.objects.filter(pk=home.pk).update(water_safe=None)
    return home
