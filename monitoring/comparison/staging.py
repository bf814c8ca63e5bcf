"""Findings of one part of a run, laid down until the end of the run; laid down again they are the same."""

from collections.abc import Iterable, Iterator

from django.db import connection

from foundation.tables.copying import copy_into
from monitoring.comparison.answers import Judged, four_places
from monitoring.models import Run, StagedFinding

_COLUMNS = (
    "run_id", "tree", "bucket", "standard", "household", "resident", "village", "population", "measured", "line",
    "comparator", "line_value", "line_source", "day", "window_first", "window_last", "rows", "evidence", "consulted",
    "name_differs", "digest",
)  # fmt: skip


def stage(run: Run, tree: str, bucket: int, standards: Iterable[str], found: Iterable[Judged]) -> None:
    """Lay down what a part found of its standards, in the place of what it laid down before."""
    StagedFinding.objects.filter(run=run, tree=tree, bucket=bucket, standard__in=list(standards)).delete()
    with connection.cursor() as cursor:
        copy_into(
            cursor,
            f"monitoring_stagedfinding ({', '.join(_COLUMNS)})",
            _rows(run.pk, tree, bucket, found),
            analyze=False,
        )


def _rows(run: int, tree: str, bucket: int, found: Iterable[Judged]) -> Iterator[tuple[object, ...]]:
    for each in found:
        yield (
            run, tree, bucket, each.standard, each.household, each.resident, each.area, each.population,
            four_places(each.measured), four_places(each.line), each.comparator, each.line_value, each.line_source,
            each.day, each.window_first, each.window_last, each.count, each.proof,
            f"{{{','.join(map(str, each.consulted))}}}", each.name_differs, each.digest,
        )  # fmt: skip
