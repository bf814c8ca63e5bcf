"""Rows of civil affairs: the dibao roll of three months, cremations, temporary aid."""

import datetime

from households.demo import words
from households.demo.chance import Chance
from households.demo.county import SEED
from households.demo.records import Home, Person
from monitoring.demo.lines import Lines
from monitoring.demo.medical import money
from monitoring.demo.register import Register, in_dibao

ROLL = ("序号", "身份证号", "姓名", "保障类别", "月保障金额", "起始日期", "户主身份证号", "备注")
#: People of the sheet that was forgotten in September (field.md 7.3, S8), one of a household.
FORGOTTEN, LEAST_FORGOTTEN = 41, 6
_AMOUNTS = {"A": 62_000, "B": 48_000, "C": 35_000}
_LEFT, _DEAD_IN_ROLL, _CREMATED, _AIDED = 7, 4, 26, 90
_STORY = "YS000008"


class Rolls:
    """The dibao roll, month after month, on three sheets."""

    def __init__(self, register: Register) -> None:
        """Decide who is on which sheet, who leaves in October, and who dies and stays on it."""
        self._register = register
        alone = register.deal(
            max(min(register.many(FORGOTTEN), FORGOTTEN), LEAST_FORGOTTEN) - 1,
            lambda home: len(in_dibao(home)) == 1 and len(home.people) > 1,
        )
        forgotten = [home.code for home in alone]
        self._third = {in_dibao(home)[0].id_number for home in alone}
        self._third.add(in_dibao(register.in_stories[_STORY])[0].id_number)
        self.forgotten = sorted([*forgotten, _STORY])
        leaving = register.deal(register.many(_LEFT), lambda home: in_dibao(home) and len(home.people) > 2)
        self._left = {person.id_number for home in leaving for person in in_dibao(home)[:1]}
        dying = register.deal(register.many(_DEAD_IN_ROLL), lambda home: len(in_dibao(home)) > 1)
        #: Who was cremated in October and stands in its roll all the same.
        self.dead = [max(in_dibao(home), key=lambda person: person.age) for home in dying]
        homes = [*register.in_stories.values(), *register.homes]
        # A household of a story stands in its own village; the roll is in the order of villages.
        self._homes = sorted(
            (home for home in homes if in_dibao(home)), key=lambda home: (home.area, home.code)
        )

    def of(self, month: int) -> tuple[Lines, Lines, Lines]:
        """Return the sheets of a month: the county town, the townships, and those assessed anew."""
        sheets = (Lines(*ROLL), Lines(*ROLL), Lines(*ROLL))
        for home in self._homes:
            for person in in_dibao(home):
                if month == 10 and person.id_number in self._left:
                    continue
                in_town = home.area[:9] in ("999901008", "999901001")
                sheet = sheets[2 if person.id_number in self._third else 0 if in_town else 1]
                row = sheet.about(person, self._cells(home, person))
                row[0] = str(len(sheet.rows))
        return sheets

    @staticmethod
    def _cells(home: Home, person: Person) -> dict[str, str]:
        """Return what the roll says of somebody; the same every month."""
        chance = Chance(f"{SEED} roll {person.id_number}")
        kind = "A" if person.labour == words.UNABLE else "B" if chance.happens(0.6) else "C"
        since = datetime.date(chance.between(2019, 2026), chance.between(1, 7), 1)
        head = home.people[0]
        return {
            "保障类别": kind,
            "月保障金额": money(_AMOUNTS[kind]),
            "起始日期": since.isoformat(),
            "户主身份证号": head.id_number,
        }


def cremations(register: Register, dead: list[Person]) -> Lines:
    """Return the cremations of October: old people of many households, and those who stand in the roll."""
    lines, chance = Lines("身份证号", "姓名", "火化日期", "殡仪馆"), register.chance
    old = register.deal(
        register.many(_CREMATED),
        lambda home: not in_dibao(home) and len(home.people) > 1 and _oldest(home).age > 74,
    )
    for person in [*dead, *(_oldest(home) for home in old)]:
        day = datetime.date(2026, 10, chance.between(1, 30))
        lines.about(person, {"火化日期": day.isoformat(), "殡仪馆": "示例县殡仪馆"})
    return lines


def temporary_aid(register: Register) -> Lines:
    """Return who was given temporary aid in October."""
    lines, chance = Lines("序号", "身份证号", "姓名", "救助日期", "救助原因", "金额"), register.chance
    for home in register.deal(register.many(_AIDED), lambda home: len(home.people) > 1):
        cells = {
            "救助日期": datetime.date(2026, 10, chance.between(1, 30)).isoformat(),
            "救助原因": chance.one_of(("因病", "因灾", "意外伤害", "生活困难")),
            "金额": money(100 * chance.between(500, 4_000)),
        }
        row = lines.about(home.people[0], cells)
        row[0] = str(len(lines.rows))
    return lines


def _oldest(home: Home) -> Person:
    return max(home.people, key=lambda person: person.age)
