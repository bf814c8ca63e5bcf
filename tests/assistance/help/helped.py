"""A monitored household whose members the register knows well, as rows alone."""

import datetime

from assistance.measures.ticking import Tick, tick
from assistance.models import Case, Measure
from foundation.accounts import clock
from foundation.accounts.models import User
from households.models import Household, Resident
from tests.house.planted_cases import a_case_of


def monitored(home: Household, *risks: str, **fields: object) -> Case:
    """Return a decided case of a household: the head ill, the spouse able, a pupil, an old one."""
    facts = [
        {"health": ["4"], "labour": "3", "education": "03", "born_on": day(50), "insured": True},
        {"health": ["1"], "labour": "1", "education": "03", "born_on": day(46), "insured": True},
        {"health": ["1"], "labour": "5", "school_stage": "04", "born_on": day(12), "insured": True},
        {"health": ["2"], "labour": "5", "education": "01", "born_on": day(74), "insured": True},
    ]
    people = Resident.objects.present().filter(household=home).order_by("pk")
    for resident, known in zip(people, facts, strict=False):
        Resident.objects.filter(pk=resident.pk).update(**{"school_stage": ""} | known)
    usual = {
        "state": "enrolled",
        "risk_types": list(risks or ("01", "09")),
        "decided_on": clock.today(),
        "version": 1,
    }
    return a_case_of(home, **usual | fields)


def day(years: int) -> datetime.date:
    """Return a birthday so many years ago."""
    today = clock.today()
    return today.replace(year=today.year - years, day=1)


def member(case: Case, number: int) -> Resident:
    """Return a member by place: 0 head, 1 spouse, 2 pupil, 3 old and disabled."""
    return Resident.objects.filter(household=case.household_id).order_by("pk")[number]


def ticked(case: Case, by: User, *codes: tuple[str, int | None, str]) -> list[Measure]:
    """Tick measures: code, number of the member or None, risk."""
    ticks = [
        Tick(code, member(case, number).pk if number is not None else None, risk)
        for code, number, risk in codes
    ]
    return tick(case, ticks, by=by).made


#: A measure against each risk of `monitored`, and one that develops the household.
ENOUGH = (("medical_aid", 0, "01"), ("fee_reduction", 2, "09"), ("job_referral", 1, ""))
