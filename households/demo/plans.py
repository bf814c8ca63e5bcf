"""Which households are monitored, decided before any is made, so that published shares come out to the household."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from households.demo import figures
from households.demo.chance import Chance, shared_out

#: First risks of households in which nobody can work.
_RISKS_OF_THE_NET = ("缺劳动力", "因病", "因残")
#: Risks for which there must be somebody: a pupil or student, a worker.
_LEAST_SIZE = {"因学": 3, "因务工就业不稳": 2}
_SIZES_OF_THE_NET = {1: 24, 2: 43, 3: 24, 4: 9}
_SIZES = {1: 8, 2: 20, 3: 30, 4: 26, 5: 12, 6: 4}


@dataclass(frozen=True, slots=True)
class Plan:
    """A monitored household to be made: how large, in which category, with which first risk, how it ended."""

    category: str
    size: int
    safety_net: bool = False
    removed: bool = False
    risk: str = ""


def cases_among(households: int) -> int:
    """Return how many of so many households were ever monitored, by their share of all persons."""
    shares, persons_per_case = figures.CATEGORY_SHARES, figures.PERSONS_PER_CASE
    per_case = sum(shares[category] * persons_per_case[category] for category in figures.CATEGORIES)
    per_home = sum(size * share for size, share in figures.SIZE_SHARES.items()) / sum(
        figures.SIZE_SHARES.values()
    )
    share = figures.MONITORED_OF_RURAL
    return round(share * households * per_home / (per_case + share * (per_home - per_case)))


def plans(chance: Chance, number: int) -> list[Plan]:
    """Return so many plans in a random order."""
    found: list[Plan] = []
    for category, cases in shared_out(number, figures.CATEGORY_SHARES).items():
        found += _of_category(chance, category, cases)
    return chance.shuffled(_with_risks(chance, found))


def _of_category(chance: Chance, category: str, cases: int) -> list[Plan]:
    """Return the plans of a category: its persons, its safety net, and how many of the others were removed."""
    persons = round(cases * figures.PERSONS_PER_CASE[category])
    net = round(cases * figures.SAFETY_NET)
    in_net = min(round(net * figures.SAFETY_NET_PERSONS), persons)
    removed = round(cases * figures.REMOVED)
    others = _sizes(chance, cases - net, persons - in_net, _SIZES)
    return [
        *(Plan(category, size, safety_net=True) for size in _sizes(chance, net, in_net, _SIZES_OF_THE_NET)),
        *(Plan(category, size, removed=place < removed) for place, size in enumerate(others)),
    ]


def _sizes(chance: Chance, number: int, persons: int, weights: Mapping[int, int]) -> list[int]:
    """Return sizes of so many households that add up to so many persons, as near to the weights as that allows."""
    sizes = chance.shuffled(
        [size for size, count in shared_out(number, weights).items() for _ in range(count)]
    )
    least, most = min(weights), max(weights)
    missing = persons - sum(sizes)
    while missing and number:
        step = 1 if missing > 0 else -1
        place = chance.between(0, number - 1)
        if least <= sizes[place] + step <= most:
            sizes[place] += step
            missing -= step
        elif not least * number <= persons <= most * number:
            break
    return sizes


def _with_risks(chance: Chance, found: list[Plan]) -> list[Plan]:
    """Give each plan its first risk: the shares hold over all, and every risk finds a household that can have it."""
    left = shared_out(len(found), figures.RISK_SHARES)
    order = sorted(chance.shuffled(range(len(found))), key=lambda place: not found[place].safety_net)
    told = list(found)
    for place in order:
        if not found[place].safety_net:
            break
        risk = next((risk for risk in _RISKS_OF_THE_NET if left[risk]), "因病")
        left[risk] -= 1
        told[place] = replace(found[place], risk=risk)
    rest = [place for place in order if not told[place].risk]
    for risk in sorted(left, key=lambda risk: -_LEAST_SIZE.get(risk, 0)):
        fit = [place for place in rest if found[place].size >= _LEAST_SIZE.get(risk, 1)]
        for place in fit[: max(left[risk], 0)]:
            told[place] = replace(found[place], risk=risk)
            rest.remove(place)
    return [plan if plan.risk else replace(plan, risk="因病") for plan in told]
