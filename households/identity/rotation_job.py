"""The change of the index key as long work: a job that writes the new column, and one that empties the old."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.accounts.models import User
from foundation.jobs import asking
from foundation.jobs.models import Chunk, ChunkPlan, Job
from foundation.jobs.steps import Context
from households.identity import rotation
from households.models import Identity

WRITE, EMPTY = "write", "empty"
PART = 50_000
MOST_PARTS = 256


class RotateIdentities:
    """Every number once; what is done before a kill is not done again, and doing it again would change nothing."""

    code = "rotate_identities"
    label = gettext_lazy("Change of the keys of identities")
    unit = gettext_lazy("numbers")
    rights = (rotation.RIGHT,)
    idempotent = True
    file_label = file_help = ""

    def plan(self, job: Job) -> Iterable[ChunkPlan]:
        """Return ranges of subjects; as they are random, all are of about one size."""
        count = Identity.objects.count()
        parts = min(count // PART + 1, MOST_PARTS)
        borders = [(number << 128) // parts - 1 for number in range(1, parts + 1)]
        for before, last in zip([0, *borders], borders, strict=False):
            yield {"after": str(uuid.UUID(int=before)), "until": str(uuid.UUID(int=last))}, count // parts

    def work(self, job: Job, chunk: Chunk, context: Context) -> Mapping[str, Any]:
        """Do one range, some rows a step."""
        step = rotation.rewrite if job.params["step"] == WRITE else rotation.empty
        until = uuid.UUID(chunk.params["until"])
        left = True
        while left:
            after = uuid.UUID(context.saved.get("after", chunk.params["after"]))
            with context.checkpoint() as saved:
                done = step(job.params["column"], after, until)
                left = done.after is not None
                saved["after"] = str(done.after or until)
                saved["unreadable"] = saved.get("unreadable", 0) + done.unreadable
                saved["rows"] = saved.get("rows", 0) + done.rows
                context.advance(done.rows)
        return {name: context.saved[name] for name in ("rows", "unreadable")}

    def finish(self, job: Job, results: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
        """Switch to the new column and ask for the emptying of the old one; or say that this is done."""
        if job.params["step"] == WRITE:
            column = job.params["column"]
            rotation.switch(column, by=job.asked_by)
            ask_for(EMPTY, rotation.former(column), by=job.asked_by)
        sums = {name: sum(result[name] for result in results) for name in ("rows", "unreadable")}
        return {"step": job.params["step"], **sums}

    def tell(self, result: Mapping[str, Any]) -> Iterable[str]:
        """Tell the counts."""
        told = {"rows": f"{result['rows']:,}"}
        if result["step"] == EMPTY:
            yield _("The index of the former key is gone from %(rows)s numbers.") % told
        else:
            yield _("%(rows)s numbers are sealed and found with the new key.") % told

    def file_name(self, job: Job) -> str:
        """No file is left for the asker."""
        raise NotImplementedError


ROTATE = RotateIdentities()


def ask(*, by: User) -> Job:
    """Begin the change, or go on with it, and ask for its work; the same job comes back while it is open."""
    return ask_for(WRITE, rotation.begin(by=by), by=by, ring=False)


def emptying(*, by: User) -> Job | None:
    """Return the job that empties the former index, asked for anew where it had stopped; None where it is empty."""
    column = rotation.left_over()
    return ask_for(EMPTY, column, by=by, ring=False) if column else None


def ask_for(step: str, column: str, *, by: User, ring: bool = True) -> Job:
    """Ask for one of the two jobs."""
    return asking.enqueue(
        ROTATE.code, {"step": step, "column": column}, by=by, area="", dedupe=f"{step}:{column}", ring=ring
    )
