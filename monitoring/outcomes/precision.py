"""How often a standard was right (精准度): outcomes counted by version, dataset, township and month.

Checked are the findings of which somebody learnt whether the household was in difficulty; confirmed those of them whose
household is enrolled or proposed. What the desk ended because nobody could learn it counts for neither. Visits are
counted once, whatever number of findings led to them; so are households (monitoring.outcomes.courses), of which it is
told beside how many were enrolled, removed, and back within a year.
"""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Min
from django.db.models.functions import Left, TruncMonth
from django.utils.translation import gettext as _

from foundation.accounts.models import Area, User
from foundation.accounts.roles import Level
from foundation.accounts.scope import within
from monitoring.deliveries.looks import share_of
from monitoring.models import Dataset, FindingOutcome, RowOutcome, RunStandard
from monitoring.outcomes.courses import Homes, HomesOf
from monitoring.outcomes.terms import CONFIRMED, FOUND_SOMETHING, NOT_CHECKED
from monitoring.querysets import OutcomeQuerySet

#: So many months are looked at, the month of the day among them.
MONTHS = 12
Row = Mapping[str, Any]


@dataclass(slots=True)
class Counts:
    """What came of some findings; `outcomes` counts them by code."""

    found: int = 0
    checked: int = 0
    confirmed: int = 0
    visits: int = 0
    in_vain: int = 0
    outcomes: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    homes: Homes = field(default_factory=Homes)

    @property
    def share(self) -> str:
        """Confirmed of checked, in per cent; empty where nothing was checked."""
        return share_of(self.confirmed, self.checked)

    @property
    def share_in_vain(self) -> str:
        """Visits without finding of all visits, in per cent; empty where nobody was visited."""
        return share_of(self.in_vain, self.visits)

    def add(self, row: Row) -> None:
        """Add findings that came to one outcome, and the visits on which that was learnt."""
        outcome = row["outcome"]
        self.found += row["findings"]
        self.checked += row["findings"] if outcome not in NOT_CHECKED else 0
        self.confirmed += row["findings"] if outcome in CONFIRMED else 0
        self.visits += row["visits"]
        self.in_vain += row["visits"] if outcome not in FOUND_SOMETHING else 0
        self.outcomes[outcome] += row["findings"]


@dataclass(frozen=True, slots=True)
class Precision:
    """How right a standard was in an area from `first` to `last`, as a whole and by four dimensions: (name, counts)."""

    first: datetime.date
    last: datetime.date
    whole: Counts
    months: list[tuple[str, Counts]]
    versions: list[tuple[str, Counts]]
    datasets: list[tuple[str, Counts]]
    townships: list[tuple[str, Counts]]


def precision_of(standard: str, area: str, on: datetime.date, user: User) -> Precision:
    """Count the outcomes of a standard's findings that `user` may see under an area, in twelve months up to a day."""
    months = _months(on)
    rows = FindingOutcome.objects.visible_to(user).filter(
        within("area__code", [area]), standard=standard, on__range=(months[0], on)
    )
    counted, homes = _counted(rows), HomesOf(rows)
    by_month = _with(_rolled(counted, lambda row: f"{row['month']:%Y-%m}"), homes.by("month"))
    by_township = _with(_rolled(counted, lambda row: row["township"]), homes.by("township"))
    by_version = _with(_rolled(counted, lambda row: row["version"]), homes.by("version"))
    by_dataset = _with(_rolled(_of_datasets(rows), lambda row: row["dataset"]), homes.by_dataset())
    return Precision(
        first=months[0],
        last=on,
        whole=_with(_rolled(counted, lambda _row: ""), {"": homes.whole()}).get("", Counts()),
        months=[(f"{month:%Y-%m}", by_month.get(f"{month:%Y-%m}", Counts())) for month in months],
        versions=_named(by_version, _versions(standard)),
        datasets=_named(by_dataset, _datasets()),
        townships=_named(by_township, _areas(by_township)),
    )


def _months(on: datetime.date) -> list[datetime.date]:
    """Return the first days of the twelve months up to a day, the oldest first."""
    found = [on.replace(day=1)]
    while len(found) < MONTHS:
        found.append((found[-1] - datetime.timedelta(days=1)).replace(day=1))
    return found[::-1]


def _counted(rows: OutcomeQuerySet) -> list[Row]:
    groups = rows.order_by().values(
        "version", "outcome", month=TruncMonth("on"), township=Left("area_id", Level.TOWNSHIP.value)
    )
    return list(groups.annotate(findings=Count("pk"), visits=Count("visit", distinct=True)))


def _of_datasets(rows: OutcomeQuerySet) -> list[Row]:
    """Count by dataset: a finding that rests on rows of two counts for both."""
    told = RowOutcome.objects.filter(outcome__in=rows.order_by().values("pk")).order_by()
    groups = told.values("delivery__dataset", "outcome__outcome").annotate(
        findings=Count("outcome", distinct=True), visits=Count("outcome__visit", distinct=True)
    )
    return [row | {"dataset": row["delivery__dataset"], "outcome": row["outcome__outcome"]} for row in groups]


def _rolled(rows: Iterable[Row], key: Callable[[Row], str]) -> dict[str, Counts]:
    found: dict[str, Counts] = defaultdict(Counts)
    for row in rows:
        found[key(row)].add(row)
    return dict(found)


def _with(counts: dict[str, Counts], homes: Mapping[str, Homes]) -> dict[str, Counts]:
    """Put the households beside the counts of each group."""
    for key, each in counts.items():
        each.homes = homes.get(key, Homes())
    return counts


def _named(counts: Mapping[str, Counts], names: Mapping[str, str]) -> list[tuple[str, Counts]]:
    """Put names in the place of keys; the most checked first."""
    listed = sorted(counts.items(), key=lambda each: (-each[1].checked, each[0]))
    return [(names.get(key, key), each) for key, each in listed]


def _versions(standard: str) -> dict[str, str]:
    """Name each declaration by the first day that was compared with it."""
    runs = RunStandard.objects.filter(standard=standard).order_by()
    firsts = runs.values_list("digest").annotate(first=Min("run__as_of"))
    said = _("since %(day)s (%(digest)s)")
    return {digest: said % {"day": first, "digest": digest[:8]} for digest, first in firsts} | {
        "": _("not known")
    }


def _datasets() -> dict[str, str]:
    return {row.pk: row.name for row in Dataset.objects.all()}


def _areas(codes: Iterable[str]) -> dict[str, str]:
    return dict(Area.objects.filter(pk__in=list(codes)).values_list("pk", "name"))
