"""Ugly files with several troubles at once, as counties send them. What each must become stands beside it."""

import datetime
import io
from typing import Any

import xlsxwriter
import xlwt

A, B, C, D = "999901199004150019", "999901198803050124", "999901201406010035", "999902196508200027"
OLD = "999901650820002"
DIBAO = ("身份证号", "姓名", "保障类别", "月保障金额", "起始日期")
DAY = datetime.date(2026, 1, 1)
#: The same day as a spreadsheet counts it.
SERIAL = 46023


def settlements() -> bytes:
    """GBK and semicolons: two titles, blanks in headers, totals between and below, a line break in quotes."""
    lines = (
        "某县医疗费用结算明细表;;;;;;;;;",
        "单位：元;;;;;;;;;填报日期：2026年11月1日",
        "序号;结算 流水号;身份证号;姓　名;就诊类别;医疗机构;结算日期;医 疗 总 费 用;个人自付＊;备注",
        f"1;A001;{A};沈立夏;住院;县医院;2026-10-05;1,234.50;￥234.5;x",
        ";小计;;;;;;1,234.50;234.5;",
        f"2;A002;{OLD};沈白露;门诊;县医院;2026.10.06;１００元;-;",
        f'3;A003;{C};沈小满;门诊慢特病;"县医院\r\n东院区";20261007;0;0;',
        "4;A004;999902********0027;沈大寒;住院;;2026年10月8日;5;5;",
        "合　计;;;;;;;1,339.50;239.5;",
        ";;;;;;;;;",
    )
    return "".join(f"{line}\r\n" for line in lines).encode("gbk")


def list_in_utf_16() -> bytes:
    """Tabs in UTF-16: a mark in a header, a header over two lines, totals in the name column, heads that err."""
    lines = (
        "低保名册\t\t\t\t\t",
        '户主身\u200b份证号\t 身份证号 \t姓名\t保障类别\t"月保障\n金额"\t起始日期',
        f"\t{A}\t沈立夏\tＡ\t520\t2026-01-01",
        f'{A}\t{B}\t沈白露\tB\t"1,520.00"\t2025/1/1',
        f"{A[:-1]}0\t{C}\t沈小满\tC\t0\t2025.1.1",
        f"\t{D[:-1]}0\t沈大寒\tD\t0元\t46000",
        "总计\t\t4人\t\t2040\t",
    )
    return b"\xfe\xff" + "".join(f"{line}\r\n" for line in lines).encode("utf-16-be")


def cremations() -> bytes:
    """Line ends of old systems and bars in GB18030: a line break in quotes, days that err, a total."""
    lines = (
        "火化名单|||",
        "身份证号|姓名|火化日期|殡仪馆",
        f'{A}|沈立夏|2026-10-31|"甲\r馆"',
        f"{B}|沈白露|2026-11-01|",
        f"{C}||2026-11-06|",
        f"{D}|沈大寒|46299.99",
        "小计|||",
    )
    return "".join(f"{line}\r" for line in lines).encode("gb18030")


def two_rows_of_header(book: xlsxwriter.Workbook) -> None:
    """Merged titles and headers, a hidden sheet, a second one in another order; days, money and numbers as such."""
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    chinese = book.add_format({"num_format": 'yyyy"年"m"月"d"日"'})
    made = book.add_worksheet("低保 10月")
    made.merge_range("A1:G1", "低保名册")
    made.write("A2", "单位：元")
    for place, header in enumerate(("序号", *DIBAO[:2])):
        made.merge_range(2, place, 3, place, header)
    made.merge_range(2, 3, 2, 5, "保障情况")
    made.write_row(3, 3, DIBAO[2:])
    made.merge_range(2, 6, 3, 6, "备注")
    rows: tuple[tuple[Any, ...], ...] = (
        (1, A, "沈立夏", "A", 520, DAY, "x"),
        (2, B, "沈白露", "B", -0.0, SERIAL),
        ("小计", None, None, None, 520),
        (3, 999901201406010035, "沈小满", "C", 1, SERIAL),
        (4, int(OLD), "沈谷雨", "A", 1.005, SERIAL + 0.75),
        (5, D, "沈霜降", "A", True, SERIAL),
        (None, "合计", None, None, 521),
        (None, "制表人：张三"),
    )
    for number, row in enumerate(rows, start=4):
        for place, cell in enumerate(row):
            if isinstance(cell, datetime.date):
                made.write_datetime(number, place, cell, day)
            elif cell is not None:
                made.write(number, place, cell, chinese if number == 5 and place == 5 else None)
    hidden = book.add_worksheet("旧表")
    hidden.write_row(0, 0, DIBAO)
    hidden.write_row(1, 0, ["1", "x", "A", 1, 1])
    hidden.hide()
    other = book.add_worksheet("白河'镇")
    other.write_row(3, 2, (*reversed(DIBAO), "户主身份证号"))
    other.write_row(4, 2, ["2026年1月1日", "￥1,520元", "B", "沈芒种", C, A])
    other.write_row(6, 2, ["2026-01-01", "", "B", "沈夏至", D, "1"])
    book.add_worksheet("空")


def old_workbook() -> bytes:
    """XLS: merged headers over two rows, days and serials, a number that lost digits, a sum, a hidden sheet."""
    book = xlwt.Workbook(encoding="utf-8")
    day, plain = xlwt.easyxf(num_format_str="yyyy-mm-dd"), xlwt.easyxf()
    made = book.add_sheet("名册")
    made.write_merge(0, 0, 0, 5, "低保名册")
    for place, header in enumerate(("序号", *DIBAO[:2])):
        made.write_merge(1, 2, place, place, header)
    made.write_merge(1, 1, 3, 5, "保障")
    for place, header in enumerate(DIBAO[2:], start=3):
        made.write(2, place, header)
    rows = (
        (A, 520, SERIAL),
        (B, "￥520", DAY),
        (999901201406010035, 520, SERIAL),
        (int(OLD), 0, SERIAL + 0.5),
    )
    for number, (person, amount, since) in enumerate(rows, start=3):
        for place, cell in enumerate((number, person, "沈立夏", "A", amount, since)):
            made.write(number, place, cell, day if isinstance(cell, datetime.date) else plain)
    made.write_merge(7, 7, 0, 3, "合 计")
    made.write(7, 4, xlwt.Formula("SUM(E4:E7)"))
    hidden = book.add_sheet("旧表")
    hidden.visibility = 1
    for place, header in enumerate(DIBAO):
        hidden.write(0, place, header)
        hidden.write(1, place, "1")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def days_of_1904(book: xlsxwriter.Workbook) -> None:
    """A workbook that counts days from 1904, as those of old Macs do: its days are days all the same."""
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    made = book.add_worksheet("火化")
    made.write_row(0, 0, ["身份证号", "姓名", "火化日期"])
    made.write_row(1, 0, [A, "沈立夏"])
    made.write_datetime(1, 2, datetime.datetime(2026, 10, 5, tzinfo=datetime.UTC).replace(tzinfo=None), day)
    made.write_row(2, 0, [B, "沈白露", "2026/10/5"])
