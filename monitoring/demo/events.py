"""Rows of police, insurers, housing, water and emergency management: what befell people and their homes."""

import datetime

from households.demo.records import Home, Person
from monitoring.demo.hardship import HEAD_NAME, HEAD_NUMBER
from monitoring.demo.lines import Lines
from monitoring.demo.medical import money
from monitoring.demo.register import Register, is_ordinary

#: The flood of 30 October: the village, how many of its households are on the list, and how many lost their house.
FLOODED, ON_LIST, DAMAGED = "999901001002", 62, 38
_ACCIDENTS, _HARMED, _CLAIMS, _LARGE, _MOVES, _WORKERS_DEAD = 22, 6, 60, 6, 24, 4
_GRADED, _UNSAFE, _WATER, _WATER_UNSAFE = 420, 9, 14, 8


def accidents(register: Register) -> Lines:
    """Return the traffic accidents of October; a few did grave harm."""
    chance = register.chance
    lines = Lines("事故编号", "身份证号", "姓名", "事故日期", "伤情", "责任", "赔偿金额", "事故经过")
    harmed = register.deal(register.many(_HARMED), _grown)
    others = register.deal(register.many(_ACCIDENTS), _grown)
    for place, home in enumerate([*harmed, *others]):
        person = _grown(home)
        assert person is not None  # noqa: S101  (only households with a grown-up were dealt)
        cells = {
            "事故日期": _october(register).isoformat(),
            "伤情": "重伤" if place < len(harmed) else chance.one_of(("轻伤", "无")),
            "责任": chance.one_of(("全部", "主要", "同等", "次要", "无")),
            "赔偿金额": money(100 * chance.between(0, 9_000)),
            "事故经过": "两车相撞\n现场已处置",
        }
        lines.about(person, cells)[0] = f"SG202610{place:04}"
    return lines


def claims(register: Register) -> Lines:
    """Return what insurers paid for accidents of October; a few losses were large."""
    chance = register.chance
    lines = Lines("赔案号", "身份证号", "姓名", "险种", "出险日期", "出险原因", "损失金额", "赔付金额")
    large = register.deal(register.many(_LARGE), is_ordinary)
    others = register.deal(register.many(_CLAIMS), lambda home: True)
    for place, home in enumerate([*large, *others]):
        lost = 100 * (chance.between(21_000, 68_000) if place < len(large) else chance.between(300, 9_000))
        cells = {
            "险种": chance.one_of(("防贫保", "意外伤害险", "农房保险")),
            "出险日期": _october(register).isoformat(),
            "出险原因": chance.one_of(("火灾", "跌伤", "车祸", "大风")),
            "损失金额": money(lost),
            "赔付金额": money(lost * chance.between(20, 70) // 100),
        }
        lines.about(home.people[0], cells)[0] = f"PA202610{place:05}"
    return lines


def registrations(register: Register) -> Lines:
    """Return births, moves and deaths of October; a few of the dead were of working age."""
    chance = register.chance
    lines = Lines("身份证号", "姓名", "变动类型", "变动日期", "户主身份证号")
    workers = register.deal(register.many(_WORKERS_DEAD), lambda home: len(home.people) > 2 and _grown(home))
    others = register.deal(register.many(_MOVES), lambda home: len(home.people) > 2)
    for place, home in enumerate([*workers, *others]):
        person = _grown(home) if place < len(workers) else home.people[-1]
        assert person is not None  # noqa: S101  (as above)
        kind = "死亡" if place < len(workers) else chance.one_of(("迁出", "婚出", "分户"))
        lines.about(
            person,
            {
                "变动类型": kind,
                "变动日期": _october(register).isoformat(),
                "户主身份证号": home.people[0].id_number,
            },
        )
    return lines


def house_grades(register: Register) -> Lines:
    """Return the dwellings that were assessed this autumn; a few are unsafe."""
    chance = register.chance
    lines = _of_heads("鉴定单位", "房屋等级", "鉴定日期", "是否整改")
    unsafe = {
        home.code for home in register.deal(register.many(_UNSAFE), lambda home: home.grade in ("A", "B"))
    }
    calm = [home for home in register.untouched() if home.grade in ("A", "B")][::7][: register.many(_GRADED)]
    for home in [*calm, *(home for home in register.homes if home.code in unsafe)]:
        bad = home.code in unsafe
        cells = {
            "鉴定单位": "示例县房屋安全鉴定所",
            "房屋等级": chance.one_of(("C", "D")) if bad else home.grade,
            "鉴定日期": datetime.date(2026, 10, chance.between(9, 26)).isoformat(),
            "是否整改": "否" if bad else "",
        }
        lines.about(home.people[0], cells)
    return lines


def water(register: Register) -> Lines:
    """Return the problems with drinking water that were found in October."""
    chance = register.chance
    lines = _of_heads("问题类型", "发现日期", "影响天数", "是否解决")
    unsolved = register.many(_WATER_UNSAFE)
    for place, home in enumerate(
        register.deal(unsolved + register.many(_WATER - _WATER_UNSAFE), lambda home: True)
    ):
        cells = {
            "问题类型": chance.one_of(("水源枯竭", "管道冻裂", "水质浑浊")),
            "发现日期": _october(register).isoformat(),
            "影响天数": str(chance.between(3, 24)),
            "是否解决": "否" if place < unsolved else "是",
        }
        lines.about(home.people[0], cells)
    return lines


def flood(register: Register) -> Lines:
    """Return the emergency list of the flooded village, its story's household among them."""
    chance = register.chance
    lines = _of_heads("灾种", "受灾日期", "房屋损坏", "直接经济损失", "备注")
    hit = register.deal(ON_LIST - 1, lambda home: home.area == FLOODED)
    for place, home in enumerate([register.in_stories["YS000005"], *hit]):
        bad = place < DAMAGED
        lost = chance.between(12_000, 60_000) if bad else chance.between(500, 7_500)
        cells = {
            "灾种": "洪涝",
            "受灾日期": "2026-10-30",
            "房屋损坏": chance.one_of(("严重", "倒塌")) if bad else chance.one_of(("无", "一般")),
            "直接经济损失": money(100 * lost),
        }
        lines.about(home.people[0], cells)
        register.flooded.append((home.people[0].id_number, cells["房屋损坏"]))
    return lines


def _of_heads(*headers: str) -> Lines:
    return Lines("序号", HEAD_NUMBER, HEAD_NAME, *headers, number=HEAD_NUMBER, name=HEAD_NAME)


def _october(register: Register) -> datetime.date:
    return datetime.date(2026, 10, register.chance.between(1, 29))


def _grown(home: Home) -> Person | None:
    """Return somebody between 20 and 58 who is not the only one of the household."""
    return next((person for person in home.people if 20 <= person.age <= 58 and len(home.people) > 1), None)
