"""Income sheets for tests: what departments deliver of a household, and what a helper says of it."""

import datetime
from decimal import Decimal
from typing import Any

from assistance.income import confirming, drafting
from assistance.income.confirming import NewRisk
from assistance.income.drafting import Entered, Said, mark_of, period_of
from assistance.income.reading import fed_of
from assistance.models import Case, IncomeSheet
from foundation.accounts.models import User
from households.income.periods import Period
from households.models import Household
from monitoring.models import Delivery
from tests.monitoring.feeds import delivered, number_of

#: The period of the yearly collection on the day of the tests (2026-11-04), and the one before.
PERIOD = Period(datetime.date(2025, 10, 1), datetime.date(2026, 9, 30))
BEFORE = Period(datetime.date(2024, 10, 1), datetime.date(2025, 9, 30))


def dibao(home: Household, month: str, *amounts: str, by: User, **named: Any) -> Delivery:
    """Deliver the roll of a month: amounts of the first members of the household, in their order."""
    members = home.residents.order_by("pk")
    rows = [
        {
            "身份证号": number_of(who),
            "姓名": who.name,
            "保障类别": "B",
            "月保障金额": amount,
            "起始日期": "2025-01-01",
        }
        for who, amount in zip(members, amounts, strict=False)
    ]
    return delivered("dibao_roll", rows, by=by, period=month, **named)


def aid(home: Household, *rows: tuple[str, str], by: User, period: str = "2026-10") -> Delivery:
    """Deliver temporary aid of the head: (day, amount) each."""
    head = home.residents.get(relation="01")
    told = [
        {
            "身份证号": number_of(head),
            "姓名": head.name,
            "救助日期": day,
            "救助原因": "突发疾病",
            "金额": amount,
        }
        for day, amount in rows
    ]
    return delivered("temporary_aid", told, by=by, period=period)


def settled(home: Household, *rows: dict[str, str], by: User, period: str = "2026-10") -> Delivery:
    """Deliver settlements of the head; each row has its day, its number and what it cost."""
    head = home.residents.get(relation="01")
    headers = (
        "结算流水号", "身份证号", "姓名", "就诊类别", "结算日期", "医疗总费用", "政策范围内费用", "基本医保报销",
        "大病保险报销", "医疗救助", "个人自付",
    )  # fmt: skip
    who = {"身份证号": number_of(head), "姓名": head.name, "就诊类别": "住院"}
    told = [{header: ({**who, **row}).get(header, "") for header in headers} for row in rows]
    return delivered("medical_settlement", told, by=by, period=period)


def said(sheet: IncomeSheet, members: int = 4, *, notes: dict[str, str] | None = None, **items: str) -> Said:
    """Return what stands in the draft, with other amounts for some items ("" takes one out), lists as they are now."""
    fed = fed_of(sheet.case.household, period_of(sheet))
    told = {line.code: Entered(line.amount, line.note) for line in sheet.lines.all()}
    for code, amount in items.items():
        told[code] = Entered(Decimal(amount) if amount else None, (notes or {}).get(code, ""))
    return Said(told, members, mark_of(fed, sheet.lines.all()))


def confirmed(
    case: Case,
    by: User,
    period: Period = PERIOD,
    *,
    risk: NewRisk | None = None,
    members: int = 4,
    **items: str,
) -> IncomeSheet:
    """Begin the sheet of a period and confirm it with some items."""
    sheet = drafting.begin(case, period, by=by)
    return confirming.confirm(sheet, said(sheet, members, **items), by=by, risk=risk)
