"""What is told late leaves the days in between right: nobody in two households, or in one that is not there."""

import datetime

import pytest
from django.db.models import Count
from django.db.models.functions import Left

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from households.departures import take_back
from households.lineage.acting import perform
from households.lineage.planning import Splitting, Told, plan_joining, plan_merge, plan_split
from households.lineage.plans import Kind, Newcomer
from households.lineage.undoing import undo
from households.models import FormerArea, Household, Resident
from households.moving import past
from tests.households.arriving import arrive
from tests.households.departing import depart
from tests.households.families import HEAD, MOTHER, SPOUSE, make_household
from tests.households.moving.moved import NEXT_VILLAGE, proposed
from tests.people import VILLAGE

People = dict[str, User]
D = datetime.date
TODAY, EARLY, LATE = D(2026, 11, 4), D(2026, 11, 1), D(2026, 11, 3)
pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def other(people: People) -> Household:
    """A second family of the village."""
    return make_household("YS000002", "杜谷雨", "万清明", by=people["xian"])


def left(home: Household, relation: str, on: D, by: User) -> Resident:
    """Let a member have left on a day."""
    one: Resident = home.residents.get(relation=relation, left_on__isnull=True)
    depart(one, Resident.Departure.OTHER, on, by=by, seen=one.revision_id)
    one.refresh_from_db()
    return one


def came(one: Resident, home: Household, on: D, by: User) -> Resident:
    """Let somebody whom the register knows come to a household on a day."""
    return arrive(home, Newcomer(one.name, "", "28", identity=one.identity_id), on, by=by)


def test_nobody_comes_before_they_left_where_they_were(
    people: People, home: Household, other: Household
) -> None:
    mother = left(home, MOTHER, LATE, people["cun"])
    with pytest.raises(Refused, match="until 2026-11-03") as refused:
        came(mother, other, EARLY, people["cun"])
    assert refused.value.field == "happened_on"
    assert came(mother, other, LATE, people["cun"]).came_on == LATE


def test_who_lived_elsewhere_since_is_not_simply_back(
    people: People, home: Household, other: Household
) -> None:
    mother = left(home, MOTHER, EARLY, people["cun"])
    row = came(mother, other, EARLY, people["cun"])
    depart(row, Resident.Departure.OTHER, LATE, by=people["cun"], seen=row.revision_id)
    with pytest.raises(Refused, match="came to another household on 2026-11-01"):
        take_back(mother, by=people["cun"], seen=mother.revision_id, reason="误录")
    mother.refresh_from_db()
    assert mother.left_on == EARLY


def test_a_household_is_not_closed_before_its_last_member_left(
    people: People, home: Household, other: Household
) -> None:
    left(other, SPOUSE, LATE, people["cun"])
    head = other.residents.get(relation=HEAD)
    for plan in (
        lambda on: plan_merge(other, home, {head.pk: "28"}, Told(on), by=people["cun"]),
        lambda on: plan_joining(head, home, Kind.MARRIAGE, "28", Told(on), by=people["cun"]),
    ):
        with pytest.raises(Refused, match="until 2026-11-03"):
            plan(EARLY)
        assert plan(LATE).dissolves


def test_nobody_lives_in_a_household_before_it_began(
    people: People, home: Household, other: Household
) -> None:
    mother = home.residents.get(relation=MOTHER)
    act = perform(
        plan_split(home, Splitting({mother.pk: HEAD}), Told(LATE), by=people["cun"]), by=people["cun"]
    )
    made = act.parts.get(role="founded").household
    assert made is not None
    spouse = other.residents.get(relation=SPOUSE)
    for join in (
        lambda on: plan_joining(spouse, made, Kind.MARRIAGE, "28", Told(on), by=people["cun"]),
        lambda on: plan_merge(
            other, made, {each.pk: "28" for each in other.residents.all()}, Told(on), by=people["cun"]
        ),
    ):
        with pytest.raises(Refused, match="began on 2026-11-03"):
            join(EARLY)
        join(LATE)


def test_who_returns_to_a_closed_household_is_refused(
    people: People, home: Household, other: Household
) -> None:
    spouse = other.residents.get(relation=SPOUSE)
    Resident.objects.filter(pk=spouse.pk).update(left_on=EARLY, departure="moved_out")
    head = other.residents.get(relation=HEAD)
    perform(plan_merge(other, home, {head.pk: "28"}, Told(LATE), by=people["cun"]), by=people["cun"])
    spouse.refresh_from_db()
    with pytest.raises(Refused, match=other.code):
        take_back(spouse, by=people["cun"], seen=spouse.revision_id, reason="误录")
    spouse.refresh_from_db()
    assert spouse.left_on == EARLY


def test_who_split_off_before_a_move_is_counted_where_the_household_was(
    people: People, home: Household
) -> None:
    with clock.at(LATE):
        proposed(people, home, to=NEXT_VILLAGE, by="zhen")
    home.refresh_from_db()
    mother = home.residents.get(relation=MOTHER)
    act = perform(
        plan_split(home, Splitting({mother.pk: HEAD}), Told(EARLY), by=people["zhen"]), by=people["zhen"]
    )
    for day, village in ((EARLY, VILLAGE), (LATE, NEXT_VILLAGE), (TODAY, NEXT_VILLAGE)):
        rows = Resident.objects.present(day).order_by().annotate(village=Left(past.area_on(day), 12))
        assert dict(rows.values_list("village").annotate(Count("pk"))) == {village: 4}
    undo(act, by=people["zhen"], reason="没有分户")
    assert FormerArea.objects.values_list("household", flat=True).get() == home.pk
