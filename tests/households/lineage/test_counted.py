"""Who counts in the category of a monitored household follows its family events; earlier days keep their counts."""

import datetime

from foundation.accounts.models import User
from households.lineage.acting import perform
from households.lineage.planning import Splitting, Told, plan_departure, plan_joining, plan_split
from households.lineage.plans import Kind, Newcomer
from households.lineage.undoing import undo
from households.models import Household, LineageAct, Standing, StandingMember
from households.monitored.summary import summary
from tests.households.arriving import arrive
from tests.households.families import HEAD, MOTHER, SON, SPOUSE, id_number, make_household, stand
from tests.people import COUNTY, VILLAGE

D = datetime.date
THEN, BEFORE, TODAY = D(2026, 11, 2), D(2026, 11, 1), D(2026, 11, 4)
TOLD = Told(THEN, "", "户口簿")
People = dict[str, User]


def monitored(people: People) -> tuple[Household, Standing]:
    home = make_household("YS000001", "沈立夏", "柳霜降", "沈小满", "何冬至", by=people["xian"])
    standing = stand(home, "marginal", from_day=D(2026, 3, 1))
    StandingMember.objects.bulk_create(
        StandingMember(standing=standing, resident=each, revision=standing.revision)
        for each in home.residents.all()
    )
    return home, standing


def persons(people: People, on: datetime.date) -> int:
    return summary(people["xian"], VILLAGE, on).current.total.persons


def test_a_newborn_counts_from_the_day_and_not_before(people: People) -> None:
    home, standing = monitored(people)
    number = id_number(COUNTY, D(2026, 10, 20), 622)
    arrive(home, Newcomer("沈小雪", number, SON), THEN, by=people["cun"], kind=Kind.BIRTH)
    child = StandingMember.objects.get(resident__name="沈小雪")
    assert (child.standing_id, child.from_day) == (standing.pk, THEN)
    assert (persons(people, BEFORE), persons(people, THEN), persons(people, TODAY)) == (4, 5, 5)
    undo(LineageAct.objects.get(), by=people["cun"], reason="录错户")
    assert (StandingMember.objects.count(), persons(people, TODAY)) == (4, 4)


def test_who_died_counts_until_the_day(people: People) -> None:
    home, _standing = monitored(people)
    plan = plan_departure(home.residents.get(relation=MOTHER), "died", TOLD, by=people["cun"])
    act = perform(plan, by=people["cun"])
    assert (persons(people, BEFORE), persons(people, THEN)) == (4, 3)
    undo(act, by=people["cun"], reason="同名误录")
    assert (persons(people, BEFORE), persons(people, THEN)) == (4, 4)


def test_who_married_in_from_another_household_counts_here(people: People) -> None:
    home, standing = monitored(people)
    other = make_household("YS000002", "杜谷雨", "万清明", by=people["xian"])
    bride = other.residents.get(relation=SPOUSE)
    act = perform(plan_joining(bride, home, Kind.MARRIAGE, "05", TOLD, by=people["cun"]), by=people["cun"])
    assert (persons(people, BEFORE), persons(people, TODAY)) == (4, 5)
    undo(act, by=people["cun"], reason="没有领证")
    assert standing.members.counted().count() == 4


def test_who_splits_off_counts_no_more_and_the_new_household_has_a_first_day(people: People) -> None:
    home, _standing = monitored(people)
    mother = home.residents.get(relation=MOTHER)
    act = perform(plan_split(home, Splitting({mother.pk: HEAD}), TOLD, by=people["cun"]), by=people["cun"])
    assert (persons(people, BEFORE), persons(people, TODAY)) == (4, 3)
    new = Household.objects.get(code="YS000001-1")
    assert new.began_on == THEN
    days = [Household.objects.living(day).filter(area=VILLAGE).count() for day in (BEFORE, THEN, TODAY)]
    assert days == [1, 2, 2]
    undo(act, by=people["cun"], reason="没有分户")
    assert persons(people, TODAY) == 4
