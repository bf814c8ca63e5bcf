"""Households that the village assistant of the served database was sent to, with what registers know of them."""

import datetime
from decimal import Decimal

from alerts.deciding import dispatch
from alerts.models import Alert
from alerts.verification.assigning import assign
from alerts.verification.moved import advance
from foundation.accounts.models import User
from foundation.workflow.move import Request
from households.identity import keeping
from households.income.stating import Stated, state
from households.models import Household, Identity
from tests.alerts.made import find, follow, run_of
from tests.people import NEIGHBOUR_COUNTY

#: One whose check is finished, and one whose form is begun and left.
FINISHED, BEGUN = "LX000051", "LX000050"
_DAY = datetime.date(2026, 11, 3)
_PHONES = {FINISHED: "13800002222", BEGUN: "13800003333"}


def plant_work() -> None:
    """Let a run find both, and the county and the township send the assistant there."""
    people = {name: User.objects.get(username=name) for name in ("lin_xian", "lin_zhen", "lin_cun")}
    homes = [Household.objects.get(code=code) for code in (FINISHED, BEGUN)]
    run = run_of(people["lin_xian"], area=NEIGHBOUR_COUNTY)
    for home in homes:
        number = _PHONES[home.code]
        home.phone_id = keeping.keep(Identity.Kind.PHONE, [number])[number]
        home.save(update_fields=["phone"])
        earned = {"A": "16000", "B": "5200.50", "C": "0", "D": "1240", "E": "2100", "F": "0"}
        stated = {code: Decimal(amount) for code, amount in earned.items()}
        state(home, Stated(stated, 1, _DAY), by=people["lin_xian"])
        find(run, "medical_single_stay", home, home.residents.get(), "31000.00")
    follow(run)
    for alert in Alert.objects.filter(household__in=homes).select_related("household"):
        dispatch(alert, Request("dispatch"), by=people["lin_xian"])
        # Here a meeting says who is visited, and two people go.
        advance(alert, Request("assess", reason="入户核实"), by=people["lin_zhen"])
        assign(alert, people["lin_cun"], by=people["lin_zhen"])
