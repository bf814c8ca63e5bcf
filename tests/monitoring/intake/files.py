"""Delivered files for tests: people with numbers that fit, rows said in a line."""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from foundation.accounts.models import Area, User
from households.identity.numbers import check_character
from monitoring.contracts.book import contract
from monitoring.intake import archive
from monitoring.intake.receiving import Delivered, deliver
from monitoring.intake.taking import take
from monitoring.models import Dataset, Delivery
from tests.people import COUNTY

PERIOD = "2026-10"
#: What a sound row of each dataset holds beside the number and the name.
SOUND: dict[str, dict[str, str]] = {
    "medical_settlement": {
        "结算流水号": "JS0001", "姓名": "沈立夏", "就诊类别": "住院", "结算日期": "2026-10-05",
        "医疗总费用": "48210.00", "个人自付": "15210.00",
    },
    "dibao_roll": {"姓名": "沈立夏", "保障类别": "A", "月保障金额": "520", "起始日期": "2025-01-01"},
    "house_grade": {"户主姓名": "沈立夏", "房屋等级": "C", "鉴定日期": "2026-09-01"},
    "medical_insurance_status": {"姓名": "沈立夏", "参保年度": "2026", "是否参保": "是"},
    "vehicle": {"姓名": "沈立夏", "号牌号码": "京A12345", "车辆类型": "小型轿车", "登记日期": "2020-01-01"},
}  # fmt: skip


def number(serial: int, born: str = "19900101") -> str:
    """An ID number of county 999901 that fits its check digit."""
    body = f"999901{born}{serial:03d}"
    return body + check_character(body)


def row(dataset: str = "medical_settlement", person: int = 1, **cells: str) -> dict[str, str]:
    """A sound row of a dataset about a person, with other cells where they are given."""
    return SOUND[dataset] | {contract(dataset).subject: number(person)} | cells


def csv_of(rows: Iterable[Mapping[str, Any]], *, headers: Iterable[str] | None = None) -> io.BytesIO:
    """A CSV file of rows; its header names what the rows hold."""
    lines = list(rows)
    names = list(headers or dict.fromkeys(name for line in lines for name in line))
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(names)
    writer.writerows([line.get(name, "") for name in names] for line in lines)
    return io.BytesIO(out.getvalue().encode())


def handed_in(
    by: User, *rows: Mapping[str, Any], dataset: str = "medical_settlement", **named: Any
) -> Delivered:
    """Deliver rows as a file, which is not taken yet."""
    file = named.pop("file", None) or csv_of(rows)
    defaults: dict[str, Any] = {"name": "file.csv", "period": PERIOD, "ring": False}
    area = Area.objects.get(code=named.pop("area", COUNTY))
    return deliver(file, dataset=Dataset.objects.get(code=dataset), area=area, by=by, **defaults | named)


def taken(by: User, *rows: Mapping[str, Any], dataset: str = "medical_settlement", **named: Any) -> Delivery:
    """Deliver rows as a file and take them."""
    return take(handed_in(by, *rows, dataset=dataset, **named).delivery, by=by)


def counting(dataset: str, *columns: str) -> list[tuple[Any, ...]]:
    """The rows of a dataset that count today, the named columns of each, in order."""
    found = Dataset.objects.get(code=dataset)
    with archive.opened() as tables:
        view = archive.effective(tables, found, archive.in_force(found, area=COUNTY))
        named = ", ".join(f'"{column}"' for column in columns)
        return sorted(tables.all(f"SELECT {named} FROM {view}"), key=str)
