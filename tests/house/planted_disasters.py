"""Disasters that the walks look at, one in every village, and what people say of cases of the old register."""

from collections.abc import Iterator

from assistance.models import Case, Disaster, DisasterHousehold, ImportedDay
from foundation.accounts.models import User
from households.models import Household, Standing
from tests.house.planted_attachments import attached
from tests.house.planted_cases import a_case_of
from tests.house.things import DAY, Thing
from tests.households.families import make_household
from tests.households.made import revision


def struck(people: dict[str, User], homes: list[Household]) -> dict[str, list[Thing]]:
    """Let every household be struck, and one more of its village be monitored with a case beside; by kind of thing."""
    return {
        "disaster": list(_disasters(people, homes)),
        "imported_double": list(_doubles(people, homes)),
    } | _days(homes, people)


def _days(homes: list[Household], people: dict[str, User]) -> dict[str, list[Thing]]:
    """Let the day of every case be put in, with a paper; by kind of thing."""
    cases = Case.objects.filter(household__in=homes).order_by("pk")
    rows = [
        ImportedDay.objects.create(case=case, day=DAY, paper="-", stated_on=DAY, by=people["shending"])
        for case in cases
    ]
    files = list(attached(rows, people["shending"], "identification"))
    return {"imported_day": [Thing(row.pk, row.area_code) for row in rows], "imported_day_file": files}


def _disasters(people: dict[str, User], homes: list[Household]) -> Iterator[Thing]:
    for home in homes:
        made = Disaster.objects.create(
            area=home.area,
            kind="0201",
            name=home.address,
            happened_on=DAY,
            opened_on=DAY,
            opened_by=people["zhen"],
        )
        DisasterHousehold.objects.create(
            disaster=made, household=home, harm="heavy", found="list", listed_on=DAY
        )
        yield Thing(made.pk, home.area_id)


def _doubles(people: dict[str, User], homes: list[Household]) -> Iterator[Thing]:
    for number, beside in enumerate(homes):
        home = make_household(f"YD{number:06d}", by=people["xian"], area=beside.area_id)
        wrote = revision(people["xian"])
        made = Standing.objects.create(
            household=home, kind="marginal", from_day=DAY, basis=wrote.kind, revision=wrote
        )
        a_case_of(home)
        yield Thing(made.pk, home.area_id)
