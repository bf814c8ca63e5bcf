"""A comparison as long work: one part for each group of standards, each county, and each bucket of households."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.files.stores import Missing
from foundation.jobs.models import Chunk, ChunkPlan, Job, State
from foundation.jobs.steps import Context
from foundation.jobs.uncollected import without_collecting
from foundation.regulations import lookup
from households.models import Resident
from monitoring.comparison import snapshot
from monitoring.comparison.answers import Answer
from monitoring.comparison.asked import Asked
from monitoring.comparison.asking import KIND
from monitoring.comparison.evaluating import evaluate, evaluated_in
from monitoring.comparison.staging import stage
from monitoring.comparison.writing import end_run
from monitoring.models import Run, StagedFinding
from monitoring.screening.book import standard
from monitoring.screening.standard import Standard

#: People whose rows one part looks at: what of them does not fit into memory goes to the disk.
_PEOPLE_AT_ONCE = 1_200_000
#: Where fewer people live, one part asks all standards. Elsewhere there are two groups of standards, so that two
#: workers share a county; more of them would only work out again who lives where.
_FEW_PEOPLE, _GROUPS = 5_000, 2
_TOLD = ("subjects", "findings", "new", "repeated", "held", "retracted")


class Compare:
    """The archive is held against the standards; a kill anywhere loses and doubles nothing."""

    code, label = KIND, gettext_lazy("Comparison with the warning standards")
    unit = gettext_lazy("people")
    rights = (Right.RUN_COMPARISON,)
    idempotent = True
    file_label = file_help = ""

    def plan(self, job: Job) -> Iterable[ChunkPlan]:
        """Write the register down, county by county, and return the parts."""
        run = Run.objects.get(pk=job.params["run"])
        snapshot.tidy()
        groups = list(_groups(run))
        together = [[code for group in groups for code in group]]
        for county in snapshot.counties(run.area_id) or [run.area_id]:
            tree = max(county, run.area_id, key=len)
            people = Resident.objects.filter(area__code__startswith=tree).count()
            digest, parts = snapshot.write(county), people // _PEOPLE_AT_ONCE + 1
            for codes in together if people < _FEW_PEOPLE else groups:
                for number in range(parts):
                    told = {"tree": tree, "snapshot": digest, "standards": codes, "bucket": [number, parts]}
                    yield told, max(people // parts, 1)

    @without_collecting()
    def work(self, job: Job, chunk: Chunk, context: Context) -> Mapping[str, Any]:
        """Evaluate the standards of one part and lay down what they found, unless that was committed before a kill."""
        if "standards" not in context.saved:
            run = Run.objects.get(pk=job.params["run"])
            answers = _evaluated(run, chunk.params, context)
            number, _parts = chunk.params["bucket"]
            with context.checkpoint() as saved:
                found = [each for answer in answers.values() for each in answer.judged]
                stage(run, chunk.params["tree"], number, answers, found)
                for answer in answers.values():
                    lookup.mark_used(*answer.used)
                saved["standards"] = {code: _told(answer) for code, answer in answers.items()}
                context.advance(chunk.rows)
        return {
            "tree": chunk.params["tree"],
            "snapshot": chunk.params["snapshot"],
            "standards": context.saved["standards"],
        }

    @without_collecting()
    def finish(self, job: Job, results: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
        """Write the findings, and tell who takes them up."""
        run = Run.objects.select_for_update().get(pk=job.params["run"])
        made = end_run(run, results, by=job.asked_by)
        counts = {name: sum(getattr(each, name) for each in made.values()) for name in _TOLD}
        return counts | {"run": run.pk, "alerts_raised": run.alerts_raised}

    def file_name(self, job: Job) -> str:
        """Return nothing: this keeps no file."""
        return ""

    def tell(self, result: Mapping[str, Any]) -> Iterable[str]:
        """Tell what came of it."""
        yield (
            _(
                "Findings: %(findings)d, of them %(new)d new, %(repeated)d repeated, %(held)d held; "
                "%(retracted)d taken back."
            )
            % result
        )
        yield _("Alerts raised: %(alerts_raised)d.") % result


COMPARE = Compare()


def after_job(job: Job, state: State) -> None:
    """Throw away what the parts of a cancelled comparison found (foundation.jobs.endings.JobFollower)."""
    if job.kind == KIND and state == State.CANCELLED:
        StagedFinding.objects.filter(run=job.params["run"]).delete()


def _groups(run: Run) -> Iterator[list[str]]:
    """Yield the standards of a run in groups, those that measure one dataset together."""
    wanted = [standard(code) for code in run.standards] or evaluated_in(run.area_id, run.as_of, lookup.book())

    def dataset(each: Standard) -> str:
        return each.measure.dataset

    by_dataset = [list(group) for _code, group in groupby(sorted(wanted, key=dataset), dataset)]
    for number in range(_GROUPS):
        if codes := [each.code for group in by_dataset[number::_GROUPS] for each in group]:
            yield codes


def _evaluated(run: Run, part: Mapping[str, Any], context: Context) -> dict[str, Answer]:
    number, parts = part["bucket"]
    asked = Asked(run.as_of, lookup.book(), part["tree"], run.known_at, bucket=(number, parts))

    def tick(done: int, of: int) -> None:
        context.stop_if_cancelled()
        context.progress(done, of)

    with snapshot.opened() as tables:
        try:
            snapshot.load(tables, part["snapshot"])
        except Missing as gone:
            raise Refused(
                _("The register of this comparison is no longer kept: ask for a new one.")
            ) from gone
        return evaluate(tables, asked, [standard(code) for code in part["standards"]], tick=tick)


def _told(answer: Answer) -> dict[str, Any]:
    return {
        "subjects": answer.subjects,
        "findings": len(answer.judged),
        "silent": answer.silent,
        "error": answer.error,
        "seconds": round(answer.seconds, 3),
        "line": answer.line_digest,
        "contract": answer.contract,
    }
