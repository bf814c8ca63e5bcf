"""Who draws dibao or tekun, and what a household lives on: its benefits, its income, its house and its water."""

import math

from households.demo import words
from households.demo.chance import Chance, Weighted
from households.demo.figures import LINES, SUDDEN
from households.demo.plans import Plan
from households.demo.records import AS_OF, Person

LINE = LINES[AS_OF.year]
_GRADES = Weighted({"A": 72.0, "B": 27.0, "C": 0.8, "": 0.2})
_WATER = Weighted({words.YES: 99.7, words.NO: 0.3})
#: Households in dibao, by what they are otherwise.
_IN_DIBAO_MONITORED, _IN_DIBAO_REMOVED, _IN_DIBAO_LIFTED_OUT, _IN_DIBAO_OTHERS = 0.45, 0.16, 0.12, 0.036
#: Old people alone and without labour who are in tekun.
_IN_TEKUN = 0.14


def grant(chance: Chance, people: list[Person], plan: Plan | None, lifted_out: bool) -> bool:
    """Let people be in dibao or tekun; returns whether anybody is."""
    alone = len(people) == 1 and not people[0].works and people[0].age >= 60
    if alone and chance.happens(0.4 if plan and plan.safety_net else _IN_TEKUN):
        people[0].tekun = words.TEKUN
        return True
    if plan and plan.safety_net:
        entitled = people
    elif chance.happens(_share_in_dibao(plan, lifted_out)):
        entitled = [person for person in people if not person.works] or people[:1]
    else:
        return False
    for person in entitled:
        person.dibao = words.DIBAO
    return True


def income(chance: Chance, plan: Plan | None, lifted_out: bool, in_benefit: bool) -> str:
    """Return the net income per head in yuan a year, as the register states it."""
    if plan and not plan.removed:
        least, most = (1.02, 1.8) if plan.category == SUDDEN else (0.74, 1.12)
        return f"{LINE * (least + (most - least) * chance.roll()):.2f}"
    middle = 12_400 if in_benefit else 14_800 if lifted_out or plan else 18_600
    # Somebody just above the line is nothing rare; below it the register and the list should agree.
    amount = max(middle * math.exp(0.34 * chance.bell()), LINE * (1.01 + 0.12 * chance.roll()))
    return f"{amount:.2f}"


def house_grade(chance: Chance) -> str:
    """Return the grade of the dwelling; a few are not graded yet."""
    return chance.of(_GRADES)


def water(chance: Chance, careful: bool) -> str:
    """Return whether drinking water is safe; where `careful`, it is (R-10)."""
    return words.YES if careful else chance.of(_WATER)


def _share_in_dibao(plan: Plan | None, lifted_out: bool) -> float:
    if plan:
        return _IN_DIBAO_REMOVED if plan.removed else _IN_DIBAO_MONITORED
    return _IN_DIBAO_LIFTED_OUT if lifted_out else _IN_DIBAO_OTHERS
