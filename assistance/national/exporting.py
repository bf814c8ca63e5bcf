"""The list for the national system as a workbook: households and people, in the order of its columns.

Numbers are masked; in full they are for who may reveal numbers there, for a reason that stays in the record, and never
those of one's own or one's kin's household.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from assistance.national.changes import Change, Line, lines
from assistance.national.columns import HOUSEHOLD, PERSON, household_values, person_values
from assistance.national.facts import HouseholdFacts
from foundation.accounts import clock
from foundation.accounts.kin import household_number
from foundation.accounts.models import Area, Kin, User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.desk.watermark import watermark
from foundation.files.content import XLSX
from foundation.files.looking import Opened
from foundation.ledger.record import Act, record
from households.identity import keeping
from households.identity.masking import masked_text
from households.models import Identity
from households.workbooks import Sheet, workbook

TAKEN_OUT = "national.list_taken_out"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which households (only what has to be typed there, or all), and how numbers are written."""

    everything: bool = False
    in_full: bool = False
    reason: str = ""


@transaction.atomic
def take_out(area: Area, wanted: Wanted, *, by: User) -> Opened:
    """Return the list of an area as a workbook; that it was taken out stands in the record before it leaves."""
    actor = by.authority(Right.REVEAL_NUMBERS if wanted.in_full else Right.VIEW_CASES, area.code)
    said = masked_text(wanted.reason.strip())
    if wanted.in_full and not said:
        raise Refused(_("Say why you need the numbers: the reason stays in the record."), field="reason")
    chosen = [line for line in lines(by, area.code) if wanted.everything or line.is_to_do]
    if not chosen:
        raise Refused(_("Nothing has to be entered or changed there: the list would be empty."))
    if wanted.in_full:
        _reveal(chosen, by)
    mark = watermark(by, area.name)
    content = workbook(
        Sheet(
            _("Households"),
            [_("What to do"), *_headers(HOUSEHOLD)],
            [_household(line) for line in chosen],
            mark=mark,
        ),
        Sheet(_("People"), _headers(PERSON), _people(chosen), mark=mark),
    )
    today = clock.today()
    details = {"households": len(chosen), "in_full": wanted.in_full, "everything": wanted.everything}
    record(
        Act(TAKEN_OUT, "area", area.code, today, today, area=area.code, basis=said, details=details), by=actor
    )
    title = _("List for the national system")
    name = f"{title} {area.name} {today}.xlsx"
    return Opened(iter([content]), name, XLSX, len(content))


def words_of(line: Line) -> str:
    """Say what has to be done about a household, in one cell."""
    if line.state == "new":
        return _("enter")
    said = [_said(each) for each in line.changes]
    if line.gone:
        said.append(_("%(count)d no longer members") % {"count": line.gone})
    return "；".join(said)


def _said(change: Change) -> str:
    if not change.what:
        return _("add %(name)s") % {"name": change.who}
    return f"{change.who} {change.what}".strip()


def _household(line: Line) -> list[str]:
    return [words_of(line), *household_values(line.facts).values()]


def _people(chosen: Iterable[Line]) -> Iterable[list[str]]:
    return [list(person_values(each).values()) for line in chosen for each in line.facts.persons()]


def _headers(columns: Iterable[object]) -> list[str]:
    return [column.header for column in columns]  # type: ignore[attr-defined]


def _reveal(chosen: list[Line], by: User) -> None:
    """Write numbers in full, but for the households that `by` declared as own or kin's."""
    own = frozenset(
        Kin.objects.filter(user=by, withdrawn_on__isnull=True).values_list("household", flat=True)
    )
    for line in chosen:
        if household_number(line.facts.household.code) not in own:
            line.facts.numbers = _opened(line.facts)


def _opened(facts: HouseholdFacts) -> dict[UUID, str]:
    found: list[Identity] = [each.identity for each in facts.people if each.identity is not None]
    if facts.household.phone is not None:
        found.append(facts.household.phone)
    return {row.subject: keeping.opened(row.subject, row.sealed) for row in found}
