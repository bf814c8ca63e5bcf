"""Families and deliveries that the comparison speaks of, and a comparison in this process."""

import datetime
from typing import Any

from django.utils import timezone

from foundation.accounts.models import User
from households.identity.numbers import check_character
from households.models import Household, Resident
from monitoring.comparison.evaluating import judge_household
from monitoring.followers import findings_written
from monitoring.models import Delivery, Finding, Run
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


def in_benefit(person: Resident, by: User, period: str = "2026-10") -> Delivery:
    """Let somebody stand in the dibao roll of a month."""
    row = {
        "身份证号": number_of(person),
        "姓名": person.name,
        "保障类别": "A",
        "月保障金额": "520",
        "起始日期": "2025-01-01",
    }
    return delivered("dibao_roll", [row], by=by, period=period)


def cremated(person: Resident, by: User, day: str = "2026-10-09") -> Delivery:
    """Let somebody be cremated."""
    row = {"身份证号": number_of(person), "姓名": person.name, "火化日期": day}
    return delivered("cremation", [row], by=by)


def compared(home: Household, *standards: str, on: datetime.date = AS_OF) -> Run:
    """Compare a household, and return the run."""
    shell = User.objects.built_in("shell")
    run = Run.objects.create(
        area_id=COUNTY, as_of=on, standards=list(standards), cause=Run.Cause.HAND, by=shell
    )
    for each in judge_household(home, on, standards=standards):
        if each.fires:
            Finding.objects.update_or_create(
                standard_id=each.standard,
                household=home,
                resident_id=each.resident,
                looks_back=False,
                retracted_at=None,
                create_defaults=dict(first_run=run, **_columns(each, run)),
                defaults=_columns(each, run),
            )
    run.ended_at = timezone.now()
    run.save()
    findings_written(run, by=shell)
    return run


def _columns(each, run):
    return dict(
        standard_id=each.standard,
        household_id=each.household,
        resident_id=each.resident,
        area_id=each.area,
        run=run,
        result="new",
        as_of=run.as_of,
        day=each.day,
        window_first=each.window_first,
        window_last=each.window_last,
        population=each.population,
        measured=each.measured,
        line=each.line,
        comparator=each.comparator,
        line_value_id=each.line_value,
        line_source=each.line_source,
        rows=len(each.rows),
        evidence=[row.plain() for row in each.rows],
        consulted=list(each.consulted),
        digest=each.digest,
        name_differs=each.name_differs,
        taken_at=None,
    )
