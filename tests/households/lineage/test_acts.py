"""Family events between households of the register: one act each, written once, and taken back exactly."""

import dataclasses
import datetime
from typing import Any

import pytest

from foundation.accounts import kin
from foundation.accounts.models import Kin, User
from foundation.accounts.refusals import Refused
from foundation.ledger.models import Entry
from households.corrections import correct
from households.departures import take_back
from households.lineage.acting import perform
from households.lineage.planning import Splitting, Told, plan_joining, plan_merge, plan_split
from households.lineage.plans import Kind, Newcomer
from households.lineage.undoing import undo, why_not
from households.models import Household, LineageAct, Resident, Standing
from tests.households.arriving import arrive
from tests.households.departing import depart
from tests.households.families import HEAD, MOTHER, SON, SPOUSE, id_number, make_household, stand
from tests.people import COUNTY

People = dict[str, User]
DAY = datetime.date(2026, 11, 4)
THEN = datetime.date(2026, 11, 1)
TOLD = Told(THEN, paper="户口簿")


def member(home: Household, relation: str) -> Resident:
    found: Resident = home.residents.get(relation=relation, left_on__isnull=True)
    return found


def state(*homes: Household) -> list[tuple[Any, ...]]:
    """What the register says of households: who lives there as what, what holds for them, whether they are closed."""
    rows = Resident.objects.filter(household__in=homes).order_by("pk")
    columns = ("pk", "household", "relation", "left_on", "departure", "field_sources", "dibao")
    holds = Standing.objects.filter(household__in=homes).order_by("pk")
    closed = Household.objects.filter(pk__in=[home.pk for home in homes]).order_by("pk")
    return [
        *rows.values_list(*columns),
        *holds.values_list("pk", "resident", "kind", "from_day", "until_day"),
        *closed.values_list("code", "dissolved_on"),
    ]


def split(home: Household, by: User, **options: Any) -> LineageAct:
    leaving = options.pop("leaving", None) or {member(home, MOTHER).pk: HEAD}
    return perform(plan_split(home, Splitting(leaving, **options), TOLD, by=by), by=by)


@pytest.fixture
def other(people: People) -> Household:
    """A second family of the village."""
    return make_household("YS000002", "杜谷雨", "万清明", by=people["xian"])


def test_a_split_makes_a_household_with_its_own_number_and_head(people: People, home: Household) -> None:
    mother = member(home, MOTHER)
    dibao = stand(home, "dibao", resident=mother, from_day=datetime.date(2026, 1, 1))
    act = split(home, people["cun"])
    made = act.parts.get(role="founded").household
    assert made is not None
    assert (made.code, made.area_id, made.group_name) == ("YS000001-1", home.area_id, home.group_name)
    row = made.residents.get()
    assert (row.relation, row.identity_id, row.came_on, row.health) == (
        HEAD, mother.identity_id, THEN, mother.health,
    )  # fmt: skip
    mother.refresh_from_db()
    assert (mother.left_on, mother.departure) == (THEN, "split_off")
    dibao.refresh_from_db()
    goes_on = Standing.objects.get(resident=row)
    assert (dibao.until_day, goes_on.from_day, goes_on.until_day) == (THEN, THEN, None)
    assert home.residents.present().count() == 3
    entry = Entry.objects.get(verb="lineage.entered")
    assert (entry.object_id, entry.happened_on) == (str(act.pk), THEN)
    assert "户口簿".encode() not in bytes(entry.body)


def test_nobody_is_counted_twice_on_any_day_of_a_split(people: People, home: Household) -> None:
    split(home, people["cun"])
    for day in (THEN - datetime.timedelta(days=1), THEN, DAY):
        assert Resident.objects.present(day).filter(area=home.area_id).count() == 4


def test_who_keeps_the_number_is_chosen(people: People, home: Household) -> None:
    mother, head = member(home, MOTHER), member(home, HEAD)
    act = split(home, people["cun"], leaving={mother.pk: HEAD}, keeps=Splitting.LEAVERS, code="YS000777")
    made = Household.objects.get(code="YS000777")
    assert list(home.residents.present().values_list("name", "relation")) == [(mother.name, HEAD)]
    assert made.residents.get(relation=HEAD).identity_id == head.identity_id
    before = LineageAct.objects.count()
    undo(act, by=people["cun"], reason="选错了")
    assert home.residents.present().get(relation=HEAD) == head
    assert home.residents.present().count() == 4
    assert not Household.objects.filter(code="YS000777").exists()
    assert LineageAct.objects.count() == before + 1


def test_a_split_that_cannot_be_is_refused(people: People, home: Household) -> None:
    spouse, mother = member(home, SPOUSE), member(home, MOTHER)
    everybody = {row.pk: "28" for row in home.residents.all()}
    for leaving, options in (
        ({}, {}),
        (everybody | {mother.pk: HEAD}, {}),
        ({mother.pk: MOTHER}, {}),
        ({mother.pk: HEAD, spouse.pk: HEAD}, {}),
        ({member(home, HEAD).pk: HEAD}, {}),
        ({mother.pk: HEAD}, {"code": home.code}),
        ({mother.pk: HEAD}, {"new_head": spouse}),
        ({mother.pk: "99"}, {}),
    ):
        with pytest.raises(Refused):
            perform(plan_split(home, Splitting(leaving, **options), TOLD, by=people["cun"]), by=people["cun"])
    assert Household.objects.count() == 1


def test_the_head_may_split_off_and_somebody_follows(people: People, home: Household) -> None:
    head, spouse = member(home, HEAD), member(home, SPOUSE)
    before = state(home)
    act = split(home, people["cun"], leaving={head.pk: HEAD}, new_head=spouse)
    assert member(home, HEAD) == spouse
    undo(act, by=people["cun"], reason="没有分户")
    assert state(home) == before


def test_a_marriage_is_one_act_of_two_households(people: People, home: Household, other: Household) -> None:
    before = state(home, other)
    bride = member(other, SPOUSE)
    plan = plan_joining(bride, home, Kind.MARRIAGE, "05", TOLD, by=people["cun"])
    act = perform(plan, by=people["cun"])
    row = home.residents.get(relation="05")
    assert row.identity_id == bride.identity_id
    assert Resident.objects.filter(identity=bride.identity_id, left_on__isnull=True).get() == row
    bride.refresh_from_db()
    assert bride.departure == "married_out"
    assert {part.household_id for part in act.parts.all()} == {home.pk, other.pk}
    undo(act, by=people["cun"], reason="登记错户")
    assert state(home, other) == before


def test_a_merge_closes_a_household_and_keeps_its_history(
    people: People, home: Household, other: Household
) -> None:
    before = state(home, other)
    head, spouse = member(other, HEAD), member(other, SPOUSE)
    plan = plan_merge(other, home, {head.pk: "21", spouse.pk: "26"}, TOLD, by=people["cun"])
    act = perform(plan, by=people["cun"])
    other.refresh_from_db()
    assert other.dissolved_on == THEN
    assert home.residents.present().count() == 6
    assert other.residents.filter(left_on=THEN).count() == 2
    undo(act, by=people["cun"], reason="并错了")
    assert state(home, other) == before


def test_what_was_planned_is_refused_where_somebody_was_quicker(
    people: People, home: Household, other: Household
) -> None:
    bride = member(other, SPOUSE)
    marriage = plan_joining(bride, home, Kind.MARRIAGE, "05", TOLD, by=people["cun"])
    twice = [
        Splitting({member(home, MOTHER).pk: HEAD}, code="YS000777"),
        Splitting({bride.pk: HEAD}, code="YS000777"),
    ]
    plans = [
        plan_split(each, asked, TOLD, by=people["cun"])
        for each, asked in zip((home, other), twice, strict=True)
    ]
    perform(plans[0], by=people["cun"])
    with pytest.raises(Refused):
        perform(plans[1], by=people["cun"])
    merged = {row.pk: "28" for row in home.residents.present()}
    perform(plan_merge(home, other, merged, TOLD, by=people["cun"]), by=people["cun"])
    marriage.home.refresh_from_db()
    with pytest.raises(Refused):
        perform(
            dataclasses.replace(marriage, other=Household(pk=home.pk, code=home.code, area=home.area)),
            by=people["cun"],
        )
    assert Resident.objects.filter(identity=bride.identity_id, left_on__isnull=True).count() == 1


def test_into_a_household_that_has_a_head_nobody_comes_as_head(
    people: People, home: Household, other: Household
) -> None:
    bride = member(other, SPOUSE)
    for make in (
        lambda: plan_joining(bride, home, Kind.MARRIAGE, HEAD, TOLD, by=people["cun"]),
        lambda: plan_merge(
            other, home, {row.pk: HEAD for row in other.residents.all()}, TOLD, by=people["cun"]
        ),
        lambda: plan_joining(bride, other, Kind.MARRIAGE, "05", TOLD, by=people["cun"]),
    ):
        with pytest.raises(Refused):
            make()


def test_who_has_one_of_the_two_households_alone_marries_nobody(people: People, home: Household) -> None:
    far = make_household("YS000003", "杜谷雨", by=people["xian"], area="999902001001")
    with pytest.raises(Refused):
        plan_joining(member(far, HEAD), home, Kind.MARRIAGE, "05", TOLD, by=people["cun"])
    kin.declare(home.code, Kin.Relation.OWN, by=people["cun"])
    with pytest.raises(Refused):
        plan_split(home, Splitting({member(home, MOTHER).pk: HEAD}), TOLD, by=people["cun"])


def test_what_later_events_stand_on_is_taken_back_last(
    people: People, home: Household, other: Household
) -> None:
    first = split(home, people["cun"])
    made = first.parts.get(role="founded").household
    assert made is not None
    newcomer = Newcomer("沈小雪", id_number(COUNTY, datetime.date(2026, 10, 20), 622), SON)
    arrive(made, newcomer, DAY, by=people["cun"], kind=Kind.BIRTH)
    assert "birth" in why_not(first) or "出生" in why_not(first)
    with pytest.raises(Refused):
        undo(first, by=people["cun"], reason="撤")
    second = LineageAct.objects.get(kind=Kind.BIRTH)
    undo(second, by=people["cun"], reason="撤")
    assert made.residents.count() == 1
    undo(first, by=people["cun"], reason="撤")
    with pytest.raises(Refused):
        undo(first, by=people["cun"], reason="撤")
    assert home.residents.present().count() == 4


def test_what_was_corrected_since_is_not_lost_by_an_undo(people: People, home: Household) -> None:
    act = split(home, people["cun"])
    row = act.people.get().became
    assert row is not None
    correct(row, {"health": ["1"]}, by=people["cun"], checked_on=DAY, seen=row.revision_id)
    with pytest.raises(Refused):
        undo(act, by=people["cun"], reason="撤")
    with pytest.raises(Refused) as refused:
        undo(act, by=people["cun"], reason=" ")
    assert refused.value.field == "reason"


def test_nobody_is_left_without_a_head_by_taking_back(people: People, home: Household) -> None:
    son, head = member(home, SON), member(home, HEAD)
    for row in (member(home, MOTHER), member(home, SPOUSE), son):
        depart(row, Resident.Departure.DIED, THEN, by=people["cun"], seen=row.revision_id)
    depart(head, Resident.Departure.DIED, THEN, by=people["cun"], seen=head.revision_id)
    son.refresh_from_db()
    with pytest.raises(Refused):
        take_back(son, by=people["cun"], seen=son.revision_id, reason="误录")
    assert not home.residents.present().exists()
    with pytest.raises(Refused) as refused:
        arrive(home, Newcomer("沈小雪", id_number(COUNTY, THEN, 622), SON), DAY, by=people["cun"])
    assert refused.value.field == "relation"


def test_nobody_leaves_before_they_came(people: People, home: Household) -> None:
    number = id_number(COUNTY, datetime.date(2026, 10, 20), 622)
    child = arrive(home, Newcomer("沈小雪", number, SON), DAY, by=people["cun"], kind=Kind.ADOPTION)
    with pytest.raises(Refused) as refused:
        depart(child, Resident.Departure.DIED, THEN, by=people["cun"], seen=child.revision_id)
    assert refused.value.field == "happened_on"


def test_a_departure_that_a_file_brought_returns_by_an_event(people: People, home: Household) -> None:
    mother = member(home, MOTHER)
    Resident.objects.filter(pk=mother.pk).update(left_on=THEN, departure="died")
    mother.refresh_from_db()
    take_back(mother, by=people["cun"], seen=mother.revision_id, reason="误录")
    act = LineageAct.objects.get()
    assert (act.kind, act.people.get().became) == (Kind.RETURNED, mother)
    with pytest.raises(Refused):
        undo(act, by=people["cun"], reason="撤")
    mother.refresh_from_db()
    assert mother.left_on is None
