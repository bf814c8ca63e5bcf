"""Two kinds of work whose every effect can be counted: a row that is done twice leaves two entries."""

import time
from collections import Counter

from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.ledger.models import Entry
from foundation.ledger.record import Act, Actor, record, record_many
from tests.foundation.jobs import faults

CLERK = Actor("staff:1", "system_admin", "999901")


def an_act(verb: str, number: object) -> Act:
    return Act(verb, "row", str(number), happened_on=faults.DAY, entered_on=faults.DAY)


class Count:
    """Writes one entry per row, `batch` rows per checkpoint, and one for the whole."""

    code, label, unit = "count", "Counting", "rows"
    rights = (Right.MANAGE_AREAS,)
    idempotent = True
    file_label = file_help = ""

    def plan(self, job):
        size, chunks = job.params["size"], job.params["chunks"]
        return [({"from": number * size}, size) for number in range(chunks)]

    def work(self, job, chunk, context):
        first, size, batch = chunk.params["from"], chunk.rows, job.params.get("batch", 5)
        while (begin := context.saved.get("next", 0)) < size:
            with context.checkpoint() as saved:
                rows = range(begin, min(begin + batch, size))
                record_many([an_act("row.done", first + row) for row in rows], by=CLERK)
                saved["next"] = rows.stop
                context.advance(len(rows))
                time.sleep(job.params.get("pause", 0))
        return {"rows": context.saved["next"]}

    def finish(self, job, results):
        record(an_act("file.done", job.uuid), by=CLERK)
        return {"rows": sum(result["rows"] for result in results)}

    def tell(self, result):
        yield f"{result['rows']} rows counted."


class Stumble(Count):
    """Counts, and does at one row what `tests.foundation.jobs.faults` holds for it."""

    code = "stumble"

    def work(self, job, chunk, context):
        def at(row):
            if (fault := faults.AT.get(row)) is not None:
                fault()

        first = chunk.params["from"]
        for row in range(context.saved.get("next", 0), chunk.rows):
            with context.checkpoint() as saved:
                record(an_act("row.done", first + row), by=CLERK)
                at(first + row)
                saved["next"] = row + 1
                context.advance(1)
        return {"rows": chunk.rows}


COUNT, STUMBLE = Count(), Stumble()


def refuse():
    raise Refused("Row 3 names no place.")


def rows_done() -> Counter[str]:
    """How often each row was done."""
    return Counter(Entry.objects.filter(verb="row.done").values_list("object_id", flat=True))


def assert_done_once(rows: int) -> None:
    """Every row exactly once, and one entry for the whole."""
    assert rows_done() == {str(row): 1 for row in range(rows)}
    assert Entry.objects.filter(verb="file.done").count() == 1
