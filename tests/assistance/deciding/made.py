"""Cases at a step of their chain, for tests of decisions: the steps before are marked as taken by the village."""

import datetime
from collections.abc import Sequence
from itertools import count
from typing import Any

from assistance.deciding.batches import Paper, review_many
from assistance.deciding.conclusion import confirm, work_out
from assistance.deciding.keeping import Chosen
from assistance.enrolment import chain
from assistance.enrolment.moved import follow
from assistance.models import Case, CaseMember, Conclusion
from foundation.accounts.models import User
from foundation.workflow import courses
from foundation.workflow.models import CourseStep
from households.models import Household, Questionnaire, Visit
from tests.households.families import make_household

DAY = datetime.date(2026, 11, 3)
#: S1 of the stories: net income 15,120.00 a head, reference income 7,966.13, line 8,800.
S1 = {
    "living_together": 4, "able_to_work": 2, "wages": "52000", "production": "9600", "production_cost": "4120",
    "property": "800", "transfers": "2200", "payouts": "3000", "medical_paid": "31615.50", "changes": ["illness"],
    "risks": ["01"], "income_part": "above", "expense_part": "heavy", "hardship_part": "some", "coping_part": "partly",
    "opinion": "propose", "found": "女儿住院三次，借了两万元",
}  # fmt: skip
_number = count(1)


def visit_of(home: Household, by: User, answers: dict[str, Any]) -> Visit:
    """Return a doorstep check as a row."""
    made: Visit = Visit.objects.create(
        household=home, area_id=home.area_id, happened_on=DAY, entered_on=DAY, entered_by=by, way="home",
        outcome="met", latitude=34.1, longitude=113.9, questionnaire=Questionnaire.objects.get(code="doorstep"),
        answers=answers, state="recorded", digest="0" * 64,
    )  # fmt: skip
    return made


def cases_at(
    step: str, homes: Sequence[Household], by: User, answers: dict[str, Any] | None = None
) -> list[Case]:
    """Return open cases of households that wait for a step, resting on a check of the household."""
    cases = [
        Case(
            household=home, area_id=home.area_id, origin="alert", opened_on=DAY, first_clue_on=DAY, state="open",
            visit=visit_of(home, by, S1 if answers is None else answers),
        )
        for home in homes
    ]  # fmt: skip
    Case.objects.bulk_create(cases)
    CaseMember.objects.bulk_create(
        CaseMember(case=case, resident=each) for case in cases for each in case.household.residents.present()
    )
    chain.begin(cases)
    taken = []
    for standing in courses.of(cases).values():
        codes = [each.code for each in standing.steps]
        taken += [
            CourseStep(course_id=standing.course, step=code, ending="done", by=by, on=DAY)
            for code in codes[: codes.index(step)]
        ]
    CourseStep.objects.bulk_create(taken)
    follow(cases, by=by)
    return cases


def case_at(step: str, people: dict[str, User], answers: dict[str, Any] | None = None) -> Case:
    """Return one such case, of a household of its own in the village."""
    home = make_household(f"YD{next(_number):06d}", "沈立夏", "柳霜降", by=people["xian"])
    return cases_at(step, [home], people["cun"], answers)[0]


def chosen_of(case: Case, **changes: Any) -> Chosen:
    """Return what is computed of a case, as somebody chooses it."""
    found = work_out(case)
    usual: dict[str, Any] = {
        "category": found.category, "risk_types": found.risk_types, "level": found.level,
        "no_labour": found.no_labour,
    }  # fmt: skip
    return Chosen(**usual | changes)


def concluded(case: Case, by: User) -> Conclusion:
    """Let somebody confirm what is computed of a case."""
    return confirm(case, chosen_of(case), by=by)


def at_decision(people: dict[str, User]) -> Case:
    """Return a case that the township has reviewed, and that waits for the county."""
    case = case_at("review", people)
    concluded(case, people["zhen"])
    review_many([case], Paper(datetime.date(2026, 11, 4)), by=people["zhen"])
    case.refresh_from_db()
    return case
