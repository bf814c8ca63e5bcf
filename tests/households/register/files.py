"""Register files for tests: people with numbers that fit, said in a line."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from households.identity.numbers import check_character
from households.register.contract import HEADERS
from tests.people import VILLAGE

#: Field of the contract → cell of a row that nothing is wrong with.
SOUND = {
    "household": "H001", "area": VILLAGE, "group_name": "一组", "household_type": "一般户", "address": "石桥村12号",
    "phone": "13900000000", "name": "沈立夏", "relation": "户主", "ethnicity": "汉族", "education": "初中",
    "health": "健康", "labour": "普通劳动力", "work_place": "", "work_months": "", "insured": "是", "dibao": "未享受",
    "tekun": "未享受", "income": "12,345.60", "house_grade": "A", "water_safe": "是",
}  # fmt: skip


def number(serial: int, born: str = "19900101") -> str:
    """An ID number of county 999901 that fits its check digit."""
    body = f"999901{born}{serial:03d}"
    return body + check_character(body)


def row(serial: int = 1, **cells: str) -> dict[str, str]:
    """A sound row with other cells where they are given."""
    return SOUND | {"number": number(serial)} | cells


def csv_of(rows: Iterable[dict[str, Any]], *, fields: Iterable[str] | None = None) -> io.BytesIO:
    """A CSV file of rows with the contract's header, or with the columns of `fields` alone."""
    names = list(fields or HEADERS)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([HEADERS[name] for name in names])
    writer.writerows([line.get(name, "") for name in names] for line in rows)
    return io.BytesIO(out.getvalue().encode())
