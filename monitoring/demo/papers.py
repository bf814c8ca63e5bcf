"""The files of the departments: what each is, in which ugly form it comes, and when it is handed in."""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from monitoring.demo import benefits, events, hardship, medical, stories
from monitoring.demo.forms import Sheet, text, workbook, zipped
from monitoring.demo.lines import Lines, Tally
from monitoring.demo.register import Register, old_form
from monitoring.demo.spoiling import spoil

ACCEPTED, WAITING = "accepted", "waiting"


@dataclass(frozen=True, slots=True)
class Paper:
    """A file: its dataset and period, the day it is handed in, its bytes, and what must become of it.

    `replaced_later`: a roll whose place another one of the same period takes.
    """

    dataset: str
    period: str
    day: datetime.date
    name: str
    content: bytes
    tally: Tally
    state: str = ACCEPTED
    replaced_later: bool = False


def papers(register: Register) -> list[Paper]:
    """Return every file in the order in which they are handed in; the same register gives the same bytes.

    In a very small county some have no rows: those are not handed in.
    """
    made = (paper for paper in _made(register) if paper.tally.rows_read)
    return sorted(made, key=lambda paper: paper.day)


def _made(register: Register) -> Iterator[Paper]:
    yield _flood(register)
    rolls = benefits.Rolls(register)
    yield from _rolls(rolls)
    yield from _civil_affairs(register, rolls)
    yield from _medical(register)
    yield from _work_and_land(register)
    yield from _people(register)
    yield from _homes(register)


def _medical(register: Register) -> Iterator[Paper]:
    chance, settlements = register.chance, medical.Settlements(register)
    august, september, october = (_settled(register, settlements, month) for month in medical.MONTHS)
    _masked_digits(register, august)
    spoil(
        august, chance, ("id_checksum", "", 4), ("id_masked", "", 3), ("name_missing", "", 1),
        ("date_invalid", "结算日期", 2), ("duplicate_row", "", 2), ("number_negative", "个人自付", 1),
    )  # fmt: skip
    _outside(august, "结算日期", "2026-09-01")
    above = ("示例县医疗保障局", "2026年8月医疗费用结算明细", "单位：元")
    total = ["合计", *[""] * 10, "0"]
    content = text(august.headers, august.rows, above=above, below=[total])
    yield Paper("medical_settlement", "2026-08", _day(9, 3), "医保结算202608.csv", content, august.tally)
    _dates(september, "结算日期", "{0:%Y/}{0.month}/{0.day}")
    spoil(
        september, chance, ("id_checksum", "", 3), ("number_invalid", "医疗总费用", 2), ("id_missing", "", 1)
    )
    content = text(september.headers, september.rows, delimiter=";", encoding="utf-8-sig")
    name = "结算9月.zip"
    yield Paper(
        "medical_settlement", "2026-09", _day(10, 9), name, zipped("结算.csv", content), september.tally
    )
    spoil(october, chance, ("digits_lost", "", 7), ("code_unknown", "就诊类别", 2), ("duplicate_row", "", 3))
    days = frozenset({"结算日期"})
    book = workbook(
        Sheet("10月", october.headers, october.rows, ("示例县2026年10月医疗费用结算表",), total, days=days)
    )
    yield Paper("medical_settlement", "2026-10", _day(11, 3), "10月结算（医保）.xlsx", book, october.tally)
    insured = medical.insurance(register)
    _widened(register, insured, 40)
    spoil(insured, chance, ("id_checksum", "", 3), ("code_unknown", "是否参保", 2))
    content = zipped("参保.csv", text(insured.headers, insured.rows, above=("2026年度参保名单",)))
    yield Paper(
        "medical_insurance_status", "2026-10", _day(11, 2), "参保状态2026.zip", content, insured.tally
    )


def _settled(register: Register, settlements: medical.Settlements, month: int) -> Lines:
    lines = settlements.of(month)
    stories.settlements(register, lines, month)
    return lines


def _rolls(rolls: benefits.Rolls) -> Iterator[Paper]:
    """The roll of August, that of September without its third sheet and then whole, and that of October."""
    received = {8: _day(9, 8), 9: _day(10, 12), 10: _day(11, 2)}
    for month, day in received.items():
        sheets = rolls.of(month)
        if month == 9:
            yield _roll(month, _day(10, 9), "9月低保名册.xlsx", sheets[:2], replaced_later=True)
        name = "9月低保名册（补全）.xlsx" if month == 9 else f"{month}月低保名册.xlsx"
        yield _roll(month, day, name, sheets)


def _roll(
    month: int, day: datetime.date, name: str, sheets: Iterable[Lines], *, replaced_later: bool = False
) -> Paper:
    """Return a roll as a workbook of one sheet for each part, with totals at the foot."""
    made, tally = [], Tally()
    for title, lines in zip(("城区及青石", "其他乡镇", "复核人员"), sheets, strict=False):
        titles = (f"示例县农村低保名册（{title}）", f"2026年{month}月")
        total = ["合计", *[""] * 3, f"{sum(float(row[4]) for row in lines.rows):.2f}", *[""] * 3]
        made.append(Sheet(title, lines.headers, lines.rows, titles, total, numbers=frozenset({"序号"})))
        tally = _added(tally, lines.tally)
    return Paper(
        "dibao_roll", f"2026-{month:02}", day, name, workbook(*made), tally, replaced_later=replaced_later
    )


def _civil_affairs(register: Register, rolls: benefits.Rolls) -> Iterator[Paper]:
    cremated = benefits.cremations(register, rolls.dead)
    stories.cremation(register, cremated)
    for row in cremated.rows:
        name = cremated.name_of(row)
        cremated.rename(row, f"{name[0]}　{name[1:]}")
    _dates(cremated, "火化日期", "{0.year}年{0.month}月{0.day}日")
    book = workbook(Sheet("Sheet1", cremated.headers, cremated.rows, ("示例县殡仪馆10月火化登记", "")))
    yield Paper("cremation", "2026-10", _day(11, 2), "火化登记.xlsx", book, cremated.tally)
    aided = benefits.temporary_aid(register)
    # More than a fifth of the rows: the delivery waits until somebody decides.
    spoil(aided, register.chance, ("id_masked", "", max(2, len(aided.rows) * 2 // 5)), most=1)
    content = text(aided.headers, aided.rows, above=("临时救助发放表（公示版）",))
    yield Paper("temporary_aid", "2026-10", _day(11, 3), "临时救助10月.csv", content, aided.tally, WAITING)


def _work_and_land(register: Register) -> Iterator[Paper]:
    chance = register.chance
    work = hardship.employment(register)
    _dates(work, "登记日期", "{0.year}年{0.month}月{0.day}日")
    spoil(work, chance, ("code_unknown", "就业状态", 2), ("id_length", "", 2))
    content = text(work.headers, work.rows, delimiter=";", encoding="utf-8")
    yield Paper("employment", "2026-10", _day(11, 2), "务工台账.csv", content, work.tally)
    farms = hardship.farm_income(register)
    spoil(farms, chance, ("id_checksum", "", 2), ("number_invalid", "上年收入", 1))
    sheet = Sheet(
        "生产经营", farms.headers, farms.rows, ("脱贫户生产经营情况",), days=frozenset({"登记日期"})
    )
    yield Paper("farm_income", "2026-10", _day(11, 3), "产业收入.xlsx", workbook(sheet), farms.tally)
    loans = hardship.microloans(register)
    for row in loans.rows:
        row[3] = f"{int(float(row[3])):,}.00元"
    spoil(loans, chance, ("name_missing", "", 1), ("date_invalid", "到期日期", 1))
    yield Paper(
        "microloan", "2026-10", _day(11, 2), "小额信贷.csv", text(loans.headers, loans.rows), loans.tally
    )


def _people(register: Register) -> Iterator[Paper]:
    chance = register.chance
    cards = hardship.certificates(register)
    spoil(cards, chance, ("id_masked", "", 1), ("date_invalid", "发证日期", 1))
    content = b"\xff\xfe" + text(cards.headers, cards.rows, delimiter="\t", encoding="utf-16-le")
    yield Paper("disability_certificate", "2026-10", _day(11, 2), "残疾人证.txt", content, cards.tally)
    away = hardship.dropouts(register)
    stories.dropout(register, away)
    _dates(away, "登记日期", "{0:%Y%m%d}")
    book = workbook(
        Sheet("疑似失学", away.headers, away.rows, ("控辍保学台账", "填报：教育局", "（内部资料）"))
    )
    yield Paper("school_dropout", "2026-10", _day(11, 2), "控辍保学.xlsx", book, away.tally)
    hurt = events.accidents(register)
    _strangers(register, hurt, 3)
    yield Paper(
        "traffic_accident", "2026-10", _day(11, 3), "交通事故.csv", text(hurt.headers, hurt.rows), hurt.tally
    )
    moved = events.registrations(register)
    for row in moved.rows:
        if moved.number_of(row)[6:8] == "19":
            moved.renumber(row, old_form(moved.number_of(row)))
    spoil(moved, chance, ("code_unknown", "变动类型", 1))
    content = text(moved.headers, moved.rows, encoding="utf-8")
    yield Paper("household_registration", "2026-10", _day(11, 3), "户籍变动.csv", content, moved.tally)
    paid = events.claims(register)
    for row in paid.rows:
        row[6] = f"￥{float(row[6]):,.2f}"
    spoil(paid, chance, ("duplicate_row", "", 1), ("number_invalid", "赔付金额", 1))
    content = text(paid.headers, paid.rows, encoding="utf-8-sig")
    yield Paper("injury_claim", "2026-10", _day(11, 3), "理赔清单.csv", content, paid.tally)


def _homes(register: Register) -> Iterator[Paper]:
    chance = register.chance
    graded = events.house_grades(register)
    stories.house(register, graded)
    _dates(graded, "鉴定日期", "{0:%Y.%m.%d}")
    spoil(graded, chance, ("code_unknown", "房屋等级", 2), ("id_checksum", "", 1))
    book = workbook(
        Sheet("鉴定", graded.headers, graded.rows, ("农村房屋安全鉴定汇总表",), groups=(("户主信息", 1, 2),))
    )
    yield Paper("house_grade", "2026-10-27", _day(10, 27), "房屋鉴定10.27.xlsx", book, graded.tally)
    problems = events.water(register)
    for row in problems.rows:
        row[problems.place("影响天数")] = _wide(row[problems.place("影响天数")])
    _widened(register, problems, 4)
    content = text(problems.headers, problems.rows, delimiter="|", encoding="utf-8")
    yield Paper("water_supply", "2026-10", _day(11, 2), "饮水问题台账.csv", content, problems.tally)


def _flood(register: Register) -> Paper:
    """The emergency list, on the day after the flood, with a subtotal."""
    lines = events.flood(register)
    total = ["合计", *[""] * 5, f"{sum(float(row[6]) for row in lines.rows):.2f}", ""]
    sheet = Sheet("芒种村", lines.headers, lines.rows, ("10·30洪涝灾害损失统计表", "单位：元"), total)
    day = datetime.date(2026, 10, 31)
    return Paper("disaster_loss", "2026-10-31", day, "灾损快报.xlsx", workbook(sheet), lines.tally)


def _strangers(register: Register, lines: Lines, number: int) -> None:
    """Add rows like the last one, where there is one, about people whom the register does not know."""
    if not lines.rows:
        return
    cells = dict(zip(lines.headers, lines.rows[-1], strict=True))
    for place in range(number):
        lines.stranger(register.stranger(), cells | {lines.headers[0]: f"{lines.rows[-1][0]}-{place}"})


def _outside(lines: Lines, column: str, day: str) -> None:
    """Add a row of the month after: it is refused as lying outside the period."""
    row = list(next(row for row in lines.rows if not lines.is_spoilt(row)))
    row[0], row[lines.place(column)] = f"{row[0]}W", day
    lines.spoilt(row, len(lines.rows), "date_outside_period")


def _masked_digits(register: Register, lines: Lines) -> None:
    """Write a few numbers with blanks, small letters and full-width digits, which are read all the same."""
    for row in lines.rows[3:2_000:97]:
        number = lines.number_of(row)
        lines.renumber(row, f" {number[:6]} {number[6:14]} {number[14:].lower()}")
    _widened(register, lines, 5)


def _widened(register: Register, lines: Lines, number: int) -> None:
    for _each in range(min(number, len(lines.rows))):
        row = register.chance.one_of(lines.rows)
        lines.renumber(row, _wide(lines.number_of(row)))


def _wide(text_: str) -> str:
    return text_.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})


def _dates(lines: Lines, column: str, form: str) -> None:
    """Write the days of a column in another form."""
    at = lines.place(column)
    for row in lines.rows:
        row[at] = form.format(datetime.date.fromisoformat(row[at]))


def _added(one: Tally, other: Tally) -> Tally:
    return Tally(
        one.rows_read + other.rows_read,
        Counter(one.rejects) + Counter(other.rejects),
        one.unmatched + other.unmatched,
        one.name_differs + other.name_differs,
        one.corrections + other.corrections,
    )


def _day(month: int, day: int) -> datetime.date:
    return datetime.date(2026, month, day)
