"""Income sheets that the walks look at: one of every household, confirmed, with a list that changed since."""

import datetime
from decimal import Decimal

from assistance.models import Case, IncomeChange, IncomeLine, IncomeSheet
from foundation.accounts.models import User
from households.models import Household
from tests.house.planted_cases import a_case
from tests.house.things import DAY, Thing, of_the_place


def collected(people: dict[str, User], homes: list[Household]) -> dict[str, list[Thing]]:
    """Let the sheet of every household be confirmed, and a list change afterwards; by kind of thing."""
    made: dict[str, list[Thing]] = {"income_sheet": [], "income_change": []}
    for home in homes:
        case = Case.objects.get(household=home)
        sheet = a_sheet("confirmed", case, of_the_place(home.area_id, people))
        change = IncomeChange.objects.create(
            sheet=sheet, code="D2", before=Decimal(400), amount=Decimal(420), found_on=DAY
        )
        made["income_sheet"].append(Thing(sheet.pk, case.area_id))
        made["income_change"].append(Thing(change.pk, case.area_id))
    return made


def a_sheet(state: str, case: Case, by: User) -> IncomeSheet:
    """Return a sheet in a state as a row alone, with one item."""
    made: IncomeSheet = IncomeSheet.objects.create(
        case=case, from_day=datetime.date(2025, 10, 1), until_day=datetime.date(2026, 9, 30), number=1,
        begun_on=DAY, begun_by=by, members=2, confirmed_on=DAY, confirmed_by=by, net_income=20_000, net_per_head=10_000,
        reference_income=20_000, reference_per_head=10_000, state="draft", version=1,
    )  # fmt: skip
    IncomeLine.objects.create(sheet=made, code="A", amount=20_000, source="typed", by=by, on=DAY)
    IncomeSheet.objects.filter(pk=made.pk).update(state=state)
    made.state = state
    return made


def an_income_sheet(state: str, people: dict[str, User]) -> IncomeSheet:
    """Return a sheet in a state, on a case of its own (for the walk of the lifecycles)."""
    return a_sheet(state, a_case("enrolled", people), people["xian"])
