"""Reports that nobody should be enrolled, gathered by township and outcome: what a batch is made of."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet
from django.urls import reverse

from alerts import selectors
from alerts.models import Alert
from alerts.querysets import AlertQuerySet
from alerts.verification import barriers
from alerts.verification.path import paths_of
from foundation.accounts.models import Area, User
from foundation.accounts.roles import Right
from households.models import Resident
from households.models.households import HEAD

#: How many are confirmed in one go.
MOST = 500


@dataclass(frozen=True, slots=True)
class Batch:
    """Like negatives of one township: how many wait, and how many of them are drawn for a second check."""

    township: str
    place: str
    outcome: str
    name: str
    count: int
    drawn: int

    @property
    def url(self) -> str:
        """The page of the batch."""
        return reverse("alerts:batch", args=[f"{self.township}-{self.outcome}"])


def negatives(user: User) -> AlertQuerySet:
    """Return the reports that nobody should be enrolled which `user` may review, and which wait."""
    rows = Alert.objects.visible_to(user, Right.REVIEW_VISITS)
    return rows.filter(state="reported", opinion=Alert.Opinion.DECLINE)


def batches_of(user: User) -> list[Batch]:
    """Return the batches that wait for a person, the largest first. Two queries."""
    drawn = Count("pk", filter=Q(recheck=Alert.Recheck.DRAWN))
    rows = list(
        negatives(user)
        .order_by()
        .values("township", "reported_outcome")
        .annotate(count=Count("pk"), drawn=drawn)
    )
    places = dict(Area.objects.filter(code__in=[row["township"] for row in rows]).values_list("code", "name"))
    found = [
        Batch(
            row["township"],
            places.get(row["township"], row["township"]),
            row["reported_outcome"],
            selectors.outcome_name(row["reported_outcome"], row["township"]),
            row["count"],
            row["drawn"],
        )
        for row in rows
    ]
    return sorted(found, key=lambda batch: (-batch.count, batch.township, batch.outcome))


def drawn(user: User) -> list[Alert]:
    """Return the households drawn to be checked once more, the oldest report first."""
    rows = Alert.objects.visible_to(user, Right.REVIEW_VISITS).filter(
        state="reported", recheck=Alert.Recheck.DRAWN
    )
    rows = rows.select_related("household", "area").prefetch_related(_heads())
    return list(rows.order_by("pk")[:MOST])


def of_batch(user: User, township: str, outcome: str) -> list[Alert]:
    """Return the alerts of one batch with what its list shows, the oldest report first."""
    rows = negatives(user).filter(township=township, reported_outcome=outcome)
    rows = rows.select_related("household", "area", "visit").prefetch_related(_heads())
    return list(rows.order_by("visit__happened_on", "pk")[:MOST])


def _heads() -> "Prefetch[str, QuerySet[Resident], str]":
    return Prefetch("household__residents", Resident.objects.present().filter(relation=HEAD), to_attr="heads")


def confirmable(alerts: Sequence[Alert], by: User) -> dict[int, str]:
    """Return by alert why it cannot be confirmed in the batch now; empty where it can. A few queries."""
    ways = paths_of(alerts)
    there = set(
        Alert.objects.filter(pk__in=[alert.pk for alert in alerts], visit__visitors=by).values_list(
            "pk", flat=True
        )
    )
    return {
        alert.pk: _why_not(alert, batches=ways[alert.pk].batches, was_there=alert.pk in there)
        for alert in alerts
    }


def _why_not(alert: Alert, *, batches: bool, was_there: bool) -> str:
    if was_there:
        return str(barriers.WAS_THERE)
    if not batches:
        return str(barriers.NO_BATCHES)
    if alert.recheck == Alert.Recheck.HELD:
        return str(barriers.CHECKED_TWICE)
    return barriers.before("confirm_batch", alert)
