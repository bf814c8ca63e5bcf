"""Comparisons and findings for tests of pages: as a run leaves them, without data behind them."""

import datetime
from decimal import Decimal
from itertools import count
from typing import Any

from django.utils import timezone

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.jobs.models import Job, State
from foundation.regulations.models import Value
from foundation.regulations.models.values import Kind, Origin
from foundation.regulations.revision import VALUES, renew
from foundation.regulations.sources import SourceKind
from households.models import Household
from monitoring.comparison.asking import KIND
from monitoring.models import DeclaredStandard, Finding, Run, RunStandard
from tests.people import COUNTY

_number = count(1)
PAID, DROPPED = "medical_self_paid_year", "school_dropout"


def ran(
    by: User,
    *,
    area: str = COUNTY,
    state: str = "done",
    results: dict[str, dict[str, Any]] | None = None,
    **columns: Any,
) -> Run:
    """Make a comparison whose work is in a state, with the results of its standards."""
    ended = timezone.now() if state in (State.DONE, State.FAILED, State.CANCELLED) else None
    job = Job.objects.create(
        kind=KIND, params={"run": 0}, asked_by=by, area=area, state=state, finished_at=ended
    )
    done = {"ended_at": timezone.now(), "seconds": 12.34} if state == State.DONE else {}
    run = Run.objects.create(
        **{"area_id": area, "as_of": clock.today(), "cause": Run.Cause.HAND, "by": by, "job": job.uuid}
        | done
        | columns
    )
    for code, counts in (results or {}).items():
        found = sum(counts.get(name, 0) for name in ("new", "repeated", "cooled_down", "held"))
        digest = DeclaredStandard.objects.get(pk=code).digest
        defaults = {"digest": digest, "findings": found, "subjects": found, "found": {COUNTY: found}}
        RunStandard.objects.create(run=run, standard_id=code, **defaults | counts)
    return run


def found(run: Run, household: Household, standard: str = PAID, **columns: Any) -> Finding:
    """Make a finding about the head of a household, of one row."""
    amount = columns.pop("measured", Decimal("15210.00"))
    said: dict[str, Any] = {
        "standard_id": standard,
        "household": household,
        "resident": household.residents.order_by("relation").first(),
        "area": household.area,
        "run": run,
        "first_run": run,
        "result": Finding.Result.NEW,
        "as_of": run.as_of,
        "day": run.as_of - datetime.timedelta(days=3),
        "window_last": run.as_of,
        "population": "other",
        "measured": amount,
        "line": Decimal(10000),
        "comparator": ">=",
        "rows": 1,
        "evidence": [
            {
                "delivery": 7,
                "digest": "0" * 64,
                "line": 2,
                "sheet": "",
                "seq": 1,
                "day": "2026-10-05",
                "value": f"{amount:.2f}",
            }
        ],
        "digest": f"{next(_number):064x}",
    }
    made: Finding = Finding.objects.create(**said | columns)
    return made


def switched_off(key: str, area: str = COUNTY) -> None:
    """Let an area say no to a regulation value."""
    Value.objects.create(
        subject_id=key,
        area=area,
        origin=Origin.LOCAL,
        from_day=datetime.date(2026, 1, 1),
        kind=Kind.YES_NO,
        unit="yes/no",
        amount=0,
        source_kind=SourceKind.PROPOSAL,
        source_reason_zh="先由夜间比对处理",
        fingerprint="0" * 64,
        loaded_on=datetime.date(2026, 1, 1),
    )
    renew(VALUES)
