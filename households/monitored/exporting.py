"""Take the list of monitored objects out in the layout of the file that it comes in with.

What is taken out of one platform goes into another and counts the same. ID numbers are masked; in full they are for
who may reveal numbers in that area, for a reason that stays in the record, and never those of one's own or one's kin's
household.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.kin import household_number
from foundation.accounts.models import Area, Kin, User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.desk.watermark import watermark
from foundation.files.lists import MEDIA_TYPES, Form
from foundation.ledger.record import Act, record
from households.identity import keeping
from households.identity.masking import masked_number, masked_text
from households.models import StandingMember
from households.monitored.contract import COLUMNS, RISK_FIELDS
from households.monitored.summary import cases
from households.words import Words
from households.workbooks import MOST_ROWS, Sheet, workbook

_ROWS_AT_ONCE = 2_000
_FORMULA = re.compile(r"\s*([=@+\-＝＠＋－\t])")


@dataclass(frozen=True, slots=True)
class Taken:
    """A list on its way out: its media type, the persons it holds, and its bytes piece by piece."""

    media_type: str

    persons: int
    pieces: Iterator[bytes]


@transaction.atomic
def take_out(area: Area, *, by: User, in_full: bool = False, reason: str = "", form: Form = "csv") -> Taken:
    """Return the list of `area` as a file; that it was taken out stands in the record before it leaves.

    A workbook carries who took it above the header, where whoever reads it in passes it over. Refused for more rows
    than one in memory holds.
    """
    right = Right.REVEAL_NUMBERS if in_full else Right.VIEW_HOUSEHOLDS
    actor = by.authority(right, area.code)
    said = masked_text(reason.strip())
    if in_full and not said:
        raise Refused(_("Say why you need the numbers: the reason stays in the record."), field="reason")
    rows = members(by, area)
    persons = rows.count()
    if form == "xlsx" and persons > MOST_ROWS:
        raise Refused(
            _("A workbook holds at most %(most)s persons: take the list as CSV, or area by area.")
            % {"most": f"{MOST_ROWS:,}"},
            field="form",
        )
    day = clock.today()
    details = {"persons": persons, "in_full": in_full, "form": form}
    record(Act("monitored.exported", "area", area.code, day, day, basis=said, details=details), by=actor)
    own = _own_households(by)
    cells = _rows(rows, area, in_full=in_full, without=own)
    mark = watermark(by, area.name)
    pieces = iter([as_workbook(cells, mark=mark)]) if form == "xlsx" else _pieces(cells)
    return Taken(MEDIA_TYPES[form], persons, pieces)


def members(user: User, area: Area) -> QuerySet[StandingMember]:
    """Return everybody who counts in the newest case of a household under `area`, household by household."""
    return (
        StandingMember.objects.counted()
        .filter(standing__in=cases(user, area.code, clock.today()))
        .select_related("standing__household", "resident__identity")
        .order_by("standing__household__code", "resident__relation", "resident_id")
    )


def empty_list() -> bytes:
    """Return a workbook with the header alone, to be filled in."""
    return as_workbook([])


def as_workbook(rows: Iterable[Sequence[str]], *, mark: str = "") -> bytes:
    """Return rows in the layout of the contract as a workbook."""
    heads = [column.header for column in COLUMNS]
    return workbook(Sheet(_("List of monitored objects"), heads, rows, mark=mark))


def _pieces(rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """Yield rows as CSV, with a byte order mark, so that a spreadsheet reads Chinese."""
    yield _line([column.header for column in COLUMNS], mark=True)
    for row in rows:
        yield _line([_harmless(cell) for cell in row])


def _rows(
    members: QuerySet[StandingMember], area: Area, *, in_full: bool, without: frozenset[str]
) -> Iterator[list[str]]:
    words = Words()
    for member in members.iterator(chunk_size=_ROWS_AT_ONCE):
        shown = in_full and household_number(member.standing.household.code) not in without
        yield list(_cells(member, area.code, words, in_full=shown))


def _cells(member: StandingMember, area: str, words: Words, *, in_full: bool) -> Iterator[str]:
    """Yield the cells of one person in the order of the contract."""
    case, person = member.standing, member.resident
    household = case.household
    said = {
        "household": household.code,
        "area": household.area_id,
        "name": person.name,
        "id_number": _number(member, in_full=in_full),
        "relation": words.word("relation", person.relation, area),
        "category": words.standing(case.kind, area),
        "identified": f"{case.from_day:%Y%m}" if case.from_day else "",
        "removed": "是" if case.until_day else "否",
        "removed_in": f"{case.until_day:%Y%m}" if case.until_day else "",
        "removal_way": words.word("removal_way", case.removal_way, area),
        "helper": case.helper,
        "measures": ";".join(case.measures),
        "income": "" if case.net_income_per_head is None else str(case.net_income_per_head),
    }
    risks = dict(zip(RISK_FIELDS, case.risk_types, strict=False))
    for column in COLUMNS:
        if column.field in RISK_FIELDS:
            yield words.word("risk_types", risks.get(column.field, ""), area)
        else:
            yield said[column.field]


def _number(member: StandingMember, *, in_full: bool) -> str:
    identity = member.resident.identity
    if identity is None:
        return ""
    number = keeping.opened(identity.subject, identity.sealed)
    return number if in_full else masked_number(number)


def _own_households(user: User) -> frozenset[str]:
    """Return the numbers of the households that `user` declared as own or kin's."""
    rows = Kin.objects.filter(user=user, withdrawn_on__isnull=True)
    return frozenset(rows.values_list("household", flat=True))


def _line(cells: Iterable[str], *, mark: bool = False) -> bytes:
    sink = io.StringIO()
    csv.writer(sink).writerow(cells)
    return (("\ufeff" if mark else "") + sink.getvalue()).encode()


def _harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula; none of the contract's values begins like one."""
    return f"'{cell}" if _FORMULA.match(cell) else cell
