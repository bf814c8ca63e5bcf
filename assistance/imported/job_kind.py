"""Taking over the cases of a whole county as long work; asked for by itself when a list has come in."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistance.imported.adopting import adopt, homes_waiting
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.jobs import asking
from foundation.jobs.models import Chunk, ChunkPlan, Job, State
from foundation.jobs.steps import Context
from households.monitored.job import FILE

JOB = "adopt_imported"
_PART, _AT_ONCE = 10_000, 1_000


class AdoptImported:
    """Households that are done stay done where the work is stopped; asked for again, it goes on with the rest."""

    code, label, unit = JOB, gettext_lazy("Take over cases of the old register"), gettext_lazy("households")
    rights = (Right.IMPORT_REGISTER,)
    idempotent = True
    file_label = file_help = ""

    def plan(self, job: Job) -> Iterable[ChunkPlan]:
        """Return parts of some thousand households each, by their keys."""
        homes = homes_waiting(job.area)
        for first in range(0, len(homes), _PART):
            part = homes[first : first + _PART]
            yield {"first": part[0], "last": part[-1]}, len(part)

    def work(self, job: Job, chunk: Chunk, context: Context) -> Mapping[str, Any]:
        """Take over the households of a part that wait, some hundred in each transaction."""
        span = (chunk.params["first"], chunk.params["last"])
        homes = [home for home in homes_waiting(job.area) if span[0] <= home <= span[1]]
        for first in range(0, len(homes), _AT_ONCE):
            with context.checkpoint() as saved:
                some = homes[first : first + _AT_ONCE]
                saved["made"] = saved.get("made", 0) + adopt(some)
                context.advance(len(some))
        return {"made": context.saved.get("made", 0)}

    def finish(self, job: Job, results: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
        """Return the count."""
        return {"made": sum(result["made"] for result in results)}

    def file_name(self, job: Job) -> str:
        """Return nothing: the cases stand on pages."""
        return ""

    def tell(self, result: Mapping[str, Any]) -> Iterable[str]:
        """Tell the count."""
        yield _("Cases from before this platform: %(made)d.") % result


ADOPT = AdoptImported()


def ask(*, by: User, area: str, ring: bool = True) -> Job:
    """Ask for the work; once at a time in an area."""
    return asking.enqueue(JOB, {}, by=by, area=area, dedupe=f"{JOB}:{area}", ring=ring)


def after_job(job: Job, state: State) -> None:
    """Take over the cases of a list as soon as it has come in (foundation.jobs.endings.JobFollower)."""
    if job.kind == FILE.code and state == State.DONE and homes_waiting(job.area):
        ask(by=job.asked_by, area=job.area)
