"""Aid that landed, handed in as data of its own through the ordinary intake (dataset `measures_delivered`).

A file holds the whole month of a county, so that what was struck out is gone from it: it takes the place of the file
of that month that was there before, and where nothing changed, nothing is handed in.
"""

import csv
import datetime
import hashlib
import io
from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction

from assistance.aid.months import month_of, moved
from assistance.aid.totals import landed_months
from assistance.models import AidRecord
from foundation.accounts import clock
from foundation.accounts.models import Area, User
from households.identity import keeping
from households.models import Resident
from households.models.households import HEAD
from monitoring.intake.deciding import withdraw
from monitoring.intake.receiving import deliver
from monitoring.models import Dataset, Delivery

DATASET = "measures_delivered"
HEADERS = ("记录编号", "身份证号", "姓名", "措施类别", "措施名称", "落实日期", "金额", "发放单位")
#: Months that are looked at every night, besides those of records that were just changed.
_LATELY = 2
#: A record that was changed on a day is handed in that night or, where that night failed, in one of the next.
_CHANGED_WITHIN = datetime.timedelta(days=7)
_COUNTS = ("received", "waiting", "accepted")


@transaction.atomic
def hand_in(county: str) -> int:
    """Hand in the months of a county whose aid changed; returns how many files went in."""
    dataset, area = Dataset.objects.filter(pk=DATASET, withdrawn=False).first(), Area.objects.get(pk=county)
    if dataset is None:
        return 0
    today = clock.today()
    rows = AidRecord.objects.filter(case__area__code__startswith=county).select_related(
        "case", "resident__identity", "department"
    )
    months = {moved(month_of(today), -back) for back in range(_LATELY)}
    for row in rows.filter(touched_on__gte=today - _CHANGED_WITHIN):
        months.update(_months_ever(row, today))
    by_month: dict[datetime.date, list[AidRecord]] = defaultdict(list)
    for row in rows.living().filter(landed_on__lte=today).order_by("pk"):
        for month in landed_months(row, today):
            if month in months:
                by_month[month].append(row)
    heads = _heads(row for some in by_month.values() for row in some)
    return sum(_hand_in_month(dataset, area, month, by_month[month], heads) for month in sorted(months))


def file_of(month: datetime.date, rows: Iterable[AidRecord], heads: dict[int, Resident]) -> bytes:
    """Return the file of a month: a line for every aid of somebody whose number is known; empty where there is none."""
    lines = [line for row in rows if (line := _line(row, month, heads)) is not None]
    if not lines:
        return b""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADERS)
    writer.writerows(lines)
    return text.getvalue().encode()


def _hand_in_month(
    dataset: Dataset, area: Area, month: datetime.date, rows: list[AidRecord], heads: dict[int, Resident]
) -> int:
    system, period = User.objects.built_in("system"), f"{month:%Y-%m}"
    before = (
        Delivery.objects.filter(dataset=dataset, area=area, period=period, state__in=_COUNTS)
        .order_by("-pk")
        .first()
    )
    content = file_of(month, rows, heads)
    if before is not None and before.file_sha256 == hashlib.sha256(content).hexdigest():
        return 0
    if not content:
        return _withdraw_all(dataset, area, period, system)
    if before is not None and before.state == "received":
        return 0  # it is being read: the next night looks again
    deliver(
        io.BytesIO(content), name=f"{DATASET}-{period}.csv", dataset=dataset, area=area, period=period, by=system,
        replaces=before,
    )  # fmt: skip
    return 1


def _withdraw_all(dataset: Dataset, area: Area, period: str, system: User) -> int:
    """Take back what is in force of a month of which nothing is left; each brings the one before back into force."""
    there = Delivery.objects.filter(dataset=dataset, area=area, period=period, state="accepted")
    count = 0
    while (row := there.order_by("-pk").first()) is not None:
        withdraw(row, by=system, reason="every record of the month was struck out")
        count += 1
    return int(count > 0)


def _months_ever(row: AidRecord, today: datetime.date) -> list[datetime.date]:
    """Return every month in which a record may have counted before it was struck out or stopped."""
    asked = AidRecord(per=row.per, landed_on=row.landed_on, until_month=row.until_month, state="recorded")
    return landed_months(asked, today)


def _line(row: AidRecord, month: datetime.date, heads: dict[int, Resident]) -> tuple[str, ...] | None:
    person = row.resident or heads.get(row.case.household_id)
    if person is None or person.identity is None:
        return None
    return (
        f"{row.pk}-{month:%Y%m}",
        keeping.opened(person.identity.subject, person.identity.sealed),
        person.name,
        row.kind,
        row.name,
        (row.landed_on if month_of(row.landed_on) == month else month).isoformat(),
        "" if row.amount is None else str(row.amount),
        row.department.name if row.department else row.payer,
    )


def _heads(rows: Iterable[AidRecord]) -> dict[int, Resident]:
    homes = {row.case.household_id for row in rows if row.resident_id is None}
    here = Resident.objects.present().filter(household__in=homes, relation=HEAD).select_related("identity")
    return {each.household_id: each for each in here}
