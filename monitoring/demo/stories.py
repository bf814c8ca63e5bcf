"""The rows of the households of the stories (field.md 7.3), by dataset and month."""

import datetime

from monitoring.demo.lines import Lines
from monitoring.demo.medical import CHRONIC, STAY, settle, settlement
from monitoring.demo.register import Register

#: Household, member, day, cents paid, kind; in the file of the month that follows.
_SETTLEMENTS: dict[int, tuple[tuple[str, str, str, int, str], ...]] = {
    8: (
        ("YS000001", "沈秋分", "2026-06-18", 984_000, STAY),
        ("YS000001", "沈秋分", "2026-08-27", 956_050, STAY),
        ("YS000007", "骆白露", "2026-08-12", 2_730_000, STAY),
        ("YS000016", "陶夏至", "2026-06-23", 790_000, STAY),
        ("YS000016", "裴大寒", "2026-07-15", 620_000, STAY),
    ),
    9: (("YS000016", "陶夏至", "2026-09-16", 740_000, STAY),),
    10: (
        ("YS000001", "沈秋分", "2026-10-22", 1_221_500, STAY),
        ("YS000002", "白小雪", "2026-10-12", 980_000, STAY),
        ("YS000004", "万清明", "2026-10-15", 812_000, STAY),
        ("YS000007", "骆白露", "2026-10-14", 820_000, CHRONIC),
        ("YS000007", "骆白露", "2026-10-21", 640_000, CHRONIC),
        ("YS000016", "裴大寒", "2026-10-20", 790_000, STAY),
    ),
}
#: S16: the row whose number has two wrong digits.
MISTAKEN_DAY, MISTAKEN_CENTS = datetime.date(2026, 9, 24), 190_000


def settlements(register: Register, lines: Lines, month: int) -> None:
    """Add what the people of the stories paid; S6 under the name of somebody else, S16 with a mistaken number."""
    for code, name, day, cents, kind in _SETTLEMENTS[month]:
        person = register.story(code, name)
        settle(lines, person, datetime.date.fromisoformat(day), cents, kind, register.chance)
    if month == 9:
        he = register.story("YS000016", "陶夏至")
        cells = settlement(MISTAKEN_DAY, MISTAKEN_CENTS, STAY, register.chance)
        lines.stranger((register.mistaken(he.id_number), he.name), cells | {"结算流水号": "JS20260924S16"})
    if month == 10:
        he = register.story("YS000006", "雷大寒")
        cells = settlement(datetime.date(2026, 10, 17), 1_260_000, STAY, register.chance)
        cells |= {"结算流水号": "JS20261017S06", "医疗机构": "松岭镇中心卫生院"}
        lines.under_another_name(he, "吕小暑", cells)


def cremation(register: Register, lines: Lines) -> None:
    """S4: the mother, who stands in the roll of October all the same."""
    cells = {"火化日期": "2026-10-09", "殡仪馆": "示例县殡仪馆"}
    lines.about(register.story("YS000004", "邓雨水"), cells)


def dropout(register: Register, lines: Lines) -> None:
    """S13: a boy in his second year of junior secondary school, missed since the autumn holiday."""
    cells = {
        "学校": "示例县第一中学", "学段": "初中", "年级": "八年级", "缺勤天数": "8",
        "登记日期": "2026-10-19", "状态": "疑似", "原因": "外出务工",
    }  # fmt: skip
    lines.about(register.story("YS000013", "姜惊蛰"), cells)


def house(register: Register, lines: Lines) -> None:
    """S14: grade D, not repaired."""
    cells = {"鉴定单位": "示例县房屋安全鉴定所", "房屋等级": "D", "鉴定日期": "2026-10-26", "是否整改": "否"}
    lines.about(register.story("YS000014", "纪立秋"), cells)
