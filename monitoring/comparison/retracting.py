"""Take back what stood on rows that were corrected, superseded or withdrawn.

Looked at are the living findings of the run's households and standards that the run did not find again. One is taken
back when a row of its evidence no longer stands, or a list that decided by its silence is no longer in force. Time
that passes, a newer state, and rows deleted at the end of their time take nothing back.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.tables.copying import copy_into
from foundation.tables.duck import Tables
from monitoring.contracts.terms import Kind
from monitoring.intake import archive
from monitoring.models import Batch, Dataset, Delivery, Finding, Run
from monitoring.models.deliveries import IN_FORCE

_EVIDENCE = {"finding": "BIGINT", "delivery": "BIGINT", "seq": "BIGINT"}


@dataclass(frozen=True, slots=True)
class Gone:
    """A finding that no longer stands, the delivery that took its row away, and the sentence that says so."""

    finding: int
    delivery: int | None
    why: str


def retract(run: Run, standards: Collection[str]) -> None:
    """Take back the findings that no longer stand; in the transaction that ends the run."""
    left = (
        Finding.objects.living()
        .filter(area__code__startswith=run.area_id, standard__in=standards)
        .exclude(run=run)
    )
    gone = list(_gone(list(left.values_list("pk", "evidence", "consulted"))))
    if not gone:
        return
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE finding_gone (id bigint, delivery bigint, why text) ON COMMIT DROP")
        copy_into(cursor, "finding_gone", ((each.finding, each.delivery, each.why) for each in gone))
        cursor.execute(
            """UPDATE monitoring_finding AS finding SET retracted_at = %s, retracted_by_run_id = %s,
                retracted_for_id = gone.delivery, retracted_why = gone.why, taken_at = NULL
            FROM finding_gone AS gone WHERE gone.id = finding.id""",
            [timezone.now(), run.pk],
        )
        cursor.execute("DROP TABLE finding_gone")


def _gone(left: list[tuple[int, list[dict[str, object]], list[int]]]) -> Iterator[Gone]:
    """Yield of each finding the first reason for which it no longer stands."""
    seen: set[int] = set()
    deliveries = {int(str(row["delivery"])) for _pk, rows, _lists in left for row in rows}
    known = Delivery.objects.in_bulk([*deliveries, *{pk for *_rest, lists in left for pk in lists}])
    for pk, _rows, lists in left:
        for number in lists:
            if pk not in seen and known[number].state != IN_FORCE:
                seen.add(pk)
                yield _for(pk, known[number])
    by_dataset: dict[str, list[tuple[int, int, int]]] = {}
    for pk, rows, _lists in left:
        for row in rows:
            delivery, seq = int(str(row["delivery"])), int(str(row["seq"]))
            by_dataset.setdefault(known[delivery].dataset_id, []).append((pk, delivery, seq))
    for code, evidence in sorted(by_dataset.items()):
        dataset = Dataset.objects.get(pk=code)
        with archive.opened() as tables:
            for pk, delivery, other in _rows_gone(tables, dataset, evidence):
                if pk not in seen:
                    seen.add(pk)
                    yield _for(pk, known[delivery], other)


def _rows_gone(
    tables: Tables, dataset: Dataset, evidence: list[tuple[int, int, int]]
) -> Iterator[tuple[int, int, int | None]]:
    """Yield (finding, delivery of the row, delivery whose row took its place) of rows that no longer stand.

    A row stands where the same key with the same content stands anywhere: said again in a later file, it is no other.
    A row of a list stands in the lists of its own period alone.
    """
    there = Batch.objects.filter(deleted_on__isnull=True, delivery__in={each[1] for each in evidence})
    if not there:
        return
    tables.load("evidence", _EVIDENCE, evidence)
    period = "period" if dataset.contract.kind is Kind.ROLL else "''"
    every = archive.every_row(tables, dataset, there.select_related("delivery__replaces"), name="was")
    tables.run(
        f"""CREATE TABLE proof AS SELECT finding, delivery, row_key, row_content, {period} AS period
        FROM evidence JOIN {every} USING (delivery, seq)"""  # noqa: S608  (a view of ours)
    )
    stands = archive.effective(tables, dataset, archive.in_force(dataset), name="stands", each_day=True)
    tables.run(
        f"""CREATE TABLE standing AS SELECT row_key, row_content, delivery, receipt, seq, {period} AS period
        FROM {stands} SEMI JOIN proof USING (row_key)"""  # noqa: S608
    )
    yield from tables.rows(
        """SELECT finding, proof.delivery, max_by(standing.delivery, standing.receipt)
        FROM proof LEFT JOIN standing USING (row_key, period)
        WHERE NOT EXISTS (FROM standing AS same WHERE same.row_key = proof.row_key
            AND same.row_content = proof.row_content AND same.period = proof.period)
        GROUP BY finding, proof.delivery ORDER BY finding, proof.delivery"""
    )


def _for(finding: int, delivery: Delivery, other: int | None = None) -> Gone:
    """Say in a sentence why a row of a delivery no longer stands."""
    numbers = {"delivery": delivery.pk}
    if delivery.state == IN_FORCE:
        why = _("A row of delivery %(delivery)d was corrected by delivery %(other)d.") % {
            "delivery": delivery.pk,
            "other": other or delivery.pk,
        }
        return Gone(finding, other, why)
    if delivery.state == "superseded":
        newer = delivery.superseded_by_id
        why = _("Delivery %(delivery)d was superseded by delivery %(other)d.") % {
            "delivery": delivery.pk,
            "other": newer or 0,
        }
        return Gone(finding, newer, why)
    return Gone(finding, delivery.pk, _("Delivery %(delivery)d was withdrawn.") % numbers)
