"""Help that the walks look at: a measure of a department on every case, and a plan that waits."""

from collections.abc import Iterator

from assistance.models import Case, Measure, Plan, PlanLine
from foundation.accounts.models import User
from households.models import Household
from tests.house.planted_cases import a_case
from tests.house.things import DAY, Thing, of_the_place

#: The department of every measure of the walk; another one sees nothing of it.
DEPARTMENT = "medical_insurance"


def helped(people: dict[str, User], homes: list[Household]) -> dict[str, list[Thing]]:
    """Let a department be asked for the head of every household, and a plan wait; by kind of thing."""
    made: dict[str, list[Thing]] = {}
    for home in homes:
        case = Case.objects.get(household=home)
        for kind, thing in _of(case, of_the_place(home.area_id, people)):
            made.setdefault(kind, []).append(thing)
    return made


def _of(case: Case, by: User) -> Iterator[tuple[str, Thing]]:
    head = case.household.residents.get(relation="01")
    measure = a_measure("asked", case, by, resident=head, note="")
    yield "measure", Thing(measure.pk, case.area_id, department=DEPARTMENT)
    plan = a_plan("submitted", case, by)
    PlanLine.objects.create(plan=plan, measure=measure, risk_type="01", state="asked")
    yield "plan", Thing(plan.pk, case.area_id)


def a_measure(state: str, case: Case, by: User, **fields: object) -> Measure:
    """Return a measure in a state as a row alone; `fields` over the usual ones."""
    usual: dict[str, object] = {
        "code": "medical_aid", "kind": "100A45", "name": "医疗救助", "risk_type": "01", "department_id": DEPARTMENT,
        "ticked_on": DAY, "ticked_by": by, "asked_on": None if state == "proposed" else DAY, "version": 1,
        "landed_on": DAY if state == "landed" else None,
    }  # fmt: skip
    made: Measure = Measure.objects.create(case=case, state=state, **usual | fields)
    return made


def a_plan(state: str, case: Case, by: User) -> Plan:
    """Return a plan in a state as a row alone."""
    made: Plan = Plan.objects.create(
        case=case,
        number=case.plans.count() + 1,
        risk_types=["01"],
        made_on=DAY,
        made_by=by,
        state=state,
        version=1,
    )
    return made


def a_measure_of_its_own(state: str, people: dict[str, User]) -> Measure:
    """Return a measure in a state, on a case of its own (for the walk of the lifecycles)."""
    return a_measure(state, a_case("enrolled", people), people["xian"])


def a_plan_of_its_own(state: str, people: dict[str, User]) -> Plan:
    """Return a plan in a state, on a case of its own (for the walk of the lifecycles)."""
    return a_plan(state, a_case("enrolled", people), people["lin_xian"])
