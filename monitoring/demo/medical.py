"""Rows of the medical insurance bureau: settlements of three months, and who is insured this year."""

import datetime

from households.demo import words
from households.demo.chance import Chance, Weighted
from households.demo.records import Person
from monitoring.demo.lines import Lines
from monitoring.demo.register import Member, Register

MONTHS = (8, 9, 10)
HEADERS = (
    "结算流水号", "身份证号", "姓名", "就诊类别", "医疗机构", "结算日期",
    "医疗总费用", "政策范围内费用", "基本医保报销", "大病保险报销", "医疗救助", "个人自付",
)  # fmt: skip
STAY, CHRONIC, VISIT = "住院", "门诊慢特病", "门诊"
#: Settlements of a month, and persons of one month whose payments are high, in a county of 20,000 households.
_SETTLEMENTS, _HIGH, _STRANGERS = 5_200, 24, 60
_KINDS = Weighted({VISIT: 62.0, CHRONIC: 20.0, STAY: 18.0})
_OWN = {VISIT: (2_000, 32_000), CHRONIC: (8_000, 60_000), STAY: (30_000, 290_000)}
_PLACES = Weighted(
    {"示例县人民医院": 50.0, "示例县中医院": 20.0, "青石镇中心卫生院": 15.0, "示例市第一医院": 15.0}
)


class Settlements:
    """The settlements of the county, month after month; serial numbers go on."""

    def __init__(self, register: Register) -> None:
        """Deal out whose payments are high, by month."""
        self._register, self._chance = register, register.chance
        number = register.many(_HIGH)
        self._high = {month: register.deal(number, lambda home: len(home.people) > 1) for month in MONTHS}
        self._calm = [Member(home, person) for home in register.untouched() for person in home.people]

    def of(self, month: int) -> Lines:
        """Return the rows of a month: ordinary ones, high ones, and some of people nobody here knows."""
        lines, chance = Lines(*HEADERS), self._chance
        cards = chance.shuffled(self._calm)[: self._register.many(_SETTLEMENTS)]
        for member in cards:
            kind = chance.of(_KINDS)
            settle(lines, member.person, self._day(month), _cents(chance, *_OWN[kind]), kind, chance)
        for home in self._high[month]:
            self._ill(lines, Member(home, chance.one_of(home.people)), month)
        for _each in range(self._register.many(_STRANGERS)):
            cells = settlement(self._day(month), _cents(chance, *_OWN[VISIT]), VISIT, chance)
            _numbered(lines, lines.stranger(self._register.stranger(), cells))
        return lines

    def _ill(self, lines: Lines, member: Member, month: int) -> None:
        """Write one stay over the line of its household, or several that are over it together."""
        chance = self._chance
        single, year = (600_000, 1_000_000) if member.low_income else (1_000_000, 2_600_000)
        if chance.happens(0.7):
            settle(lines, member.person, self._day(month), _cents(chance, single, single * 3), STAY, chance)
            return
        for _stay in range(4):
            paid = _cents(chance, year // 4 + 10_000, single - 100)
            settle(lines, member.person, self._day(month), paid, STAY, chance)

    def _day(self, month: int) -> datetime.date:
        return datetime.date(2026, month, self._chance.between(1, 30))


def settle(lines: Lines, person: Person, day: datetime.date, cents: int, kind: str, chance: Chance) -> None:
    """Add a settlement of somebody of the register, who paid so many cents of it."""
    _numbered(lines, lines.about(person, settlement(day, cents, kind, chance)))


def settlement(day: datetime.date, cents: int, kind: str, chance: Chance) -> dict[str, str]:
    """Return the cells of a settlement: what was paid, and what insurance and aid bore."""
    basic = cents * chance.between(90, 260) // 100
    major = cents // 4 if kind == STAY and cents > 800_000 else 0
    return {
        "就诊类别": kind,
        "医疗机构": chance.of(_PLACES),
        "结算日期": day.isoformat(),
        "医疗总费用": money(cents + basic + major),
        "政策范围内费用": money(cents + basic + major),
        "基本医保报销": money(basic),
        "大病保险报销": money(major) if major else "",
        "医疗救助": "",
        "个人自付": money(cents),
    }


def _numbered(lines: Lines, row: list[str]) -> None:
    """Give a settlement its serial number: its day, and its place in the file."""
    day = row[lines.place("结算日期")].replace("-", "")
    row[0] = f"JS{day}{len(lines.rows):06}"


def insurance(register: Register) -> Lines:
    """Return who was insured last year, in households that the policies look after, and who of them dropped out."""
    chance = register.chance
    lines = Lines("身份证号", "姓名", "参保年度", "是否参保", "参保类型", "个人缴费补贴")
    dropped_out = register.deal(
        register.many(24),
        lambda home: home.lifted_out and len(home.people) > 1 and home.people[-1].insured == words.YES,
    )
    without = {id(home.people[-1]) for home in dropped_out}
    known = (each for each in register.members if each.low_income and each.person.insured == words.YES)
    for member in known:
        insured = id(member.person) not in without
        cells = {"参保年度": "2026", "是否参保": words.YES if insured else words.NO}
        if insured:
            cells |= {"参保类型": "城乡居民", "个人缴费补贴": "240.00" if chance.happens(0.5) else ""}
        lines.about(member.person, cells)
    return lines


def money(cents: int) -> str:
    """Write an amount in yuan with two decimals."""
    return f"{cents // 100}.{cents % 100:02}"


def _cents(chance: Chance, least: int, most: int) -> int:
    return chance.between(least, most)
