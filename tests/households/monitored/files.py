"""Lists of monitored objects as counties send them, made for tests: invented people with numbers of no place."""

import csv
import datetime
import io
from collections.abc import Iterable, Iterator
from itertools import count

from households.identity.numbers import check_character
from households.monitored.contract import COLUMNS

HEADERS = [column.header for column in COLUMNS]
UNSTABLE, MARGINAL, SUDDEN = "脱贫不稳定户", "边缘易致贫户", "突发严重困难户"
VILLAGE, OTHER_VILLAGE = "999901001001", "999901001002"
_BORN = datetime.date(1950, 1, 1)
SURNAMES = "沈柳贺何杜万邓雷吕骆蒲简祁盛祝田姜纪顾陶"
GIVEN = ("立夏", "霜降", "秋分", "春分", "小满", "芒种", "白露", "寒露")


def id_number(number: int) -> str:
    """Return the valid ID number of the n-th invented person; the area code belongs to no place."""
    day = _BORN + datetime.timedelta(days=number // 900)
    body = f"999901{day:%Y%m%d}{number % 900 + 1:03d}"
    return body + check_character(body)


def row(number: int, household: str = "H1", **other: str) -> dict[str, str]:
    """Return the row of one person: an open case of a marginal household unless `other` says otherwise."""
    name = SURNAMES[number % len(SURNAMES)] + GIVEN[number % len(GIVEN)]
    told = {
        "户编号": household,
        "行政区划代码": VILLAGE,
        "姓名": name,
        "身份证号": id_number(number),
        "与户主关系": "户主",
        "监测对象类别": MARGINAL,
        "风险类型1": "因病",
        "识别监测时间": "202105",
        "风险是否已消除": "否",
    }
    return told | other


def family(household: str, members: int, numbers: Iterator[int], **other: str) -> list[dict[str, str]]:
    """Return the rows of a household: a head and others."""
    relations = ["户主", "配偶", "之子", "之女"] + ["其他"] * members
    return [
        row(next(numbers), household, **{"与户主关系": relations[place]} | other) for place in range(members)
    ]


def counted(
    households: int, persons: int, numbers: Iterator[int], start: int, villages: list[str], **other: str
) -> Iterator[dict[str, str]]:
    """Yield rows of exactly so many households with exactly so many persons, spread over villages."""
    small, large = divmod(persons, households)
    for number in range(households):
        members = small + (number < large)
        place = {"行政区划代码": villages[number % len(villages)]}
        yield from family(f"JC{start + number:07d}", members, numbers, **place | other)


def text(rows: Iterable[dict[str, str]], *, title: str = "") -> io.BytesIO:
    """Return rows as a CSV file in UTF-8."""
    sink = io.StringIO()
    if title:
        sink.write(title + "\n")
    writer = csv.DictWriter(sink, HEADERS, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return io.BytesIO(sink.getvalue().encode())


def new_people(start: int = 0) -> Iterator[int]:
    """Return the numbers of invented people who were not used before."""
    return count(start)
