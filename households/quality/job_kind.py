"""The check of the register as long work: one part for each county, each in one transaction."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.jobs.models import Chunk, ChunkPlan, Job
from foundation.jobs.steps import Context
from households.models import Household
from households.quality import checking
from households.quality.checking import Checked


class CheckRegister:
    """Ask every rule of data quality of an area. Run again, it finds what it found."""

    code, label = "check_register", gettext_lazy("Check of data quality")
    unit = gettext_lazy("households")
    rights = checking.RIGHTS
    idempotent = True
    file_label = ""
    file_help = ""

    def plan(self, job: Job) -> Iterable[ChunkPlan]:
        """Return one part for each county, with its households."""
        return [
            (
                {"area": area},
                max(Household.objects.living().filter(area__code__startswith=area).count(), 1),
            )
            for area in checking.counties(job.params["area"])
        ]

    def work(self, job: Job, chunk: Chunk, context: Context) -> Mapping[str, Any]:
        """Check a county, unless that was committed before a kill."""
        if "counts" not in context.saved:
            with context.checkpoint() as saved:
                done = checking.check_area(chunk.params["area"], by=job.asked_by, progress=context.progress)
                saved["counts"] = done.counts()
                context.advance(chunk.rows)
        counts: Mapping[str, Any] = context.saved["counts"]
        return counts

    def finish(self, job: Job, results: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
        """Return the counts of all parts together."""
        done = Checked()
        for counts in results:
            done.add(dict(counts))
        return done.counts()

    def file_name(self, job: Job) -> str:
        """Return nothing: a check keeps no file."""
        return ""

    def tell(self, result: Mapping[str, Any]) -> Iterable[str]:
        """Tell what the check changed."""
        yield _("%(households)s households were checked.") % {"households": f"{result['households']:,}"}
        yield _("New findings: %(opened)s; gone: %(gone)s; judged ones that come back: %(back)s.") % {
            "opened": f"{result['opened']:,}",
            "gone": f"{result['gone']:,}",
            "back": f"{result['came_back']:,}",
        }


CHECK = CheckRegister()
