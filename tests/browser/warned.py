"""Warned households of the served database: the last ones of the neighbour county's village."""

from alerts.reporting import Told, report
from foundation.accounts.models import User
from households.models import Household
from tests.alerts.made import DAY, find, follow, run_of
from tests.people import NEIGHBOUR_COUNTY

#: Households by what was found on each: all of it, and only a stay in hospital.
MUCH, LITTLE = "LX000055", "LX000054"
#: Thirty households with a loss that their insurance paid for: a morning's work at the keyboard.
LOSSES = [f"LX{number:06d}" for number in (*range(11, 22), *range(23, 42))]


def plant_warnings(by: User) -> None:
    """Let a run find four households over a line, and somebody report on one."""
    homes = {code: Household.objects.get(code=code) for code in (MUCH, LITTLE, "LX000053", "LX000052")}
    run = run_of(by, area=NEIGHBOUR_COUNTY)
    for home in homes.values():
        find(run, "medical_single_stay", home, home.residents.get())
    find(run, "medical_self_paid_half_year", homes[MUCH], None, "61000.00")
    find(run, "house_unsafe", homes[MUCH])
    for home in Household.objects.filter(code__in=LOSSES).order_by("code"):
        find(run, "large_loss_claim", home, home.residents.get())
    follow(run)
    report(homes[MUCH], Told("self_report", DAY, "illness", "住院三次，借了两万元", "邻居"), by=by)
