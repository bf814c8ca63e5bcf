"""An emergency list is read: pasted lines or a file, households named by their number or by somebody's ID number.

    4509990100010001  严重
    999901198003050015，倒塌

A file names a column 户编号 or 身份证号 (as the emergency office's 灾害损失 does), and 房屋损坏 where it has one.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from django.utils.translation import gettext as _

from assistance.models import DisasterHousehold
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.tables.columns import Column, TableColumns, UnreadableTable
from foundation.tables.reading import Read, Row, rows_of
from households.identity import keeping
from households.identity.numbers import IdNumber, plain_number, read_id_number
from households.models import Household, Identity, Resident
from households.querysets import HouseholdQuerySet

Harm = DisasterHousehold.Harm
#: Words of damage that make a household a heavily harmed one (datasets.md: 房屋损坏 严重/倒塌).
_HEAVY = ("严重", "倒塌", "倒房", "重度", "全毁")
_LIGHT = ("无", "一般", "轻")
_BETWEEN = re.compile(r"[\s,，;；、\t]+")
_HARM = Column("房屋损坏", "harm", aliases=("房屋损坏情况", "房屋损坏程度", "受灾程度", "损坏程度"))
_BY_NUMBER = Column("户编号", "who", required=True, aliases=("户编码", "户号", "家庭编号"))
_BY_PERSON = Column(
    "户主身份证号", "who", required=True, aliases=("身份证号", "身份证号码", "证件号码", "户主证件号码")
)
#: So many lines are read.
MOST = 20_000


@dataclass(slots=True)
class EmergencyList:
    """What a list says: the harm of households by their key, and how many lines named nobody who is known here."""

    harms: dict[int, str] = field(default_factory=dict)
    lines: int = 0
    unknown: list[int] = field(default_factory=list)


def read_text(text: str, usual: str, *, by: User) -> EmergencyList:
    """Read pasted lines; `usual` is the harm of lines that do not say it."""
    lines = (_BETWEEN.split(line.strip(), maxsplit=1) for line in text.splitlines() if line.strip())
    return _matched([(parts[0], "".join(parts[1:])) for parts in lines], usual, by)


def read_file(file: BinaryIO, usual: str, *, by: User) -> EmergencyList:
    """Read a CSV file or a workbook; refused where no header names whom it is about."""
    for who in (_BY_NUMBER, _BY_PERSON):
        columns = TableColumns((who, _HARM), key="who")
        try:
            file.seek(0)
            rows = rows_of(file, columns, Read())
            return _matched([(row.values[0], row.values[1]) for row in _some(rows)], usual, by)
        except UnreadableTable as problem:
            unreadable = problem
    raise Refused(
        _("No row at the head of the file names the column 户编号 or 身份证号: check the first line."),
        field="file",
    ) from unreadable


def _some(rows: Iterable[Row]) -> Iterator[Row]:
    for number, row in enumerate(rows):
        if number >= MOST:
            raise Refused(_("Name at most %(most)d households at a time.") % {"most": MOST}, field="file")
        yield row


def _matched(lines: list[tuple[str, str]], usual: str, by: User) -> EmergencyList:
    """Find the household of each line among those in which `by` reviews cases."""
    found = EmergencyList(lines=len(lines))
    mine = Household.objects.visible_to(by, Right.REVIEW_CASES).living()
    numbers = {who: plain_number(who) for who, _harm in lines}
    codes = dict(mine.filter(code__in=set(numbers.values())).values_list("code", "pk"))
    people = _homes_of_people({number for number in numbers.values() if number not in codes}, mine)
    for line, (who, said) in enumerate(lines, start=1):
        home = codes.get(numbers[who]) or people.get(numbers[who])
        if home is None:
            found.unknown.append(line)
            continue
        harm = _harm_of(said, usual)
        if found.harms.get(home) != Harm.HEAVY:
            found.harms[home] = harm
    return found


def _homes_of_people(numbers: set[str], mine: HouseholdQuerySet) -> dict[str, int]:
    """Return by typed number the household in which a person lives."""
    read = {number: read_id_number(number) for number in numbers}
    whole = {number: said.number for number, said in read.items() if isinstance(said, IdNumber)}
    subjects = keeping.find(Identity.Kind.ID_NUMBER, set(whole.values()))
    living = Resident.objects.present().filter(identity__in=subjects.values(), household__in=mine)
    homes = dict(living.values_list("identity", "household"))
    return {
        number: homes[subjects[full]]
        for number, full in whole.items()
        if full in subjects and subjects[full] in homes
    }


def _harm_of(said: str, usual: str) -> str:
    if any(word in said for word in _HEAVY):
        return Harm.HEAVY
    return Harm.AFFECTED if any(word in said for word in _LIGHT) else usual
