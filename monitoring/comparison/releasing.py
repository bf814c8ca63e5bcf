"""What a person decides about findings that the brake holds: they go on to become warnings, or they are taken back."""

from collections import Counter
from collections.abc import Collection

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.models.areas import CODE_LENGTHS
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.ledger.record import Act, Actor, record_many
from monitoring.comparison.brake import REFUSED
from monitoring.comparison.writing import LOCK
from monitoring.followers import findings_written
from monitoring.models import Finding, Run, RunStandard

_COUNTY = CODE_LENGTHS[2]
_LONGEST_REASON = 200


@transaction.atomic
def release_held(findings: Collection[int], *, reason: str, by: User) -> int:
    """Let held findings go on, with a reason; returns how many. Who takes up findings is told of them at once."""
    held, actor = _held(findings, reason, by)
    chosen = [each.pk for each in held]
    Finding.objects.filter(pk__in=chosen).update(
        result=Finding.Result.NEW, held_because="", taken_at=None, found_at=timezone.now()
    )
    for run in Run.objects.filter(pk__in={each.run_id for each in held}).order_by("pk"):
        taken = findings_written(run, by=by)
        Run.objects.filter(pk=run.pk).update(
            alerts_raised=F("alerts_raised") + taken.alerts_raised,
            signals_attached=F("signals_attached") + taken.signals_attached,
        )
    _move_counts(chosen)
    _record("findings.released", held, reason, actor)
    return len(held)


@transaction.atomic
def refuse_held(findings: Collection[int], *, reason: str, by: User) -> int:
    """Take held findings back, with a reason; returns how many.

    The same finding on the same rows is held as refused when it is found again, and asked about no more; on other
    rows it is a new one.
    """
    held, actor = _held(findings, reason, by)
    Finding.objects.filter(pk__in=[each.pk for each in held]).update(
        held_because=REFUSED, retracted_at=timezone.now(), retracted_why=reason[:_LONGEST_REASON]
    )
    _record("findings.refused", held, reason, actor)
    return len(held)


def _held(findings: Collection[int], reason: str, by: User) -> tuple[list[Finding], Actor]:
    """Lock the findings that are still held; refuse without a reason, without the right, and where none is."""
    if not reason.strip():
        raise Refused(_("Give a reason."), field="reason")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    rows = Finding.objects.living().filter(pk__in=list(findings), result=Finding.Result.HELD)
    held = list(rows.order_by("pk"))
    if not held:
        raise Refused(_("Nothing is held back here any more."))
    counties = sorted({each.area_id[:_COUNTY] for each in held})
    actors = [by.authority(Right.RUN_COMPARISON, county) for county in counties]
    return held, actors[0]


def _move_counts(chosen: list[int]) -> None:
    """Count what is no longer held as what it became."""
    rows = Finding.objects.filter(pk__in=chosen).values_list("run", "standard", "result")
    for (run, code, result), count in Counter(rows).items():
        RunStandard.objects.filter(run=run, standard=code).update(
            **{"held": F("held") - count, result: F(result) + count}
        )


def _record(verb: str, held: list[Finding], reason: str, actor: Actor) -> None:
    """Write one entry for each run, standard and county."""
    groups = Counter((each.run_id, each.standard_id, each.area_id[:_COUNTY]) for each in held)
    record_many(
        [
            Act(
                verb=verb,
                object_type="monitoring.run",
                object_id=str(run),
                happened_on=clock.today(),
                entered_on=clock.today(),
                area=county,
                basis=reason,
                details={"standard": code, "findings": count},
            )
            for (run, code, county), count in sorted(groups.items())
        ],
        by=actor,
    )
