"""Alerts on their way, for tests: each one brought to a state by the stage functions themselves."""

import datetime
from collections.abc import Sequence
from itertools import count

from alerts import deciding
from alerts.models import Alert
from alerts.verification import assigning
from alerts.verification.reported import Reported, report_visit
from foundation.accounts.models import User
from foundation.workflow.move import Request
from households.models import Household, Visit
from households.visits.told import Place, Told
from households.visits.writing import record_visit
from tests.alerts.made import find, follow, run_of, the_alert
from tests.households.families import make_household

DECLINED = Reported(Alert.Opinion.DECLINE, "not_eligible", "收入稳定")
PROPOSED = Reported(Alert.Opinion.PROPOSE, reason="支出太大")
_number = count(100)


def raised(people: dict[str, User], home: Household | None = None, standard: str = "house_unsafe") -> Alert:
    """Return the alert of a household (default: a new one in the village)."""
    home = home or make_household(f"YS{next(_number):06d}", "沈立夏", by=people["xian"])
    run = run_of(people["xian"])
    find(run, standard, home)
    follow(run)
    return the_alert(home)


def assigned(people: dict[str, User], home: Household | None = None, visitor: str = "cun") -> Alert:
    """Return an alert that somebody is sent for."""
    alert = deciding.dispatch(raised(people, home), Request("dispatch"), by=people["xian"])
    return assigning.assign(alert, people[visitor], by=people["zhen"])


def visited(
    alert: Alert,
    by: User,
    *,
    met: bool = True,
    on: datetime.date | None = None,
    visitors: Sequence[User] = (),
) -> Visit:
    """Write a visit down, or an attempt that met nobody."""
    told = Told(
        "home",
        outcome=Visit.Outcome.MET if met else Visit.Outcome.NOBODY,
        happened_on=on,
        answers={"risk_seen": "none", "found": "一切正常"} if met else {},
        met=list(alert.household.residents.present()[:1]) if met else (),
        place=Place(39.0, 83.0, 12),
        visitors=visitors,
    )
    return record_visit(alert.household, told, by=by)


def reported(people: dict[str, User], said: Reported = DECLINED, home: Household | None = None) -> Alert:
    """Return an alert whose visit the assistant of the village has reported."""
    alert = assigned(people, home)
    return report_visit(alert, visited(alert, people["cun"]), said, by=people["cun"])


def another_signal(people: dict[str, User], alert: Alert, standard: str = "water_unsafe") -> Alert:
    """Let a comparison find the household over another line; returns the alert as it is now."""
    run = run_of(people["xian"])
    find(run, standard, alert.household)
    follow(run)
    return the_alert(alert.household)
