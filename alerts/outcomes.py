"""What became of warned households, for trials of drafts (monitoring.comparison.trials.TrialOutcomes)."""

import datetime
from collections.abc import Collection, Mapping

from django.db.models import Count

from alerts.models import Alert


def of_households(
    households: Collection[int], since: datetime.date, until: datetime.date
) -> Mapping[str, int]:
    """Return how many of the households had an alert closed in that time, by outcome code; one query."""
    closed = Alert.objects.filter(
        household__in=households, state="closed", closed_on__range=(since, until), merged_into__isnull=True
    )
    rows = closed.order_by().values_list("outcome").annotate(count=Count("household", distinct=True))
    return dict(rows)
