"""The scorecard of departments for one month: was it in time, how much was rejected, how much found its household."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.accounts.models import Area, Department, User
from foundation.accounts.scope import within
from foundation.desk.tables import Badge, Column, Table
from monitoring.deliveries.looks import share_of
from monitoring.models import Dataset, Delivery
from monitoring.rhythm.expecting import TAKEN, Expectations, Expected, Standing
from monitoring.rhythm.tables import due_datasets


@dataclass(frozen=True, slots=True)
class Score:
    """What one department did in a month.

    `expected` spans had their last day in the month; of these `on_time`, `late` and `missing` are told apart (those
    whose day has not passed yet are left out of the share). The other numbers are of the deliveries received in it.
    """

    expected: int = 0
    on_time: int = 0
    late: int = 0
    missing: int = 0
    deliveries: int = 0
    rows_read: int = 0
    rows_rejected: int = 0
    rows_counted: int = 0
    matched: int = 0
    corrections: int = 0
    withdrawn: int = 0

    @property
    def in_time(self) -> str:
        """Share of the spans that were there in time."""
        return share_of(self.on_time, self.on_time + self.late + self.missing)

    @property
    def rejected(self) -> str:
        """Share of the rows that were rejected."""
        return share_of(self.rows_rejected, self.rows_read)

    @property
    def match_rate(self) -> str:
        """Share of the accepted rows, as far as they were counted, that found somebody in the register."""
        return share_of(self.matched, self.rows_counted)


def months(today: datetime.date, count: int = 12) -> list[str]:
    """Return the newest `count` months, this one first, as YYYY-MM."""
    found, first = [], today.replace(day=1)
    for _number in range(count):
        found.append(f"{first:%Y-%m}")
        first = (first - datetime.timedelta(days=1)).replace(day=1)
    return found


def departments_of(user: User) -> QuerySet[Department]:
    """Return the departments whose data `user` may see."""
    own = Dataset.objects.visible_to(user).declared()
    return Department.objects.filter(pk__in=own.values("department"))


def scores(area: Area, month: str, user: User) -> dict[str, Score]:
    """Return the score of every department of which something was due or came in a month, by its code."""
    due: dict[str, list[Expected]] = defaultdict(list)
    datasets = due_datasets(user)
    calendar = Expectations(area.code, datasets)
    for dataset in calendar.datasets:
        due[dataset.department_id] += [
            each for each in calendar.of(dataset, back=800) if f"{each.slot.due:%Y-%m}" == month
        ]
    counts = _counts(area, month, user)
    return {
        code: _score(due.get(code, []), counts.get(code, {}))
        for code in {*counts, *(c for c in due if due[c])}
    }


def table_for(area: Area, month: str, user: User) -> Table:
    """Return the table of one request: a line for each department."""
    by_department = scores(area, month, user)

    def of(read: Callable[[Score], object]) -> Callable[[Department], object]:
        return lambda row: read(by_department.get(row.pk, Score()))

    return Table(
        "scorecard",
        columns=(
            Column(
                "department",
                gettext_lazy("Department"),
                lambda row: row.name,
                url=lambda row: f"{reverse('monitoring:deliveries')}?{urlencode({'department': row.pk})}",
            ),
            Column("expected", gettext_lazy("Due"), of(lambda score: score.expected), kind="number"),
            Column("in_time", gettext_lazy("In time"), of(_in_time), kind="badge"),
            Column("late", gettext_lazy("Late"), of(lambda score: score.late), kind="number"),
            Column("missing", gettext_lazy("Missing"), of(lambda score: score.missing), kind="number"),
            Column(
                "deliveries", gettext_lazy("Deliveries"), of(lambda score: score.deliveries), kind="number"
            ),
            Column("rows", gettext_lazy("Rows"), of(lambda score: score.rows_read), kind="number"),
            Column("rejected", gettext_lazy("Rejected"), of(lambda score: score.rejected), kind="number"),
            Column("matched", gettext_lazy("Matched"), of(lambda score: score.match_rate), kind="number"),
            Column(
                "corrections", gettext_lazy("Corrections"), of(lambda score: score.corrections), kind="number"
            ),
            Column("withdrawn", gettext_lazy("Withdrawn"), of(lambda score: score.withdrawn), kind="number"),
        ),
        order=("pk",),
        page_size=200,
        empty=gettext_lazy("No department delivers anything here."),
        title=_("Scorecard of departments %(month)s: %(area)s") % {"month": month, "area": area.name},
    )


def _in_time(score: Score) -> Badge | None:
    if not score.in_time:
        return None
    whole = not score.late and not score.missing
    return Badge(score.in_time, "done" if whole else "overdue" if score.missing else "soon")


def _counts(area: Area, month: str, user: User) -> dict[str, Mapping[str, Any]]:
    """Add up the deliveries received in a month, by department: what came from the area and what lies below it."""
    year, number = (int(part) for part in month.split("-"))
    rows = Delivery.objects.visible_to(user).filter(within("area__code", [area.code]))
    rows = rows.filter(received_on__year=year, received_on__month=number)
    taken = Q(state__in=TAKEN)
    standing = ~Q(state="withdrawn")
    found = (
        rows.order_by()
        .values("dataset__department")
        .annotate(
            sum_deliveries=Count("pk", filter=~Q(state="failed")),
            sum_rows_read=Sum("rows_read", filter=standing),
            sum_rows_rejected=Sum("rows_rejected", filter=standing),
            sum_rows_counted=Sum("rows_accepted", filter=taken & Q(matched__isnull=False)),
            sum_matched=Sum("matched", filter=taken),
            sum_corrections=Sum("corrections", filter=taken),
            sum_withdrawn=Count("pk", filter=Q(state="withdrawn")),
        )
    )
    return {row["dataset__department"]: row for row in found}


def _score(due: Sequence[Expected], counts: Mapping[str, Any]) -> Score:
    def times(*standings: Standing) -> int:
        return sum(each.standing in standings for each in due)

    numbers = (
        "deliveries",
        "rows_read",
        "rows_rejected",
        "rows_counted",
        "matched",
        "corrections",
        "withdrawn",
    )
    return Score(
        expected=len(due),
        on_time=times(Standing.ON_TIME),
        late=times(Standing.LATE),
        missing=times(Standing.MISSING),
        **{name: counts.get(f"sum_{name}") or 0 for name in numbers},
    )
