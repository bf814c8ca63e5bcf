"""Text tables: whatever encoding, delimiter and dressing people send, the same rows come out."""

import io
import tracemalloc
import zipfile

import pytest

from foundation.accounts.refusals import Refused
from foundation.accounts.tabular import Row, TextTable, plain, tidy

HEAD = "行政区划代码,名称\n"
LINES = HEAD + "99,示例省\n9999,示例市\n999901,示例县\n999901001,青石镇\n999901001001,石桥村\n"
CODES = ["99", "9999", "999901", "999901001", "999901001001"]
NAMES = ["示例省", "示例市", "示例县", "青石镇", "石桥村"]


def read(content: bytes) -> list[Row]:
    with TextTable(io.BytesIO(content), required=("行政区划代码", "名称")) as table:
        return list(table)


def zipped(name: str, content: bytes, *, beside: str = "") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
        if beside:
            archive.writestr(beside, b"\x00\x05\x16\x07")
    return packed.getvalue()


SHAPES = {
    "utf-8": LINES.encode(),
    "utf-8 with a mark": LINES.encode("utf-8-sig"),
    "gb18030": LINES.encode("gb18030"),
    "utf-16 with a mark": LINES.encode("utf-16"),
    "utf-16 little end first": LINES.encode("utf-16-le"),
    "utf-16 big end first": LINES.encode("utf-16-be"),
    "windows line ends": LINES.replace("\n", "\r\n").encode(),
    "old line ends": LINES.replace("\n", "\r").encode(),
    "tabs": LINES.replace(",", "\t").encode("utf-16"),
    "semicolons": LINES.replace(",", ";").encode(),
    "bars": LINES.replace(",", "|").encode("gb18030"),
    "quoted": "\n".join(f'"{a}","{b}"' for a, b in (x.split(",") for x in LINES.split())).encode("utf-8-sig"),
    "spaces": LINES.replace(",", " , ").replace("行政区划代码", "行政 区划\u3000代码").encode(),
    "full width": LINES.translate({ord("0") + n: ord("０") + n for n in range(10)}).encode(),
    "columns turned": "\n".join(f"{b},x,{a}" for a, b in (x.split(",") for x in LINES.split())).encode(),
    "a column nobody asked for": "\n".join(f"{x},,备注" for x in LINES.split()).encode(),
    "twenty title rows": ("区划表,,\n单位：个\n" * 10 + LINES).encode(),
    "blank rows": LINES.replace("\n", "\n,,\n\n \u3000,\n").encode(),
    "total rows": (LINES.replace("999901,", "小计,3\n999901,") + "合计,5\n,总 计,\n").encode(),
    "a line break in the header": LINES.replace("行政区划代码", '"行政区划\n代码"').encode(),
    "a line break in a name": LINES.replace("石桥村", '"石桥\r\n村"').encode(),
    "trailing empty cells": LINES.replace("石桥村", "石桥村,,,").encode(),
    "tabs behind codes": LINES.replace("999901001001,", "999901001001\t,").encode(),
    "zipped": zipped("区划.csv", LINES.encode("gb18030")),
    "zipped on a Mac": zipped("区划.csv", LINES.encode(), beside="__MACOSX/._区划.csv"),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_file_is_read_however_it_is_written(shape: str) -> None:
    rows = read(SHAPES[shape])
    assert [plain(row.values[0]) for row in rows] == CODES
    assert [tidy(row.values[1]) for row in rows] == NAMES
    assert not any(row.overlong for row in rows)


def test_a_row_is_named_by_the_line_where_it_begins() -> None:
    rows = read(
        ('标题\r\n\r\n"行政区划\n代码",名称\r\n11,"北京\n\n市"\r\n\r\n12,天津市\r\n').encode("gb18030")
    )
    assert [row.line for row in rows] == [5, 9]


def test_what_is_read_does_not_grow_with_the_file() -> None:
    table = TextTable(io.BytesIO((HEAD + "11,北京市\n" * 200_000).encode()), required=("名称",))
    tracemalloc.start()
    with table:
        assert sum(1 for _row in table) == 200_000
    assert tracemalloc.get_traced_memory()[1] < 2_000_000
    tracemalloc.stop()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "行政区划代码"),
        ("代码,名字\n11,北京市\n".encode(), "行政区划代码"),
        (("标题\n" * 21 + LINES).encode(), "行政区划代码"),
        (bytes(range(256)) * 50, "行政区划代码"),
        (zipped("[Content_Types].xml", b"<xml/>"), "CSV"),
        (b"PK\x03\x04 no archive at all", "zip"),
        (zipped("一.csv", LINES.encode(), beside="二.csv"), "zip"),
        ((HEAD + '11,"' + "北京市\n" * 200).encode(), "2"),
    ],
)
def test_what_cannot_be_read_at_all_is_refused_in_one_sentence(content: bytes, says: str) -> None:
    with pytest.raises(Refused, match=says):
        read(content)
