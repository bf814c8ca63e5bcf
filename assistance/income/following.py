"""At night: what departments delivered since is held against the confirmed sheets, and told where it differs.

Nothing of a sheet is written over. A list whose file cannot be read says nothing that night.
"""

import datetime
from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.db import transaction

from assistance.income import telling
from assistance.income.feeds import datasets
from assistance.income.reading import Fed, fed_of_many
from assistance.models import IncomeChange, IncomeSheet
from foundation.accounts.models import User
from foundation.accounts.roles import Level
from foundation.files.stores import Missing
from foundation.workflow.models import Passage
from households.income.periods import Period
from monitoring.models import Delivery

#: Deliveries that moved so long ago were looked at in an earlier night, also where some nights were missed.
_NEWS = datetime.timedelta(days=7)
#: Sheets of periods that ended longer ago are closed: lists are kept for three years, and would seem to change then.
_OPEN = datetime.timedelta(days=548)
_AT_ONCE = 1000


def night_work(*, by: User, on: datetime.date) -> None:
    """Look at the sheets of counties in which a list that fills items was delivered, corrected or withdrawn."""
    for county in _counties(on):
        rows = IncomeSheet.objects.counting().filter(
            case__county__startswith=county, until_day__gte=on - _OPEN
        )
        periods = rows.order_by().values_list("from_day", "until_day").distinct()
        for first, last in list(periods):
            of_period = rows.filter(from_day=first, until_day=last).order_by("pk")
            keys = list(of_period.values_list("pk", flat=True))
            for start in range(0, len(keys), _AT_ONCE):
                compare(keys[start : start + _AT_ONCE], Period(first, last), on=on)


@transaction.atomic
def compare(keys: Sequence[int], period: Period, *, on: datetime.date) -> None:
    """Hold sheets of one period against the lists, and tell who confirmed those that differ by now."""
    sheets = list(
        IncomeSheet.objects.select_for_update(of=("self",))
        .counting()
        .filter(pk__in=keys)
        .select_related("case__household", "confirmed_by")
        .prefetch_related("lines", "changes")
    )
    differing = []
    for county in sorted({sheet.area_code[: Level.COUNTY] for sheet in sheets}):
        here = [sheet for sheet in sheets if sheet.area_code.startswith(county)]
        try:
            fed = fed_of_many([sheet.case.household_id for sheet in here], period, county, strict=True)
        except Missing:
            continue
        differing += [
            sheet for sheet in here if _compare_one(sheet, fed.get(sheet.case.household_id, {}), on)
        ]
    telling.tell_changed(differing)


def _compare_one(sheet: IncomeSheet, fed: dict[str, Fed], on: datetime.date) -> bool:
    """Write down what differs of one sheet; say whether something new did."""
    found = False
    last = {row.code: row for row in sorted(sheet.changes.all(), key=lambda row: row.pk)}
    stood = {line.code: line.fed_amount for line in sheet.lines.all()}
    for code in sorted(
        fed.keys() | last.keys() | {code for code, amount in stood.items() if amount is not None}
    ):
        now, row = fed.get(code), last.get(code)
        amount = now.amount if now else None
        if row is not None and not row.answer:
            _look_again(row, amount, now, on)
            continue
        known = _known(row, stood.get(code))
        if amount != known:
            IncomeChange.objects.create(
                sheet=sheet,
                code=code,
                before=known,
                amount=amount,
                fed=now.kept() if now else [],
                found_on=on,
            )
            found = True
    return found


def _known(row: IncomeChange | None, stood: Decimal | None) -> Decimal | None:
    """Return what somebody has seen of the lists last: what the sheet rests on, or the last answered change."""
    if row is None:
        return stood
    return row.before if row.answer == IncomeChange.Answer.GONE else row.amount


def _look_again(row: IncomeChange, amount: Decimal | None, now: Fed | None, on: datetime.date) -> None:
    """Bring a change that nobody has answered up to what the lists say now."""
    if amount == row.amount:
        return
    if amount == row.before:
        row.answer, row.answered_on = IncomeChange.Answer.GONE, on
    else:
        row.amount, row.fed, row.found_on = amount, now.kept() if now else [], on
    row.save(update_fields=["answer", "answered_on", "amount", "fed", "found_on"])


def _counties(on: datetime.date) -> Iterator[str]:
    """Yield the areas, a county at most, in which a list that fills items moved in the last days."""
    told = Passage.objects.filter(
        model=Delivery._meta.label_lower, entered_on__gte=on - _NEWS, entered_on__lte=on
    )
    moved = {int(key) for key in told.values_list("object_id", flat=True).distinct()}
    areas = (
        Delivery.objects.filter(pk__in=moved, dataset__in=datasets())
        .order_by()
        .values_list("area", flat=True)
    )
    yield from sorted({area[: Level.COUNTY] for area in areas})
