"""Long work with register files: what a file would do, and doing it. One part and one transaction each."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, BinaryIO

from django.utils.translation import gettext_lazy as _

from foundation.accounts.roles import Right
from foundation.jobs import spool
from foundation.jobs.models import Chunk, ChunkPlan, Job
from foundation.jobs.steps import Context
from foundation.vault.streams import PIECE
from households.models import Revision
from households.register.importing import RegisterImport, import_register, try_register
from households.register.rejects import extension
from households.register.reverting import take_back
from households.register.sentences import reverted_sentences, sentences

_BYTES_OF_A_ROW = 150


class RegisterFile:
    """Import of a register file: all of its good rows or none; a kill in the middle takes it back whole."""

    code, label = "import_register", _("Import of the register")
    unit = _("rows")
    rights = (Right.IMPORT_REGISTER,)
    idempotent = True
    file_label = _("Rejected rows and kept values")
    file_help = _(
        "Each row says why. Correct them and hand them in again; they are kept for 7 days and for you alone."
    )

    def kept(self, job: Job) -> str:
        """Return the name of the kept file."""
        return job.spooled

    def do(self, file: BinaryIO, **named: Any) -> RegisterImport:
        """Import it."""
        return import_register(file, **named)

    def file_name(self, job: Job) -> str:
        """Return the name of the file of rejected rows."""
        return f"register-rejected.{extension(job.result.get('rows_rejected', 0))}"

    def plan(self, job: Job) -> Iterable[ChunkPlan]:
        """Return one part with about as many rows as the file has."""
        with spool.opened(self.kept(job)) as file:
            if file.read(4)[:2] in (b"PK", b"\xd0\xcf"):
                return [({}, max(job.params["size"] // _BYTES_OF_A_ROW, 1))]
            file.seek(0)
            return [({}, max(sum(piece.count(b"\n") for piece in iter(lambda: file.read(PIECE), b"")), 1))]

    def work(self, job: Job, chunk: Chunk, context: Context) -> Mapping[str, Any]:
        """Do it, unless that was committed before a kill."""
        if "counts" not in context.saved:
            day = job.params.get("as_of")
            with context.checkpoint() as saved, spool.opened(self.kept(job)) as file:
                done = self.do(
                    file,
                    by=job.asked_by,
                    as_of=datetime.date.fromisoformat(day) if day else None,
                    progress=context.progress,
                    keep_rejects=context.keep_file,
                )
                saved["counts"] = done.details() | {"revision": done.revision}
                context.advance(chunk.rows)
        counts: Mapping[str, Any] = context.saved["counts"]
        return counts

    def finish(self, job: Job, results: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
        """Return the counts of the file."""
        return results[0]

    def tell(self, result: Mapping[str, Any]) -> Iterable[str]:
        """Tell the counts."""
        return sentences(result)


class RegisterLook(RegisterFile):
    """What importing a register file would do; nothing is done."""

    code, label = "look_at_register", _("A look through a register file")

    def kept(self, job: Job) -> str:
        """Return the name of the kept file."""
        name: str = job.params["kept"]
        return name

    def do(self, file: BinaryIO, **named: Any) -> RegisterImport:
        """Find out."""
        return try_register(file, **named)


class RegisterBack:
    """Taking a register file back: whole or not at all."""

    code, label = "take_back_register", _("Taking back of a register file")
    unit = _("files")
    rights = (Right.IMPORT_REGISTER,)
    idempotent = True
    file_label = file_help = ""

    def file_name(self, job: Job) -> str:
        """There is none."""
        return ""

    def plan(self, job: Job) -> Iterable[ChunkPlan]:
        """Return one part."""
        return [({}, 1)]

    def work(self, job: Job, chunk: Chunk, context: Context) -> Mapping[str, Any]:
        """Take it back, unless that was committed before a kill."""
        if "counts" not in context.saved:
            with context.checkpoint() as saved:
                file = Revision.objects.get(pk=job.params["revision"])
                done = take_back(file, by=job.asked_by, reason=job.params["reason"])
                saved["counts"] = done.counts()
                context.advance(chunk.rows)
        counts: Mapping[str, Any] = context.saved["counts"]
        return counts

    def finish(self, job: Job, results: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
        """Return what came of it."""
        return results[0]

    def tell(self, result: Mapping[str, Any]) -> Iterable[str]:
        """Tell what came of it."""
        return reverted_sentences(result)


IMPORT, LOOK, BACK = RegisterFile(), RegisterLook(), RegisterBack()
