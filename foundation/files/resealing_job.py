"""The kind of long work that seals files anew: the store in parts, then what jobs keep in the spool."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.files import resealing, stores
from foundation.jobs import asking, spool
from foundation.jobs.models import Chunk, ChunkPlan, Job
from foundation.jobs.steps import Context
from foundation.vault import keys

#: Files of one part.
PART = 500


class ResealFiles:
    """Every file that an older key sealed, one file a step; what is done before a kill is not done again."""

    code = "reseal_files"
    label = gettext_lazy("Sealing files anew")
    unit = gettext_lazy("files")
    rights = (Right.MANAGE_ACCOUNTS,)
    idempotent = True
    file_label = file_help = ""

    def plan(self, job: Job) -> Iterable[ChunkPlan]:
        """Return parts of stored copies by number, and one for the spool."""
        numbers = list(resealing.outdated().values_list("pk", flat=True))
        for part in (numbers[start : start + PART] for start in range(0, len(numbers), PART)):
            yield {"first": part[0], "last": part[-1]}, len(part)
        if names := spool.outdated():
            yield {"spool": True}, len(names)

    def work(self, job: Job, chunk: Chunk, context: Context) -> Mapping[str, Any]:
        """Do one part."""
        if chunk.params.get("spool"):
            self._spool(context)
        else:
            self._store(chunk, context)
        return {name: context.saved.get(name, 0) for name in ("resealed", "spooled", "unreadable")}

    def finish(self, job: Job, results: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
        """Return the sums."""
        return {
            name: sum(result[name] for result in results) for name in ("resealed", "spooled", "unreadable")
        }

    def tell(self, result: Mapping[str, Any]) -> Iterable[str]:
        """Tell the counts, and what to do about files that do not open."""
        yield (
            _("%(resealed)d stored files and %(spooled)d files of jobs are sealed with the new key.") % result
        )
        if result["unreadable"]:
            yield (
                _(
                    "%(unreadable)d files are missing or do not open, and stay as they are: the log names them; bring "
                    "them back from a backup."
                )
                % result
            )

    def file_name(self, job: Job) -> str:
        """No file is left for the asker."""
        raise NotImplementedError

    def _store(self, chunk: Chunk, context: Context) -> None:
        begin = context.saved.get("next", chunk.params["first"])
        for copy in resealing.outdated().filter(pk__range=(begin, chunk.params["last"])):
            context.stop_if_cancelled()
            draft = resealing.sealed_anew(copy)
            with context.checkpoint() as saved:
                pointed = draft is not None and resealing.point(copy, draft)
                saved["next"] = copy.pk + 1
                outcome = "unreadable" if draft is None else "resealed"
                saved[outcome] = saved.get(outcome, 0) + (pointed or draft is None)
                context.advance(1)
            if draft is not None:
                stores.store().delete(copy.key if pointed else draft.key)

    def _spool(self, context: Context) -> None:
        for name in spool.outdated():
            if name <= context.saved.get("after", ""):
                continue
            context.stop_if_cancelled()
            done = spool.reseal(name)
            with context.checkpoint() as saved:
                outcome = "spooled" if done else "unreadable"
                saved[outcome] = saved.get(outcome, 0) + 1
                saved["after"] = name
                context.advance(1)


RESEAL = ResealFiles()


def ask(*, by: User) -> Job:
    """Ask for the sealing anew of everything; while it goes on for this key, the same job comes back."""
    key = keys.current().id.hex()
    return asking.enqueue(RESEAL.code, {"key": key}, by=by, area="", dedupe=key, ring=False)
