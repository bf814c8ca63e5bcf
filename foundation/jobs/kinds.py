"""Kinds of long work. A higher storey declares one and names it in `JOB_KINDS` of config/composition.py.

class ImportAreas:
    code, label, unit = "import_areas", _("Import of areas"), _("rows")
    rights = (Right.MANAGE_AREAS,)
    idempotent = True

    def plan(self, job): return [({"from": 0, "rows": 20_000}, 20_000), …]

    def work(self, job, chunk, context):
        while rows := read(job, context.saved.get("next", 0)):
            with context.checkpoint() as saved:          # effects and checkpoint commit together
                write(rows, by=job.asked_by)
                saved["next"] = rows.end
                context.advance(len(rows))
        return {"written": …}                            # from `context.saved`: may run again after a kill

    def finish(self, job, results): record(…); return {"written": sum(…)}
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise

from foundation.accounts.composition import parts
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.jobs.models import Chunk, ChunkPlan, Job
from foundation.jobs.steps import Context
from foundation.ledger.record import Actor


class JobKind(Protocol):
    """What one kind of work does. Every method may be run again from its beginning after a kill."""

    code: str
    label: str | Promise
    unit: str | Promise
    #: One of them is needed in the job's area to ask for it, to cancel it and to try it again.
    rights: tuple[Right, ...]
    #: Declares that running a method again is as running it once; a kind that does not declare it is refused.
    idempotent: bool

    #: What the file is that the asker may fetch afterwards (rejected rows, an exported list), and a word on it.
    file_label: str | Promise
    file_help: str | Promise

    def plan(self, job: Job) -> Iterable[ChunkPlan]:
        """Return the chunks: parameters (ids and numbers only) and rows of each. Must change nothing."""
        ...

    def work(self, job: Job, chunk: Chunk, context: Context) -> Mapping[str, Any]:
        """Do one chunk and return its small result; what it changes, it changes inside `context.checkpoint()`."""
        ...

    def finish(self, job: Job, results: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
        """Do what comes last and return the job's result; commits together with the end of the job."""
        ...

    def file_name(self, job: Job) -> str:
        """Return what that file is called on the asker's disk."""
        ...

    def tell(self, result: Mapping[str, Any]) -> Iterable[str]:
        """Return what came of it, in sentences for people."""
        ...


def known() -> dict[str, JobKind]:
    """Return every kind of work by its code."""
    found: dict[str, JobKind] = {}
    for kind in parts("JOB_KINDS"):
        if not getattr(kind, "idempotent", False):
            raise ImproperlyConfigured(f"The kind of work {kind!r} does not declare that it is idempotent.")
        if kind.code in found:
            raise ImproperlyConfigured(f"Two kinds of work are called {kind.code!r}.")
        found[kind.code] = kind
    return found


def authority(kind: JobKind, by: User, area: str) -> Actor:
    """Return the actor that the ledger names when `by` acts on such work in `area`; refuse who may not."""
    held = [right for right in kind.rights if by.holds(right, area)]
    return by.authority((held or list(kind.rights))[0], area)


def kind_of(job: Job) -> JobKind:
    """Return the kind of a job; KeyError where this version of the platform does not know it."""
    return known()[job.kind]
