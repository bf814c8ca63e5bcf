"""The households that are or were monitored: who lives in them, and what the county's list says of them."""

from households.demo import figures, words
from households.demo.chance import Chance, Weighted
from households.demo.families import HAS_CHILDREN, SHAPES, WITHOUT_LABOUR, Slot, family
from households.demo.names import full_name, surname
from households.demo.numbers import FEMALE, MALE, Numbers
from households.demo.people import FAR_AWAY, people
from households.demo.plans import Plan
from households.demo.records import AS_OF, Case, Home, Person

#: Years in which households were identified: the great check of 2020 and 2021 found most of them.
_IDENTIFIED = Weighted({2020: 20.0, 2021: 36.0, 2022: 20.0, 2023: 13.0, 2024: 8.0, 2025: 3.0})
_LAST = (AS_OF.year - 2020) * 12 + AS_OF.month - 1  # months since January 2020
_SECOND = Weighted({"因病": 5.0, "因残": 3.0, "因学": 2.0, "因务工就业不稳": 2.0})
_MEASURES = {
    "因病": ("健康帮扶", "综合保障", "公益岗位帮扶"),
    "因残": ("综合保障", "健康帮扶", "社会帮扶"),
    "缺劳动力": ("综合保障", "社会帮扶", "产业帮扶"),
    "因学": ("其他教育帮扶", "就业帮扶", "社会帮扶"),
    "因务工就业不稳": ("就业帮扶", "公益岗位帮扶", "金融帮扶"),
    "因意外事故": ("健康帮扶", "综合保障", "就业帮扶"),
    "因自然灾害": ("住房安全保障", "生产生活条件改善", "产业帮扶"),
    "因产业项目失败": ("产业帮扶", "金融帮扶", "就业帮扶"),
    "其他": ("综合保障", "社会帮扶", "产业帮扶"),
}
_NO_PUPIL = frozenset({"", words.AT_HOME, words.KINDERGARTEN})
_TRIES = 12


def members(chance: Chance, numbers: Numbers, plan: Plan) -> list[Person]:
    """Return people among whom the planned risk can be: a pupil, a worker, somebody ill or disabled, or no labour."""
    found: list[Person] = []
    for _ in range(_TRIES):
        found = people(chance, numbers, _slots(chance, plan))
        if plan.risk != "因学" or any(person.school not in _NO_PUPIL for person in found):
            break
    if plan.safety_net:
        _take_labour(chance, found)
    if plan.risk == "因病":
        _afflict(chance, found, words.SERIOUS if chance.happens(0.6) else words.CHRONIC)
    elif plan.risk == "因残":
        _afflict(chance, found, words.DISABLED)
    elif plan.risk == "因务工就业不稳":
        _send_to_work(chance, found)
    return found


def case(chance: Chance, plan: Plan, home: Home, helper: str) -> Case:
    """Return what the list says of the household: since when, why, what was done, and how it ended."""
    identified = _identified(chance, plan)
    line = figures.LINES[2020 + identified // 12]
    share = 1.05 + 0.7 * chance.roll() if plan.category == figures.SUDDEN else 0.58 + 0.4 * chance.roll()
    told = Case(
        plan.category,
        _risks(chance, plan, home),
        _month(identified),
        helper=helper,
        income_at_entry=f"{line * share:.2f}",
        safety_net=plan.safety_net,
    )
    told.measures = _measures(chance, told, home)
    if plan.removed:
        told.removed = _month(min(identified + chance.between(6, 26), _LAST))
        told.way = words.NATURAL if chance.happens(0.06) else words.ASSISTED
    return told


def helpers_of_a_village(chance: Chance) -> list[str]:
    """Return the names of those who help the monitored households of a village."""
    return [
        full_name(chance, surname(chance), MALE if chance.happens(0.6) else FEMALE, 1985) for _ in range(4)
    ]


def _slots(chance: Chance, plan: Plan) -> list[Slot]:
    shapes = WITHOUT_LABOUR if plan.safety_net else HAS_CHILDREN if plan.risk == "因学" else SHAPES
    return family(chance, chance.of(shapes[plan.size]))


def _identified(chance: Chance, plan: Plan) -> int:
    """Return the month of identification, counted from January 2020; who is still in came in late, or cannot leave."""
    if not plan.removed and not plan.safety_net:
        return chance.between(_LAST - 36, _LAST - 2)
    year = chance.of(_IDENTIFIED)
    return (year - 2020) * 12 + chance.between(4 if year == 2020 else 0, 11)


def _risks(chance: Chance, plan: Plan, home: Home) -> list[str]:
    """Return the risks, the main one first; a second one only where the members bear it out."""
    risks = [plan.risk]
    if chance.happens(0.25):
        second = chance.of(_SECOND)
        if second != plan.risk and _borne_out(second, home.people):
            risks.append(second)
    return risks


def _borne_out(risk: str, found: list[Person]) -> bool:
    if risk == "因病":
        return any(person.health in (words.SERIOUS, words.CHRONIC) for person in found)
    if risk == "因残":
        return any(person.health == words.DISABLED for person in found)
    if risk == "因学":
        return any(person.school not in _NO_PUPIL for person in found)
    return any(person.work_place for person in found)


def _measures(chance: Chance, told: Case, home: Home) -> list[str]:
    """Return the kinds of measures: what helps against each risk, and benefits where somebody draws them (R-26)."""
    kinds = dict.fromkeys(kind for risk in told.risks for kind in _MEASURES[risk][: chance.between(2, 3)])
    drawn = any(words.DIBAO in person.dibao or words.TEKUN in person.tekun for person in home.people)
    if drawn:
        kinds["综合保障"] = None
    if not any(person.works for person in home.people):
        for kind in ("就业帮扶", "公益岗位帮扶"):
            kinds.pop(kind, None)
    return list(kinds)


def _take_labour(chance: Chance, found: list[Person]) -> None:
    for person in found:
        if person.works:
            person.health = words.DISABLED if chance.happens(0.5) else words.SERIOUS
            person.labour = words.LOST
        person.work_place, person.work_months = "", None


def _afflict(chance: Chance, found: list[Person], state: str) -> None:
    """Let somebody of the household be ill or disabled: a grown-up, where there is one who is well."""
    well = [person for person in found if person.health == words.HEALTHY] or found
    grown = [person for person in well if not person.school] or well
    person = chance.one_of(grown)
    person.health = state
    if person.works:
        person.labour = words.WEAK if state == words.CHRONIC else words.LOST
    if person.labour == words.LOST:
        person.work_place, person.work_months = "", None


def _send_to_work(chance: Chance, found: list[Person]) -> None:
    able = [person for person in found if person.works and not person.school]
    if able and not any(person.work_place for person in able):
        able[0].work_place, able[0].work_months = chance.of(FAR_AWAY), chance.between(2, 6)
    if not able:
        found[0].labour, found[0].health = words.WEAK, words.HEALTHY
        found[0].work_place, found[0].work_months = "示例县", chance.between(2, 6)


def _month(number: int) -> str:
    return f"{2020 + number // 12}{number % 12 + 1:02}"
