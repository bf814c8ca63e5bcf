"""What watchers are told of how things stand: the shape in which every storey answers when it is asked.

Counted is the whole installation, never an area or a person: a graph of a village would say who is in need there.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol

from django.db.models import Count, QuerySet
from prometheus_client.core import GaugeMetricFamily, Metric


class Gauges(Protocol):
    """Answers how things stand now; config/composition.py lists them (GAUGES), one a subject."""

    def __call__(self) -> Iterator[Metric]:
        """Yield what is known, each under a name that begins with `shouwang_` and ends in its unit."""
        ...


def one(name: str, about: str, value: float) -> Metric:
    """Return a single number."""
    return GaugeMetricFamily(name, about, value=value)


def moment(name: str, about: str, at: datetime.datetime | None) -> Metric:
    """Return a moment in seconds since 1970; without a value where there is none."""
    told = GaugeMetricFamily(name, about)
    if at is not None:
        told.add_metric([], at.timestamp())
    return told


def table(name: str, about: str, labels: Iterable[str], values: Mapping[Any, float]) -> Metric:
    """Return numbers by labels; `values` maps the labels' values, a tuple in their order, to a number."""
    told = GaugeMetricFamily(name, about, labels=list(labels))
    for key, value in sorted(values.items()):
        told.add_metric(list(key), value)
    return told


def counted(rows: QuerySet, *fields: str) -> dict[tuple[str, ...], float]:
    """Return how many rows there are by the values of some fields."""
    found = rows.order_by().values_list(*fields).annotate(times=Count("pk"))
    return {tuple(str(each) for each in key): float(times) for *key, times in found}
