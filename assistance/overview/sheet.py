"""The overview as a workbook for the meeting: its numbers, and the households that have waited longest."""

from collections.abc import Iterator

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assistance.overview.longest import longest
from assistance.overview.numbers import numbers
from foundation.accounts import clock
from foundation.accounts.models import Area, User
from foundation.accounts.roles import Right
from foundation.desk.watermark import watermark
from foundation.files.content import XLSX
from foundation.files.looking import Opened
from foundation.ledger.record import Act, record
from households.models import Resident
from households.workbooks import Sheet, workbook

TAKEN = "case.overview_taken"


@transaction.atomic
def taken(area: Area, *, by: User) -> Opened:
    """Return the numbers and the longest of what `by` may see in an area; that it was taken out is on record."""
    actor, today = by.authority(Right.VIEW_CASES, area.code), clock.today()
    mark = watermark(by, area.name)
    waiting = list(_waiting(by, area.code))
    content = workbook(
        Sheet(
            pgettext("case", "Help at a glance"),
            (_("Number"), _("Households"), pgettext("case", "Late"), pgettext("case", "Beside")),
            list(_numbers(by, area.code)),
            mark=mark,
        ),
        Sheet(
            pgettext("case", "Waiting longest"),
            (
                _("Head of household"), _("Household number"), pgettext("case", "Case number"), _("Village"),
                pgettext("case", "What it waits for"), pgettext("case", "Since"), _("Days"),
            ),
            waiting,
            mark=mark,
        ),
    )  # fmt: skip
    details = {"households": len(waiting)}
    record(Act(TAKEN, "area", area.code, today, today, area=area.code, details=details), by=actor)
    name = f"{pgettext('case', 'Help at a glance')} {area.name} {today}.xlsx"
    return Opened(iter([content]), name, XLSX, len(content))


def _numbers(user: User, area: str) -> Iterator[list[str]]:
    for each in numbers(user, area):
        late = "" if not each.wants else str(each.count if each.late is None else each.late)
        yield [each.label, str(each.count), late, each.beside]


def _waiting(user: User, area: str) -> Iterator[list[str]]:
    for each in longest(user, area):
        home = each.case.household
        heads: list[Resident] = home.heads  # type: ignore[attr-defined]
        head = heads[0].shown_name if heads else home.code
        days = [each.since.isoformat(), str(each.days)]
        yield [head, home.code, each.case.number, each.case.area.name, each.what, *days]
