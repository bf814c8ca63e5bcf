"""Small families on both sides of every rule's boundary: fires, or does not. The day is 4 November 2026."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from households.models import Household, Resident
from tests.households.quality.made import family, identity, person, revision, watched


@dataclass(frozen=True)
class Case:
    """One family: the rule it is about, whether that fires, and how it is made (given a household number)."""

    rule: str
    fires: bool
    make: Callable[[str], Household]


def _yes(rule: str, make: Callable[[str], Household]) -> Case:
    return Case(rule, True, make)


def _no(rule: str, make: Callable[[str], Household]) -> Case:
    return Case(rule, False, make)


def _in_two_households(code: str, left_on: datetime.date) -> Household:
    """Let somebody be entered here while another household lets them go on a day."""
    old = family(f"{code}-old", person(), person("03", age=20))
    child = old.residents.get(relation="03")
    child.left_on, child.departure = left_on, Resident.Departure.SPLIT_OFF
    child.save(update_fields=["left_on", "departure"])
    return family(code, person(identity=child.identity))


def _leaving(code: str, left_on: datetime.date, **second: object) -> Household:
    """Let the head leave on a day while another member already has the same place."""
    made = family(code, person())
    head = made.residents.get()
    head.left_on, head.departure = left_on, Resident.Departure.DIED
    head.save(update_fields=["left_on", "departure"])
    Resident.objects.create(
        household=made,
        area_id=made.area_id,
        relation="01",
        name="接任",
        sex="1",
        born_on=datetime.date(1980, 1, 1),
        identity=identity(),
        source="hand",
        source_day=datetime.date(2026, 11, 1),
        revision=revision(),
    )
    return made


def _able(*labours: str) -> tuple:  # type: ignore[type-arg]
    """Return as many members, with these abilities to work; none of them healthy, none at school."""
    return tuple(
        person("01" if number == 0 else "28", labour=labour, health=["4"])
        for number, labour in enumerate(labours)
    )


_NOW, _TOMORROW = datetime.date(2026, 11, 4), datetime.date(2026, 11, 5)
_TWIN = {"name": "沈同", "sex": "1", "born_on": datetime.date(2000, 1, 1)}

_GROWN = watched("2025-01-01", "2026-10-31", measures=["产业帮扶"])

CASES = (
    _yes("R-01a", lambda code: _in_two_households(code, _TOMORROW)),
    _no("R-01a", lambda code: _in_two_households(code, _NOW)),
    _yes("R-01b", lambda code: family(code, person(), person("03", **_TWIN), person("28", **_TWIN))),
    _no(
        "R-01b",
        lambda code: family(code, person(), person("03", **_TWIN), person("04", **_TWIN | {"sex": "2"})),
    ),
    _yes("R-02a", lambda code: family(code, person(born_on=_TOMORROW))),
    _no("R-02a", lambda code: family(code, person(), person("03", born_on=_NOW))),
    _yes("R-02a", lambda code: family(code, person(born_on=datetime.date(1899, 12, 31)))),
    _no("R-02a", lambda code: family(code, person(born_on=datetime.date(1900, 1, 1)))),
    _yes("R-02b", lambda code: family(code, person(born_on=None))),
    _yes("R-02b", lambda code: family(code, person(sex="0"))),
    _no("R-02b", lambda code: family(code, person(sex="2"))),
    _yes("R-03", lambda code: family(code, person(), person("03", known=False))),
    _no("R-03", lambda code: family(code, person(), person("03"))),
    _yes("R-04a", lambda code: family(code, person("02"))),
    _no("R-04a", lambda code: family(code, person("01"))),
    _yes("R-04b", lambda code: _leaving(code, _TOMORROW)),
    _no("R-04b", lambda code: _leaving(code, _NOW)),
    _yes("R-04c", lambda code: family(code, person(), person("02"), person("02"))),
    _no("R-04c", lambda code: family(code, person(), person("02"))),
    _yes("R-04d", lambda code: family(code, person(sex="2"), person("02", sex="2"))),
    _no("R-04d", lambda code: family(code, person(sex="2"), person("02", sex="1"))),
    _no("R-04d", lambda code: family(code, person(sex="0"), person("02", sex="0"))),
    _yes("R-05a", lambda code: family(code, person(), person("29"))),
    _no("R-05a", lambda code: family(code, person(), person("28"))),
    _yes("R-05b", lambda code: family(code, person(education="高小"))),
    _no("R-05b", lambda code: family(code, person(education="90"))),
    _yes("R-05c", lambda code: family(code, person(), person("03", school_stage="26", age=20))),
    _no("R-05c", lambda code: family(code, person(), person("03", school_stage="25", age=20))),
    _yes("R-05d", lambda code: family(code, person(labour="6"))),
    _no("R-05d", lambda code: family(code, person(labour=""))),
    _yes("R-06a", lambda code: family(code, person(education=""))),
    _no("R-06a", lambda code: family(code, person(), person("03", school_stage="03", age=8))),
    _yes(
        "R-06b", lambda code: family(code, person(), person("03", school_stage="07", age=17, education="70"))
    ),
    _no("R-06b", lambda code: family(code, person(), person("03", school_stage="07", age=17))),
    _yes("R-07a", lambda code: family(code, person(health=[]))),
    _no("R-07a", lambda code: family(code, person(health=["2", "3"]))),
    _yes("R-07b", lambda code: family(code, person(insured=None))),
    _no("R-07b", lambda code: family(code, person(insured=False))),
    _yes("R-07c", lambda code: family(code, person(dibao=""))),
    _no("R-07c", lambda code: family(code, person(dibao="none"))),
    _yes("R-08a", lambda code: family(code, person(work_place="东莞"))),
    _no("R-08a", lambda code: family(code, person(work_place="东莞", work_months=1))),
    _yes("R-08b", lambda code: family(code, person(work_months=1))),
    _no("R-08b", lambda code: family(code, person(work_months=0))),
    _yes("R-10", lambda code: family(code, water_safe=False, lifted_out=True)),
    _no("R-10", lambda code: family(code, water_safe=None, lifted_out=True)),
    _no("R-10", lambda code: family(code, water_safe=False)),
    _no("R-10", lambda code: family(code, water_safe=False, lifted_out=True, case=watched())),
    _yes("R-11", lambda code: family(code, net_income_per_head="8799.99", lifted_out=True)),
    _no("R-11", lambda code: family(code, net_income_per_head="8800.00", lifted_out=True)),
    _no("R-11", lambda code: family(code, net_income_per_head="8799.99")),
    _no("R-11", lambda code: family(code, net_income_per_head="8799.99", lifted_out=True, case=watched())),
    _yes(
        "R-11",
        lambda code: family(
            code, net_income_per_head="8799.99", lifted_out=True, case=watched("2025-01-01", "2026-10-31")
        ),
    ),
    _yes("R-12a", lambda code: family(code, house_grade="C", case=watched("2025-01-01", "2026-10-31"))),
    _no("R-12a", lambda code: family(code, house_grade="B", case=watched("2025-01-01", "2026-10-31"))),
    _no("R-12a", lambda code: family(code, house_grade="C", case=watched())),
    _yes("R-12b", lambda code: family(code, person(insured=False), case=watched("2025-01-01", "2026-10-31"))),
    _no("R-12b", lambda code: family(code, person(), case=watched("2025-01-01", "2026-10-31"))),
    _yes("R-12c", lambda code: family(code, water_safe=False, case=watched("2025-01-01", "2026-11-30"))),
    _no("R-12c", lambda code: family(code, water_safe=False, case=watched())),
    _yes("R-13", lambda code: family(code, case=watched("2026-10-04", measures=[]))),
    _no("R-13", lambda code: family(code, case=watched("2026-10-05", measures=[]))),
    _no("R-13", lambda code: family(code, case=watched("2026-10-04"))),
    _yes("R-14a", lambda code: family(code, case=watched(None))),
    _no("R-14a", lambda code: family(code, case=watched("2026-11-04"))),
    _yes("R-14b", lambda code: family(code, case=watched(risk_types=[]))),
    _no("R-14b", lambda code: family(code, case=watched(risk_types=["01"]))),
    _yes("R-14c", lambda code: family(code, case=watched(net_income_per_head=None))),
    _no("R-14c", lambda code: family(code, case=watched(net_income_per_head=0))),
    _yes("R-14d", lambda code: family(code, house_grade="", case=watched())),
    _yes("R-14d", lambda code: family(code, water_safe=None, case=watched())),
    _no("R-14d", lambda code: family(code, house_grade="")),
    _yes(
        "R-16",
        lambda code: family(
            code, case=watched("2025-01-01", "2026-10-31", measures=[], removal_way="assisted")
        ),
    ),
    _no(
        "R-16",
        lambda code: family(
            code, case=watched("2025-01-01", "2026-10-31", measures=[], removal_way="natural")
        ),
    ),
    _yes("R-17", lambda code: family(code, phone=None, case=watched("2025-01-01", "2026-10-31"))),
    _no("R-17", lambda code: family(code, phone=None, case=watched())),
    _yes("R-18a", lambda code: family(code, case=watched("2026-05-01", "2026-10-31"))),
    _no("R-18a", lambda code: family(code, case=watched("2026-04-01", "2026-10-31"))),
    _no("R-18a", lambda code: family(code, case=watched("2026-05-01", "2026-10-31", removal_way="natural"))),
    _no("R-18a", lambda code: family(code, case=watched("2022-01-01", "2022-03-31"))),
    _yes("R-18a", lambda code: family(code, case=watched("2022-01-01", "2022-04-30"))),
    _yes("R-18b", lambda code: family(code, case=watched("2026-09-01", "2026-10-31"))),
    _no("R-18b", lambda code: family(code, case=watched("2026-08-01", "2026-10-31"))),
    _no("R-18b", lambda code: family(code, case=watched("2026-10-01", "2026-10-31", removal_way="natural"))),
    _yes("R-20a", lambda code: family(code, case=watched(risk_types=["03"]))),
    _no("R-20a", lambda code: family(code, person(health=["2"]), case=watched(risk_types=["03"]))),
    _yes("R-20b", lambda code: family(code, case=watched("2025-01-01", "2026-10-31", risk_types=["09"]))),
    _no(
        "R-20b",
        lambda code: family(
            code, case=watched("2025-01-01", "2026-10-31", risk_types=["09"], measures=["其他教育帮扶"])
        ),
    ),
    _no("R-20b", lambda code: family(code, case=watched(risk_types=["09"]))),
    _yes("R-20c", lambda code: family(code, case=watched(risk_types=["01", "housing"]))),
    _no("R-20c", lambda code: family(code, case=watched(risk_types=["housing"], measures=["搬迁"]))),
    _yes("R-20d", lambda code: family(code, case=watched(risk_types=["water"]))),
    _no("R-20d", lambda code: family(code, case=watched(risk_types=["water"], measures=["100A51"]))),
    _yes("R-23a", lambda code: family(code, *_able("4"), case=watched(risk_types=["07"]))),
    _no("R-23a", lambda code: family(code, *_able("3"), case=watched(risk_types=["07"]))),
    _yes("R-23b", lambda code: family(code, case=watched(risk_types=["07"]))),
    _no(
        "R-23b",
        lambda code: family(code, person(work_place="东莞", work_months=1), case=watched(risk_types=["07"])),
    ),
    _yes("R-24a", lambda code: family(code, *_able("1", "3"), case=watched(risk_types=["04"]))),
    _no("R-24a", lambda code: family(code, *_able("1", "4"), case=watched(risk_types=["04"]))),
    _yes("R-24b", lambda code: family(code, *_able("1", "4", "5"), case=watched(risk_types=["04"]))),
    _no("R-24b", lambda code: family(code, *_able("3", "4", "5"), case=watched(risk_types=["04"]))),
    _yes("R-24b", lambda code: family(code, *_able("1", "2", "5", "5"), case=watched(risk_types=["04"]))),
    _no("R-24b", lambda code: family(code, *_able("1", "5", "5", "5"), case=watched(risk_types=["04"]))),
    _yes("R-25a", lambda code: family(code, person(insured=False), case=watched(risk_types=["03"]))),
    _no("R-25a", lambda code: family(code, person(insured=False), case=watched(risk_types=["03", "01"]))),
    _yes("R-25b", lambda code: family(code, water_safe=False, case=watched())),
    _no("R-25b", lambda code: family(code, water_safe=False, case=watched(risk_types=["water"]))),
    _yes("R-26a", lambda code: family(code, person(dibao="rural"), case=watched())),
    _no("R-26a", lambda code: family(code, person(tekun="urban"), case=watched(measures=["综合保障"]))),
    _yes("R-26b", lambda code: family(code, case=watched(measures=["就业帮扶", "低保"]))),
    _no(
        "R-26b", lambda code: family(code, person(dibao="urban"), case=watched(measures=["就业帮扶", "低保"]))
    ),
    _yes("R-27", lambda code: family(code, case=watched(measures=["就业帮扶", "残疾人补贴"]))),
    _no("R-27", lambda code: family(code, person(health=["2"]), case=watched(measures=["残疾人补贴"]))),
    _yes("R-28a", lambda code: family(code, case=watched(measures=["综合保障"]))),
    _no("R-28a", lambda code: family(code, case=watched(measures=["综合保障", "健康帮扶"]))),
    _no("R-28a", lambda code: family(code, *_able("5"), case=watched(measures=["综合保障"]))),
    _yes("R-28b", lambda code: family(code, case=watched("2026-05-04", measures=["健康帮扶"]))),
    _no("R-28b", lambda code: family(code, case=watched("2026-05-05", measures=["健康帮扶"]))),
    _no("R-28b", lambda code: family(code, case=watched("2026-05-04", measures=["健康帮扶", "产业帮扶"]))),
    _yes("R-31a", lambda code: family(code, person(age=16, labour="5"))),
    _no("R-31a", lambda code: family(code, person(), person("03", age=15, labour="5"))),
    _yes("R-31a", lambda code: family(code, person(age=59, labour="3"))),
    _no("R-31a", lambda code: family(code, person(age=60, labour="3"))),
    _no("R-31a", lambda code: family(code, person(age=30, labour="5", health=["1", "4"]))),
    _yes("R-31b", lambda code: family(code, person(), person("03", age=14, school_stage="06", labour="1"))),
    _no("R-31b", lambda code: family(code, person(), person("03", age=16, school_stage="07", labour="1"))),
    _yes("R-31c", lambda code: family(code, person(tekun="rural", work_place="东莞", work_months=3))),
    _no("R-31c", lambda code: family(code, person(tekun="none", work_place="东莞", work_months=3))),
    _yes("R-31d", lambda code: family(code, person(age=70, labour="4", work_place="东莞", work_months=3))),
    _no("R-31d", lambda code: family(code, person(age=70, labour="3", work_place="东莞", work_months=3))),
    _yes("R-32", lambda code: family(code, person(), person("03", age=11, school_stage="04"))),
    _no("R-32", lambda code: family(code, person(), person("03", age=12, school_stage="04"))),
    _no("R-32", lambda code: family(code, person(), person("03", age=17, school_stage="06"))),
    _yes("R-32", lambda code: family(code, person(), person("03", age=18, school_stage="06"))),
    _yes("R-34a", lambda code: family(code, case=watched("2023-01-01", net_income_per_head="20000.01"))),
    _no("R-34a", lambda code: family(code, case=watched("2023-01-01", net_income_per_head="20000.00"))),
    _no("R-34a", lambda code: family(code, case=watched("2022-12-31", net_income_per_head="20000.01"))),
    _yes("R-34b", lambda code: family(code, net_income_per_head="3999.99")),
    _no("R-34b", lambda code: family(code, net_income_per_head="4000.00")),
    _no("R-34b", lambda code: family(code, net_income_per_head=None)),
    _yes("R-20e", lambda code: family(code, case=watched(), earned={"A": "9000"})),
    _no("R-20e", lambda code: family(code, case=watched(), earned={"A": "9000", "G": "0.01"})),
    _no("R-20e", lambda code: family(code, case=watched())),
    _yes("R-29a", lambda code: family(code, case=watched(), earned={"D": "9000", "G": "1"})),
    _no("R-29a", lambda code: family(code, case=watched(), earned={"A": "9000", "G": "1"})),
    _no(
        "R-29a",
        lambda code: family(code, case=watched(measures=["健康帮扶"]), earned={"D": "9000", "G": "1"}),
    ),
    _yes("R-29b", lambda code: family(code, case=_GROWN, earned={"A": "9000"})),
    _no("R-29b", lambda code: family(code, case=_GROWN, earned={"A": "9000", "B": "1", "E": "1"})),
    _yes("R-29c", lambda code: family(code, case=watched(measures=["低保"]), earned={"A": "9000"})),
    _no(
        "R-29c",
        lambda code: family(code, case=watched(measures=["低保"]), earned={"A": "9000", "D2": "4000"}),
    ),
    _yes("R-34c", lambda code: family(code, earned={"A": "299.99"})),
    _no("R-34c", lambda code: family(code, earned={"A": "300"})),
    _yes("R-34c", lambda code: family(code, earned={"A": "300000.01"})),
    _no("R-34c", lambda code: family(code, earned={"A": "300000"})),
    _no("R-34c", lambda code: family(code, earned={"A": "0"})),
    _yes("R-34d", lambda code: family(code, earned={"B": "5000"})),
    _no("R-34d", lambda code: family(code, earned={"B": "5000", "E": "2000"})),
    _no("R-34d", lambda code: family(code, earned={"A": "5000"})),
    _yes("R-34e", lambda code: family(code, earned={"D2": "199.99"})),
    _no("R-34e", lambda code: family(code, earned={"D2": "200", "D4": "88", "D1": "100"})),
    _yes("R-34e", lambda code: family(code, earned={"D4": "87.99"})),
    _yes("R-34e", lambda code: family(code, earned={"D1": "99.99"})),
)
