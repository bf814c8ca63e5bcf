"""What the rows of a dataset say of the register, field by field: what of the row becomes what of the register.

The contracts name the fields (`authoritative`); the functions here, one for each dataset, turn rows into claims. They
know nothing of the register: whether it says the same already is asked set-wise (monitoring.proposals.proposing).
"""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from monitoring.contracts.terms import Field

#: Codes of the lists `health_states` and `school_stages`.
DISABLED, HEALTHY = "2", "1"
_GRADES = {
    "小学": {"": "03"},
    "初中": {
        "七": "04", "7": "04", "初一": "04", "八": "05", "8": "05", "初二": "05", "九": "06", "9": "06", "初三": "06",
    },
    "高中": {"一": "07", "1": "07", "二": "08", "2": "08", "三": "09", "3": "09"},
    "中职": {"一": "10", "1": "10", "二": "11", "2": "11", "三": "12", "3": "12"},
}  # fmt: skip
DEATH = "死亡"
#: Who moves out alone leaves; who moves out with everybody is answered by moving the household.
MOVED_OUT = "迁出"
BIRTH = "出生"
ARRIVALS = frozenset({BIRTH, "迁入", "婚入"})


@dataclass(frozen=True, slots=True)
class FeedRow:
    """One row in force: who it is about, where it stands, and its values by the contract's headers.

    `period_last` is the last day of its delivery's period, not after the day it was received.
    """

    subject: UUID
    delivery: int
    line: int
    sheet: str
    period_last: datetime.date
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Claim:
    """What a row says of one field. `proposed` None is a question without a value; `for_person` is never automatic.

    `why` is one of RegisterProposal.Why; `about` is the head's subject where a row names somebody who comes to a
    household.
    """

    row: FeedRow
    field: Field
    proposed: Any
    known_on: datetime.date
    for_person: bool = False
    why: str = ""
    about: UUID | None = None


Reader = Callable[[Iterable[FeedRow], datetime.date], Iterator[Claim]]


def claims_of(dataset: str, rows: Iterable[FeedRow], today: datetime.date) -> Iterator[Claim]:
    """Yield what the rows of a dataset claim; nothing for a dataset that speaks for no field."""
    reader = READERS.get(dataset)
    if reader is not None:
        yield from reader(rows, today)


def _insured(rows: Iterable[FeedRow], today: datetime.date) -> Iterator[Claim]:
    """The answer for the present year becomes the register's."""
    for row in rows:
        if row.values["参保年度"] == today.year:
            yield Claim(row, Field.INSURED, row.values["是否参保"], row.period_last)


def _dibao(rows: Iterable[FeedRow], today: datetime.date) -> Iterator[Claim]:
    """Who is in the roll receives rural dibao."""
    for row in rows:
        yield Claim(row, Field.DIBAO, "rural", row.period_last)


def _disabled(rows: Iterable[FeedRow], today: datetime.date) -> Iterator[Claim]:
    """A valid certificate adds “disabled”; a cancelled one is put to a person."""
    for row in rows:
        valid = row.values.get("状态") != "注销"
        yield Claim(row, Field.HEALTH, valid, row.period_last, not valid, "" if valid else "cancelled")


def _work(rows: Iterable[FeedRow], today: datetime.date) -> Iterator[Claim]:
    """Place of work and months worked become the register's; months only of the present year."""
    for row in rows:
        day = row.values.get("登记日期") or row.period_last
        if place := row.values.get("务工地点"):
            yield Claim(row, Field.WORK_PLACE, place[:100], day)
        if row.period_last.year == today.year:
            yield Claim(row, Field.WORK_MONTHS, row.values["本年务工月数"], day)


def _house(rows: Iterable[FeedRow], today: datetime.date) -> Iterator[Claim]:
    """The grade becomes the register's; a repaired dwelling is put to a person, who has it graded anew."""
    for row in rows:
        repaired = bool(row.values.get("是否整改")) and row.values["房屋等级"] in ("C", "D")
        proposed = None if repaired else row.values["房屋等级"]
        yield Claim(
            row, Field.HOUSE_GRADE, proposed, row.period_last, repaired, "repaired" if repaired else ""
        )


def _water(rows: Iterable[FeedRow], today: datetime.date) -> Iterator[Claim]:
    """An unsolved problem makes the water unsafe; where all are solved, a person is asked."""
    found: dict[UUID, list[FeedRow]] = {}
    for row in rows:
        found.setdefault(row.subject, []).append(row)
    for reported in found.values():
        unsolved = [row for row in reported if not row.values.get("是否解决")]
        newest = max(unsolved or reported, key=lambda row: row.values["发现日期"])
        # Of a solved problem the row tells no day of its own: the department knows it as of its delivery.
        day = newest.values["发现日期"] if unsolved else newest.period_last
        yield Claim(newest, Field.WATER_SAFE, not unsolved, day, not unsolved, "" if unsolved else "solved")


def _school(rows: Iterable[FeedRow], today: datetime.date) -> Iterator[Claim]:
    """Who is back at school: stage and grade become the register's; who dropped out is put to a person."""
    newest: dict[UUID, FeedRow] = {}
    for row in rows:
        known = newest.get(row.subject)
        if known is None or row.values["登记日期"] >= known.values["登记日期"]:
            newest[row.subject] = row
    for row in newest.values():
        day = row.values["登记日期"]
        if row.values["状态"] == "已辍学":
            yield Claim(row, Field.SCHOOL_STAGE, None, day, True, "dropped_out")
        elif row.values["状态"] == "已复学":
            stage = school_stage(row.values["学段"], row.values.get("年级") or "")
            yield Claim(
                row, Field.SCHOOL_STAGE, stage, day, stage is None, "no_grade" if stage is None else ""
            )


def school_stage(stage: str, grade: str) -> str | None:
    """Return the code of a stage and a grade in words, or None where the grade does not say it."""
    known = _GRADES.get(stage, {})
    return next((code for word, code in known.items() if word in grade), None)


def _cremated(rows: Iterable[FeedRow], today: datetime.date) -> Iterator[Claim]:
    """Who was cremated has died; the day of cremation stands until the police name the day of death."""
    for row in rows:
        day = row.values["火化日期"]
        yield Claim(row, Field.MEMBERSHIP, {"event": DEATH, "on": day.isoformat()}, day, for_person=True)


def _registered(rows: Iterable[FeedRow], today: datetime.date) -> Iterator[Claim]:
    """Births, deaths, moves, marriages and splits, as the police registered them."""
    for row in rows:
        event, day = row.values["变动类型"], row.values["变动日期"]
        proposed = {"event": event, "on": day.isoformat()}
        head: UUID | None = None
        if event in ARRIVALS:
            head = row.values.get("户主身份证号")
            proposed["name"] = str(row.values["姓名"])[:60]
            if head is None:
                continue  # nobody knows to which household: the report says so (monitoring.proposals.unplaced)
        yield Claim(row, Field.MEMBERSHIP, proposed, day, for_person=True, about=head)


READERS: Mapping[str, Reader] = {
    "medical_insurance_status": _insured,
    "dibao_roll": _dibao,
    "disability_certificate": _disabled,
    "employment": _work,
    "house_grade": _house,
    "water_supply": _water,
    "school_dropout": _school,
    "cremation": _cremated,
    "household_registration": _registered,
}
