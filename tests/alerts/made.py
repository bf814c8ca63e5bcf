"""Runs and findings for tests of alerts: written as the comparison writes them, without an archive behind them."""

import datetime
from collections.abc import Iterable
from decimal import Decimal
from itertools import count
from typing import Any

from alerts.models import Alert
from alerts.raising import after_comparison
from foundation.accounts import clock
from foundation.accounts.models import User
from households.models import Household, Resident
from monitoring.followers import TakenUp
from monitoring.models import Finding, Run
from tests.people import COUNTY

DAY = datetime.date(2026, 11, 4)
_number = count(1)
#: standard → what was measured and its line, where a test does not say it.
USUAL = {
    "medical_single_stay": ("12600.00", "10000.00"),
    "medical_self_paid_year": ("31615.50", "26000.00"),
    "medical_self_paid_half_year": ("31615.50", "30000.00"),
    "large_loss_claim": ("25000.00", "20000.00"),
}


def run_of(
    by: User, as_of: datetime.date | None = None, *, looks_back: bool = False, area: str = COUNTY
) -> Run:
    """Make a run of a county that has found nothing yet."""
    made: Run = Run.objects.create(
        area_id=area, as_of=as_of or clock.today(), cause="night", by=by, looks_back=looks_back
    )
    return made


def find(
    run: Run,
    standard: str,
    household: Household,
    resident: Resident | None = None,
    measured: str = "",
    **fields: Any,
) -> Finding:
    """Let a run find a household or a member over the line of a standard: new, or renewed."""
    usual, line = USUAL.get(standard, ("1", "1"))
    columns: dict[str, Any] = {
        "area_id": household.area_id, "run": run, "as_of": run.as_of, "day": run.as_of, "window_last": run.as_of,
        "population": "other", "measured": Decimal(measured or usual), "line": Decimal(line), "comparator": ">=",
        "rows": 1, "evidence": [{"delivery": 1, "line": 2}], "digest": f"{next(_number):064d}",
        "looks_back": run.looks_back, "taken_at": None,
    } | fields  # fmt: skip
    known = Finding.objects.living().filter(standard=standard, household=household, resident=resident).first()
    if known is None or run.looks_back:
        made: Finding = Finding.objects.create(
            standard_id=standard,
            household=household,
            resident=resident,
            first_run=run,
            **{"result": "new"} | columns,
        )
        return made
    Finding.objects.filter(pk=known.pk).update(**{"result": "repeated"} | columns)
    known.refresh_from_db()
    return known


def take_back(run: Run, findings: Iterable[Finding], why: str = "the row was corrected") -> None:
    """Let a run take findings back."""
    Finding.objects.filter(pk__in=[each.pk for each in findings]).update(
        retracted_at=datetime.datetime.now(datetime.UTC), retracted_by_run=run, retracted_why=why
    )


def follow(run: Run) -> TakenUp:
    """Let the alerts follow a run."""
    return after_comparison(run, by=run.by)


def the_alert(household: Household) -> Alert:
    """Return the newest alert of a household."""
    found: Alert = Alert.objects.filter(household=household).order_by("-pk").select_related("household")[0]
    return found
