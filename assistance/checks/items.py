"""Which dataset answers which kind of data of an authorisation, which of its rows count, and what band they lie in.

A new dataset for such a kind is one entry of ANSWERS. The village sees kind and bands alone, so that no band may name
a thing: a class of things, or a number between two steps.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _

#: Where one band ends and the next begins: yuan of a value, yuan of a capital, square metres, years.
VALUES = (10_000, 30_000, 50_000, 100_000)
CAPITALS = (10_000, 100_000, 500_000, 1_000_000)
SIZES = (60, 90, 120, 200)
AGES = (3, 8)
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """How a dataset answers a kind: rows where the column `counted[0]` holds one of `counted[1]` (empty: all rows).

    `word` is the column whose list says what class of thing it is; `measure` the column of a number, `unit` what it is
    (yuan or m2), `steps` its bands; `since` the column of the day since when.
    """

    kind: str
    dataset: str
    word: str
    measure: str = ""
    unit: str = ""
    steps: tuple[int, ...] = ()
    since: str = ""
    counted: tuple[str, tuple[str, ...]] = ("", ())


ANSWERS: Mapping[str, Answer] = MappingProxyType(
    {
        each.kind: each
        for each in (
            Answer("vehicle", "vehicle", "车辆类型", "参考价值", "yuan", VALUES, "登记日期"),
            Answer(
                "business", "business_registration", "角色", "注册资本", "yuan", CAPITALS, "成立日期",
                ("状态", ("存续",)),
            ),
            Answer("real_estate", "real_estate", "用途", "面积", "m2", SIZES, "登记日期"),
            Answer("public_payroll", "public_payroll", "人员类别"),
        )
    }
)  # fmt: skip


def counts(answer: Answer, row: Row) -> bool:
    """Say whether a row is a hit: a business that was struck off is none."""
    column, values = answer.counted
    return not column or row.get(column) in values


def bands_of(answer: Answer, row: Row, on: datetime.date) -> list[dict[str, Any]]:
    """Return the bands of a row as plain values, to be put into words when they are shown."""
    found: list[dict[str, Any]] = []
    if word := row.get(answer.word):
        found.append({"is": "word", "text": str(word)[:40]})
    measured = row.get(answer.measure) if answer.measure else None
    if measured is not None:
        found.append({"is": answer.unit} | _between(Decimal(str(measured)), answer.steps))
    since = row.get(answer.since) if answer.since else None
    if isinstance(since, datetime.date) and since <= on:
        years = on.year - since.year - ((on.month, on.day) < (since.month, since.day))
        found.append({"is": "years"} | _between(Decimal(years), AGES))
    return found


def words_of(bands: Sequence[Mapping[str, Any]]) -> list[str]:
    """Put the bands of a hit into words."""
    return [_word(each) for each in bands]


def _between(amount: Decimal, steps: Sequence[int]) -> dict[str, int | None]:
    least = max((step for step in steps if amount >= step), default=None)
    most = next((step for step in steps if amount < step), None)
    return {"least": least, "most": most}


def _word(band: Mapping[str, Any]) -> str:
    if band["is"] == "word":
        return str(band["text"])
    least, most = band.get("least"), band.get("most")
    said = {"least": f"{least or 0:,}", "most": f"{most or 0:,}"}
    forms = {"yuan": _yuan, "m2": _size, "years": _years}
    return forms[band["is"]](least is None, most is None) % said


def _yuan(from_nothing: bool, open_end: bool) -> str:
    if open_end:
        return _("%(least)s yuan or more")
    return _("below %(most)s yuan") if from_nothing else _("%(least)s to %(most)s yuan")


def _size(from_nothing: bool, open_end: bool) -> str:
    if open_end:
        return _("%(least)s m² or more")
    return _("below %(most)s m²") if from_nothing else _("%(least)s to %(most)s m²")


def _years(from_nothing: bool, open_end: bool) -> str:
    if open_end:
        return _("for %(least)s years or longer")
    return _("for less than %(most)s years") if from_nothing else _("for %(least)s to %(most)s years")
