"""Judging the households of an assessment as long work: stopped or killed it goes on with the rest."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistance.assessment.scoring import score, waiting
from assistance.assessment.telling import tell_scored
from assistance.models import Assessment
from foundation.accounts import clock
from foundation.accounts.roles import Right
from foundation.jobs.models import Chunk, ChunkPlan, Job
from foundation.jobs.steps import Context

JOB = "score_assessment"
_PART, _AT_ONCE = 5_000, 250


class ScoreAssessment:
    """Households that are judged stay judged where the work is stopped."""

    code, label, unit = JOB, gettext_lazy("Judge households of an assessment"), gettext_lazy("households")
    rights = (Right.REVIEW_CASES, Right.DECIDE_CASES)
    idempotent = True
    file_label = file_help = ""

    def plan(self, job: Job) -> Iterable[ChunkPlan]:
        """Return parts of some thousand households each, by their keys."""
        homes = waiting(_of(job))
        for first in range(0, len(homes), _PART):
            part = homes[first : first + _PART]
            yield {"first": part[0], "last": part[-1]}, len(part)

    def work(self, job: Job, chunk: Chunk, context: Context) -> Mapping[str, Any]:
        """Judge the households of a part that nobody has judged yet, some hundred in each transaction."""
        assessment, span = _of(job), (chunk.params["first"], chunk.params["last"])
        homes = waiting(assessment, span)
        for first in range(0, len(homes), _AT_ONCE):
            with context.checkpoint() as saved:
                some = homes[first : first + _AT_ONCE]
                saved["made"] = saved.get("made", 0) + score(assessment, some, by=job.asked_by)
                context.advance(len(some))
        return {"made": context.saved.get("made", 0)}

    def finish(self, job: Job, results: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
        """Note that everybody is judged, and return the count."""
        assessment = _of(job)
        Assessment.objects.filter(pk=assessment.pk).update(scored_on=clock.today())
        tell_scored(assessment, by=job.asked_by)
        return {"made": sum(result["made"] for result in results)}

    def file_name(self, job: Job) -> str:
        """Return nothing: the results stand on a page."""
        return ""

    def tell(self, result: Mapping[str, Any]) -> Iterable[str]:
        """Tell the count."""
        yield _("Households judged: %(made)d.") % result


SCORE = ScoreAssessment()


def _of(job: Job) -> Assessment:
    found: Assessment = Assessment.objects.get(pk=job.params["assessment"])
    return found
