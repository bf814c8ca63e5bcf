"""The end of a run: what its parts found becomes findings, set-wise, and everybody above is told.

All of it in the transaction that ends the job; a run that was killed before it has written nothing.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.ledger.record import Act, record
from foundation.regulations import lookup
from monitoring.comparison import brake
from monitoring.comparison.retracting import retract
from monitoring.followers import findings_written
from monitoring.models import Finding, Run, RunStandard, StagedFinding
from monitoring.screening.book import standard as declared

#: One run at a time writes findings: two that meet the same pair must not both call it new.
LOCK = 6_000_061
_FOUND = (
    "population", "measured", "line", "comparator", "line_source", "day", "window_first", "window_last", "rows",
    "evidence", "consulted", "name_differs", "digest",
)  # fmt: skip


def end_run(run: Run, results: Sequence[Mapping[str, Any]], *, by: User) -> dict[str, RunStandard]:
    """Write what a run found, take back what no longer stands, tell the followers; returns the results by standard."""
    actor = by.authority(Right.RUN_COMPARISON, run.area_id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    made = _results(run, results)
    _check_complete(run, made)
    digest = _digest(run)
    _meet(run)
    if not run.looks_back:
        _brake(run, made)
        _renew(run)
    _insert(run)
    if not run.looks_back:
        retract(run, [code for code, result in made.items() if not result.error])
    _count(run, made)
    run.ended_at = timezone.now()
    run.seconds = round((run.ended_at - run.asked_at).total_seconds(), 2)
    run.snapshots = {each["tree"]: each["snapshot"] for each in results}
    run.save(update_fields=["ended_at", "seconds", "snapshots"])
    if not run.looks_back:
        taken = findings_written(run, by=by)
        run.alerts_raised, run.signals_attached = taken.alerts_raised, taken.signals_attached
        run.save(update_fields=["alerts_raised", "signals_attached"])
        _count(run, made)
    StagedFinding.objects.filter(run=run).delete()
    record(_act(run, made, digest), by=actor)
    return made


def _results(run: Run, results: Sequence[Mapping[str, Any]]) -> dict[str, RunStandard]:
    """Add up what the parts say of each standard."""
    made: dict[str, RunStandard] = {}
    for part in results:
        for code, told in part["standards"].items():
            whole = made.setdefault(
                code, RunStandard(run=run, standard_id=code, digest=declared(code).digest, silent=True)
            )
            whole.silent = whole.silent and told["silent"]
            whole.subjects += told["subjects"]
            whole.findings += told["findings"]
            whole.new += told["findings"]
            whole.seconds += told["seconds"]
            whole.error = whole.error or told["error"][:400]
            tree = part["tree"]
            if told["findings"] or tree not in whole.found:
                whole.found[tree] = whole.found.get(tree, 0) + told["findings"]
            if told["line"] or tree not in whole.basis:
                whole.basis[tree] = {"line": told["line"], "contract": told["contract"]}
    RunStandard.objects.bulk_create(made.values())
    return made


def _check_complete(run: Run, made: Mapping[str, RunStandard]) -> None:
    """Refuse a run that was tried again after its parts had been tidied away."""
    if StagedFinding.objects.filter(run=run).count() != sum(each.findings for each in made.values()):
        raise Refused(_("What this comparison found is no longer kept: ask for a new one."))


def _meet(run: Run) -> None:
    """Find the living finding of each pair, or the one that a person refused and that stands on the same rows."""
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE monitoring_stagedfinding AS staged SET finding = finding.id,
                held_because = CASE WHEN finding.result = 'held' THEN finding.held_because ELSE '' END
            FROM monitoring_finding AS finding
            WHERE staged.run_id = %s AND finding.standard_id = staged.standard
                AND finding.household_id = staged.household
                AND finding.resident_id IS NOT DISTINCT FROM staged.resident
                AND NOT finding.looks_back AND finding.retracted_at IS NULL""",
            [run.pk],
        )
        if run.looks_back:
            return
        cursor.execute(
            """UPDATE monitoring_stagedfinding AS staged SET finding = refused.id, held_because = refused.held_because
            FROM (
                SELECT DISTINCT ON (standard_id, household_id, resident_id) id, standard_id, household_id,
                    resident_id, digest, held_because
                FROM monitoring_finding WHERE held_because = %s AND retracted_at IS NOT NULL AND area_id LIKE %s
                ORDER BY standard_id, household_id, resident_id, id DESC
            ) AS refused
            WHERE staged.run_id = %s AND staged.finding IS NULL AND refused.standard_id = staged.standard
                AND refused.household_id = staged.household AND refused.digest = staged.digest
                AND refused.resident_id IS NOT DISTINCT FROM staged.resident""",
            [brake.REFUSED, f"{run.area_id}%", run.pk],
        )


def _brake(run: Run, made: Mapping[str, RunStandard]) -> None:
    """Hold the new findings of standards that the brake stops."""
    staged = StagedFinding.objects.filter(run=run)
    book = lookup.book()
    groups = staged.values("standard", "tree").annotate(
        findings=Count("pk"), households=Count("household", distinct=True)
    )
    for group in groups.order_by("standard", "tree"):
        result = made[group["standard"]]
        found = brake.Found(group["findings"], group["households"], result.basis[group["tree"]])
        why = brake.held_because(declared(group["standard"]), group["tree"], found, run, book)
        if why:
            these = staged.filter(standard=group["standard"], tree=group["tree"])
            these.filter(finding__isnull=True).update(held_because=why)


def _renew(run: Run) -> None:
    """Write what was found again over what stood there."""
    columns = ", ".join(f"{name} = staged.{name}" for name in _FOUND)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""UPDATE monitoring_finding AS finding SET {columns}, run_id = staged.run_id,
                area_id = staged.village, line_value_id = staged.line_value, as_of = %s, found_at = %s,
                taken_at = NULL, held_because = staged.held_because,
                result = CASE WHEN staged.held_because = '' THEN 'repeated' ELSE 'held' END
            FROM monitoring_stagedfinding AS staged
            WHERE staged.run_id = %s AND finding.id = staged.finding""",  # noqa: S608  (columns of ours)
            [run.as_of, timezone.now(), run.pk],
        )


def _insert(run: Run) -> None:
    """Write what was not there; of a run that looks back, everything, beside what stands."""
    columns = ", ".join(_FOUND)
    new = "" if run.looks_back else "AND staged.finding IS NULL"
    with connection.cursor() as cursor:
        cursor.execute(
            f"""INSERT INTO monitoring_finding ({columns}, standard_id, household_id, resident_id, area_id, run_id,
                first_run_id, looks_back, result, held_because, as_of, line_value_id, found_at, retracted_why)
            SELECT {columns}, standard, household, resident, village, run_id, run_id, %(back)s,
                CASE WHEN held_because <> '' AND NOT %(back)s THEN 'held' WHEN finding IS NULL THEN 'new'
                    ELSE 'repeated' END,
                CASE WHEN %(back)s THEN '' ELSE held_because END, %(as_of)s, line_value, %(now)s, ''
            FROM monitoring_stagedfinding AS staged WHERE staged.run_id = %(run)s {new}
            ORDER BY standard, household, resident""",  # noqa: S608  (columns of ours)
            {"back": run.looks_back, "as_of": run.as_of, "now": timezone.now(), "run": run.pk},
        )


def _count(run: Run, made: Mapping[str, RunStandard]) -> None:
    """Write down of each standard how many findings of each kind there are."""
    of = {
        (code, result): count
        for code, result, count in Finding.objects.filter(run=run)
        .order_by()
        .values_list("standard", "result")
        .annotate(count=Count("pk"))
    }
    back = dict(
        Finding.objects.filter(retracted_by_run=run)
        .order_by()
        .values_list("standard")
        .annotate(count=Count("pk"))
    )
    for code, result in made.items():
        for name in ("new", "repeated", "cooled_down", "held"):
            setattr(result, name, of.get((code, name), 0))
        result.retracted = back.get(code, 0)
    RunStandard.objects.bulk_update(
        made.values(), ["new", "repeated", "cooled_down", "held", "retracted"], batch_size=200
    )


def _digest(run: Run) -> str:
    """Return a digest over the digests of everything that was found."""
    seen = hashlib.sha256()
    rows = StagedFinding.objects.filter(run=run).order_by("standard", "household", "resident")
    for digest in rows.values_list("digest", flat=True).iterator():
        seen.update(digest.encode())
    return seen.hexdigest()


def _act(run: Run, made: Mapping[str, RunStandard], digest: str) -> Act:
    counted = ("subjects", "findings", "new", "repeated", "cooled_down", "held", "retracted")
    return Act(
        verb="comparison.ended",
        object_type="monitoring.run",
        object_id=str(run.pk),
        happened_on=clock.today(),
        entered_on=clock.today(),
        area=run.area_id,
        details={
            "as_of": run.as_of,
            "looks_back": run.looks_back,
            "findings": digest,
            "snapshots": run.snapshots,
            "standards": {
                code: {name: getattr(result, name) for name in counted} | {"declaration": result.digest}
                for code, result in sorted(made.items())
            },
        },
    )
