"""Aid for tests: said in a line, recorded by the village."""

import datetime
from decimal import Decimal
from typing import Any

from assistance.aid.checking import Aid
from assistance.aid.recording import record_aid
from assistance.models import AidRecord, Case
from foundation.accounts.models import User
from households.models import Resident
from tests.assistance.help.helped import member
from tests.monitoring.feeds import number_of

DAY = datetime.date(2026, 10, 20)


def aid(case: Case, code: str = "dibao", **given: Any) -> Aid:
    """Return an aid for the head, 420 yuan a month since September, `given` over it."""
    usual: dict[str, Any] = {
        "landed_on": datetime.date(2026, 9, 1), "per": "month", "resident": member(case, 0).pk, "amount": Decimal(420),
    }  # fmt: skip
    return Aid(code, **usual | given)


def once(case: Case, code: str = "medical_aid", **given: Any) -> Aid:
    """Return an aid of one day for the head."""
    return aid(case, code, **{"per": "once", "landed_on": DAY, "amount": Decimal(2000)} | given)


def recorded(case: Case, by: User, said: Aid | None = None) -> AidRecord:
    """Record an aid, and read it as pages do."""
    made = record_aid(case, said or aid(case), by=by)
    return AidRecord.objects.select_related("case__household", "measure").get(pk=made.pk)


def roll_row(person: Resident, amount: str = "420.00") -> dict[str, str]:
    """Return the row of a member in the dibao roll."""
    return {
        "身份证号": number_of(person), "姓名": person.name, "保障类别": "B", "月保障金额": amount,
        "起始日期": "2026-01-01",
    }  # fmt: skip


def aid_row(person: Resident, day: str, amount: str = "2000.00") -> dict[str, str]:
    """Return the row of a member in the list of temporary aid."""
    return {
        "身份证号": number_of(person),
        "姓名": person.name,
        "救助日期": day,
        "救助原因": "",
        "金额": amount,
    }
