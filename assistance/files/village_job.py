"""The files of a village in one go: long work, one PDF for each case in one zip, sealed until its asker fetches it.

Nothing of it lies unsealed on a disk: the zip is written piece by piece into the sealed store. Killed, it is begun
again; the zip and the entries of the record (one for each file, one for the whole) commit together at the end.
"""

import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistance.files import making
from assistance.models import Case
from assistance.querysets import CaseQuerySet
from foundation.accounts import clock
from foundation.accounts.models import Area, User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.accounts.scope import within
from foundation.jobs import asking
from foundation.jobs.models import Chunk, ChunkPlan, Job
from foundation.jobs.steps import Context
from foundation.ledger.record import Act, record

TAKEN = "case.files_taken_out"
#: More than a village ever has at once; beyond it one asks for less.
MOST = 300


class VillageFiles:
    """The files of all cases of a village as one zip."""

    code, label = "village_files", gettext_lazy("Household files of a village")
    unit = gettext_lazy("files")
    rights = (Right.VIEW_CASES,)
    idempotent = True
    file_label = gettext_lazy("The files of the village (zip)")
    file_help = gettext_lazy("It is kept for 7 days, and for you alone.")

    def plan(self, job: Job) -> Iterable[ChunkPlan]:
        """Return one part with the cases that were counted."""
        return [({}, max(int(job.params["cases"]), 1))]

    def work(self, job: Job, chunk: Chunk, context: Context) -> Mapping[str, Any]:
        """Make the zip, unless that was committed before a kill."""
        if "files" not in context.saved:
            cases = list(cases_of(job.params["area"], job.asked_by))
            with context.checkpoint() as saved:
                context.keep_file(zipped(_files(cases, job.asked_by, context)))
                _record(job, len(cases))
                saved["files"] = len(cases)
                context.advance(chunk.rows)
        return {"files": context.saved["files"]}

    def finish(self, job: Job, results: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
        """Return the number of files."""
        return results[0]

    def tell(self, result: Mapping[str, Any]) -> Iterable[str]:
        """Say how many files the zip holds."""
        yield _("%(files)s household files are in the zip.") % {"files": f"{result['files']:,}"}

    def file_name(self, job: Job) -> str:
        """Return what the zip is called on the asker's disk."""
        return f"household-files-{job.params['area']}.zip"


FILES = VillageFiles()


def ask(village: Area, *, by: User) -> Job:
    """Ask for the files of a village; asked for again by the same person, it is the job that is open."""
    by.authority(Right.VIEW_CASES, village.code)
    cases = cases_of(village.code, by).count()
    if not cases:
        raise Refused(_("This village has no case yet."))
    if cases > MOST:
        raise Refused(
            _("At most %(most)d files are made at once: this area has %(cases)d. Take it village by village.")
            % {"most": MOST, "cases": cases}
        )
    return asking.enqueue(
        FILES.code,
        {"area": village.code, "cases": cases},
        by=by,
        area=village.code,
        dedupe=f"{by.pk}:{village.code}",
    )


def cases_of(village: str, user: User) -> CaseQuerySet:
    """Return the cases of a village that `user` may see, the oldest first."""
    rows = Case.objects.visible_to(user).filter(within("area__code", [village]))
    found: CaseQuerySet = rows.select_related("household", "area", "alert", "visit").order_by("pk")
    return found


def zipped(files: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """Yield a zip of named files piece by piece; PDFs are small already, so they are stored as they are."""
    sink = _Pieces()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as whole:  # type: ignore[call-overload]
        for name, content in files:
            whole.writestr(name, content)
            yield sink.taken()
    yield sink.taken()


class _Pieces:
    """What a zip is written into: it can be neither rewound nor read, only taken away piece by piece."""

    def __init__(self) -> None:
        self._held: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self._held.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Hold on to everything until it is taken."""

    def taken(self) -> bytes:
        whole, self._held = b"".join(self._held), []
        return whole


def _files(cases: Sequence[Case], by: User, context: Context) -> Iterator[tuple[str, bytes]]:
    for done, case in enumerate(cases):
        context.stop_if_cancelled()
        yield making.file_name(case), making.made(case, by=by, alive=context.stop_if_cancelled)
        context.progress(done + 1, len(cases))


def _record(job: Job, files: int) -> None:
    today, area = clock.today(), str(job.params["area"])
    actor = job.asked_by.authority(Right.VIEW_CASES, area)
    record(Act(TAKEN, "area", area, today, today, area=area, details={"files": files}), by=actor)
