"""Aid that the walks look at: a record of a department's measure on every case, a difference, and an explanation."""

import datetime
from collections.abc import Iterator
from decimal import Decimal

from assistance.models import AidExplanation, AidGap, AidRecord, Case, Measure
from foundation.accounts.models import User
from households.models import Household
from tests.house.planted_attachments import attached
from tests.house.planted_cases import a_case
from tests.house.planted_help import DEPARTMENT
from tests.house.things import DAY, Thing, of_the_place

_MONTH = datetime.date(2026, 10, 1)


def given(people: dict[str, User], homes: list[Household]) -> dict[str, list[Thing]]:
    """Let every household have an aid record, a difference and an explanation; by kind of thing."""
    made: dict[str, list[Thing]] = {}
    for home in homes:
        case = Case.objects.get(household=home)
        for kind, thing in _of(case, of_the_place(home.area_id, people)):
            made.setdefault(kind, []).append(thing)
    return made


def _of(case: Case, by: User) -> Iterator[tuple[str, Thing]]:
    head = case.household.residents.get(relation="01")
    measure = Measure.objects.get(case=case, state="asked")
    row = an_aid("recorded", case, by, resident=head, measure=measure)
    yield "aid_record", Thing(row.pk, case.area_id, department=DEPARTMENT)
    for thing in attached([row], by, "receipt"):
        yield "aid_file", thing
    gap = AidGap.objects.create(
        case=case, resident=head, feed="medical_aid", side="unrecorded", first_month=_MONTH, last_month=_MONTH
    )
    yield "aid_gap", Thing(gap.pk, case.area_id)
    told = AidExplanation.objects.create(
        case=case,
        resident=head,
        feed="medical_aid",
        side="unpaid",
        first_month=_MONTH,
        reason="-",
        said_on=DAY,
        by=by,
    )
    yield "aid_explanation", Thing(told.pk, case.area_id)


def an_aid(state: str, case: Case, by: User, **fields: object) -> AidRecord:
    """Return an aid record in a state as a row alone; `fields` over the usual ones."""
    usual: dict[str, object] = {
        "code": "medical_aid", "kind": "100A45", "name": "医疗救助", "per": "once", "landed_on": DAY,
        "amount": Decimal(2000), "recorded_on": DAY, "recorded_by": by, "touched_on": DAY, "version": 1,
    }  # fmt: skip
    made: AidRecord = AidRecord.objects.create(case=case, state=state, **usual | fields)
    return made


def an_aid_of_its_own(state: str, people: dict[str, User]) -> AidRecord:
    """Return an aid record in a state, on a case of its own (for the walk of the lifecycles)."""
    return an_aid(state, a_case("enrolled", people), people["xian"])
