"""Warnings by standard, for the table and the funnel of the demonstration (monitoring.demo.table.DemoColumn)."""

from collections.abc import Mapping

from django.db.models import Count
from django.utils.translation import pgettext_lazy

from alerts.models import Alert, Signal
from foundation.accounts.demo.places import COUNTY
from foundation.accounts.scope import within


class OpenAlerts:
    """Open warnings: one of a household, and so of several standards at once."""

    code, label = "alerts", pgettext_lazy("counted", "open warnings")

    def whole(self) -> int:
        """Return how many households have an open warning."""
        return Alert.objects.open().filter(within("area__code", [COUNTY])).count()

    def by_standard(self) -> Mapping[str, int]:
        """Return on how many open warnings each standard has a living signal."""
        here = Alert.objects.open().filter(within("area__code", [COUNTY]))
        rows = Signal.objects.living().filter(alert__in=here, standard__isnull=False).order_by()
        return dict(rows.values_list("standard").annotate(number=Count("alert", distinct=True)))


ALERTS = OpenAlerts()
