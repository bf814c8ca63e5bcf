"""Rows about work, land and loans, and about people: employment, farms, microloans, certificates, schools."""

import datetime

from households.demo import words
from households.demo.chance import Weighted
from households.demo.records import Home, Person
from monitoring.demo.lines import Lines
from monitoring.demo.medical import money
from monitoring.demo.register import Register, in_dibao

HEAD_NUMBER, HEAD_NAME = "户主身份证号", "户主姓名"
_LOST_WORK, _FARMS, _FARMS_DOWN, _LOANS, _OVERDUE, _NEWLY_DISABLED, _AWAY_FROM_SCHOOL = (
    26,
    800,
    14,
    600,
    9,
    20,
    6,
)
_CROPS = ("茶叶", "生猪", "蔬菜", "柑橘", "土蜂")
_DISABILITIES = Weighted({"肢体": 55.0, "视力": 12.0, "听力": 12.0, "精神": 10.0, "智力": 8.0, "言语": 3.0})
_GRADES = Weighted({"一级": 10.0, "二级": 25.0, "三级": 35.0, "四级": 30.0})
_STAGES = {"七年级": "初中", "八年级": "初中", "九年级": "初中"}


def employment(register: Register) -> Lines:
    """Return how the workers of low-income households work, a few of whom lost their work or came home."""
    chance = register.chance
    lines = Lines(
        "身份证号", "姓名", "务工地点", "单位名称", "本年务工月数", "月工资", "就业状态", "登记日期", "联系人"
    )
    home_again = {id(_worker(home)) for home in register.deal(register.many(_LOST_WORK), _worker)}
    for member in register.members:
        person = member.person
        if not person.work_place or not (member.low_income or id(person) in home_again):
            continue
        lost = id(person) in home_again
        state = ("失业" if chance.happens(0.4) else "返乡") if lost else "在岗"
        cells = {
            "务工地点": person.work_place,
            "单位名称": "" if lost else chance.one_of(("电子厂", "建筑工地", "制衣厂", "物流园", "餐馆")),
            "本年务工月数": str(person.work_months or 0),
            "月工资": "" if lost else money(100 * chance.between(2_600, 6_800)),
            "就业状态": state,
            "登记日期": datetime.date(2026, 10, chance.between(8, 30)).isoformat(),
            "联系人": "村劳务专干",
        }
        lines.about(person, cells)
    return lines


def farm_income(register: Register) -> Lines:
    """Return what farms earned last year and this one; the income of a few fell badly."""
    chance = register.chance
    lines = Lines(
        HEAD_NUMBER, HEAD_NAME, "年度", "产业", "上年收入", "本年收入", "下降原因", "登记日期",
        number=HEAD_NUMBER, name=HEAD_NAME,
    )  # fmt: skip
    worse = {home.code for home in register.deal(register.many(_FARMS_DOWN), _has_hands)}
    calm = [home for home in register.untouched() if home.lifted_out]
    down = [home for home in register.homes if home.code in worse]
    for home in [*calm[: register.many(_FARMS)], *down]:
        before = 100 * chance.between(3_000, 26_000)
        share = chance.between(30, 66) if home.code in worse else chance.between(84, 125)
        cells = {
            "年度": "2026",
            "产业": chance.one_of(_CROPS),
            "上年收入": money(before),
            "本年收入": money(before * share // 100),
            "下降原因": chance.one_of(("价格下跌", "病虫害", "干旱")) if home.code in worse else "",
            "登记日期": datetime.date(2026, 10, chance.between(10, 30)).isoformat(),
        }
        lines.about(home.people[0], cells)
    return lines


def microloans(register: Register) -> Lines:
    """Return the contracts of small loans; a few are overdue for more than a month."""
    chance = register.chance
    lines = Lines("合同编号", "身份证号", "姓名", "贷款金额", "到期日期", "逾期金额", "逾期天数")
    overdue = {home.code for home in register.deal(register.many(_OVERDUE), lambda home: home.lifted_out)}
    calm = [home for home in register.untouched() if home.lifted_out][-register.many(_LOANS) :]
    for home in [*calm, *(home for home in register.homes if home.code in overdue)]:
        late = home.code in overdue
        owed = 100 * chance.between(4_000, 30_000)
        due = datetime.date(2026, 8, 20) if late else datetime.date(2027, chance.between(1, 12), 20)
        cells = {
            "贷款金额": money(100 * chance.between(30_000, 50_000)),
            "到期日期": due.isoformat(),
            "逾期金额": money(owed) if late else "0.00",
            "逾期天数": str(chance.between(34, 72)) if late else "0",
        }
        lines.about(home.people[0], cells)[0] = f"XD2026{len(lines.rows):06}"
    return lines


def certificates(register: Register) -> Lines:
    """Return the disability certificates: those of old, and the severe ones of this year."""
    chance = register.chance
    lines = Lines("身份证号", "姓名", "残疾类别", "残疾等级", "发证日期", "状态")
    for member in (each for each in register.members if each.person.health == words.DISABLED):
        issued = datetime.date(chance.between(2008, 2024), chance.between(1, 12), chance.between(1, 28))
        _certified(register, lines, member.person, chance.of(_GRADES), issued)
    for home in register.deal(register.many(_NEWLY_DISABLED), lambda home: home.people[0].age > 35):
        issued = datetime.date(2026, chance.between(8, 10), chance.between(1, 28))
        _certified(register, lines, home.people[0], chance.one_of(("一级", "二级")), issued)
    return lines


def dropouts(register: Register) -> Lines:
    """Return the pupils whose school misses them; some came back."""
    chance = register.chance
    lines = Lines("身份证号", "姓名", "学校", "学段", "年级", "缺勤天数", "登记日期", "状态", "原因")
    for place, home in enumerate(register.deal(register.many(_AWAY_FROM_SCHOOL), _pupil)):
        child = _pupil(home)
        assert child is not None  # noqa: S101  (only households with a pupil were dealt)
        cells = {
            "学校": "示例县第二中学",
            "学段": _STAGES[child.school],
            "年级": child.school,
            "缺勤天数": str(chance.between(8, 30)),
            "登记日期": datetime.date(2026, 10, chance.between(9, 30)).isoformat(),
            "状态": "已复学" if place % 3 == 2 else "疑似",
            "原因": chance.one_of(("外出务工", "厌学", "随父母外出")),
        }
        lines.about(child, cells)
    return lines


def _certified(register: Register, lines: Lines, person: Person, grade: str, issued: datetime.date) -> None:
    """Add a certificate; its number is the ID number, the kind, the grade, and sometimes how often it was renewed."""
    chance = register.chance
    row = lines.about(
        person,
        {
            "残疾类别": chance.of(_DISABILITIES),
            "残疾等级": grade,
            "发证日期": issued.isoformat(),
            "状态": "有效",
        },
    )
    number = person.id_number + str(chance.between(1, 6)) + str("一二三四".index(grade[0]) + 1)
    lines.renumber(row, number + ("B1" if chance.happens(0.1) else ""))


def _worker(home: Home) -> Person | None:
    """Return somebody of a household who works somewhere and is between 20 and 55."""
    return next((person for person in home.people if person.work_place and 20 <= person.age <= 55), None)


def _pupil(home: Home) -> Person | None:
    return next((person for person in home.people if person.school in _STAGES), None)


def _has_hands(home: Home) -> bool:
    return home.lifted_out and not in_dibao(home) and any(person.works for person in home.people)
