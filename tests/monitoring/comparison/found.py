"""Families and deliveries that the comparison speaks of, and a comparison in this process."""

import datetime
from typing import Any

from foundation.accounts.models import User
from households.identity.numbers import check_character
from households.models import Household, Resident
from monitoring.comparison.asking import ask_run, run_now
from monitoring.models import Delivery, Run
from tests.households.families import HEAD
from tests.monitoring.feeds import delivered, number_of
from tests.people import COUNTY

AS_OF = datetime.date(2026, 11, 4)


def member(home: Household, relation: str = HEAD) -> Resident:
    """Return a member of a household with the identity."""
    return home.residents.select_related("identity").get(relation=relation)


def settled(person: Resident, day: str, own: str, **cells: Any) -> dict[str, Any]:
    """Return a stay in hospital of somebody, paid on a day."""
    return {
        "结算流水号": f"J{person.pk}-{day}", "身份证号": number_of(person), "姓名": person.name, "就诊类别": "住院",
        "结算日期": day, "医疗总费用": own, "个人自付": own,
    } | cells  # fmt: skip


def of_nobody(number: str) -> str:
    """Return another number of the same birth date and sex, whose check digit is right: two digits wrong."""
    order = (int(number[14:17]) + 500) % 1000
    body = f"{number[:14]}{order:03d}"
    return body + check_character(body)


def in_benefit(person: Resident, by: User, period: str = "2026-10", area: str = COUNTY) -> Delivery:
    """Let somebody stand in the dibao roll of a month."""
    row = {
        "身份证号": number_of(person),
        "姓名": person.name,
        "保障类别": "A",
        "月保障金额": "520",
        "起始日期": "2025-01-01",
    }
    return delivered("dibao_roll", [row], by=by, period=period, area=area)


def cremated(person: Resident, by: User, day: str = "2026-10-09", area: str = COUNTY) -> Delivery:
    """Let somebody be cremated."""
    row = {"身份证号": number_of(person), "姓名": person.name, "火化日期": day}
    return delivered("cremation", [row], by=by, area=area)


def compared(*standards: str, on: datetime.date = AS_OF, area: str = COUNTY) -> Run:
    """Compare the households of the county with some standards, in this process."""
    shell = User.objects.built_in("shell")
    return run_now(ask_run(area, by=shell, as_of=on, standards=standards, ring=False))
