"""Family events on open and decided cases: facts follow, people are asked, measures go with their people."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from assistance.enrolment import basis
from assistance.models import BasisChange, Case, CaseMember
from foundation.accounts.models import User
from foundation.inbox.models import Notice
from households.lineage.acting import perform
from households.lineage.followers import foreseen
from households.lineage.planning import Splitting, Told, plan_departure, plan_joining, plan_split
from households.lineage.plans import Kind, Newcomer
from households.lineage.undoing import undo
from households.models import Household, LineageAct, Resident
from tests.assistance.made import opened
from tests.assistance.removal.made import enrolled
from tests.house.planted_help import a_measure
from tests.households.arriving import arrive
from tests.households.departing import depart
from tests.households.families import HEAD, MOTHER, SON, id_number, make_household
from tests.people import COUNTY

People = dict[str, User]
SignedIn = Callable[[str], Client]
THEN = datetime.date(2026, 11, 1)
TOLD = Told(THEN, paper="户口簿")
pytestmark = pytest.mark.usefixtures("english")


def died(row: Resident, by: User) -> LineageAct:
    plan = plan_departure(row, Resident.Departure.DIED, TOLD, by=by)
    return perform(plan, by=by)


def member(home: Household, relation: str) -> Resident:
    found: Resident = home.residents.get(relation=relation, left_on__isnull=True)
    return found


def counted(case: Case) -> int:
    return CaseMember.objects.filter(case=case, left_on__isnull=True).count()


def test_a_death_asks_township_and_county_of_a_decided_case(people: People, home: Household) -> None:
    case, mother = enrolled(people, home=home), member(home, MOTHER)
    act = died(mother, people["cun"])
    change = BasisChange.objects.get(case=case)
    assert (change.kind, change.old, change.new) == ("members", {"persons": 4}, {"persons": 3})
    assert CaseMember.objects.get(case=case, resident=mother).left_on == THEN
    told = Notice.objects.filter(kind="case_basis_changed").values_list("recipient__username", flat=True)
    assert {"zhen", "shending"} <= set(told)
    undo(act, by=people["cun"], reason="同名误录")
    assert counted(case) == 4


def test_a_birth_is_counted_and_taken_back_whole(people: People, home: Household) -> None:
    case = enrolled(people, home=home)
    number = id_number(COUNTY, datetime.date(2026, 10, 20), 622)
    arrive(home, Newcomer("沈小雪", number, SON), THEN, by=people["cun"], kind=Kind.BIRTH)
    assert counted(case) == 5
    undo(LineageAct.objects.get(), by=people["cun"], reason="录错户")
    assert CaseMember.objects.filter(case=case).count() == 4


def test_a_case_on_its_way_is_asked_once(people: People, home: Household) -> None:
    case = opened(people, home)
    depart(member(home, MOTHER), Resident.Departure.DIED, THEN, by=people["cun"],
           seen=member(home, MOTHER).revision_id)  # fmt: skip
    assert BasisChange.objects.filter(case=case).count() == 1
    assert counted(case) == 3


def test_measures_go_with_their_person_and_come_back(people: People, home: Household) -> None:
    case, mother = enrolled(people, home=home), member(home, MOTHER)
    measure = a_measure("asked", case, people["cun"], resident=mother)
    plan = plan_split(home, Splitting({mother.pk: HEAD}), TOLD, by=people["cun"])
    said = [each.sentence for each in foreseen(plan, people["cun"])]
    assert any(measure.called in each and mother.name in each for each in said)
    assert any(case.number in each for each in said)
    act = perform(plan, by=people["cun"])
    measure.refresh_from_db()
    row = act.people.get().became
    assert row is not None
    assert measure.resident == row
    undo(act, by=people["cun"], reason="没有分户")
    measure.refresh_from_db()
    assert measure.resident_id == mother.pk


def test_two_monitored_households_are_asked_which_case_goes_on(
    people: People, home: Household, signed_in: SignedIn
) -> None:
    other = make_household("YS000002", "杜谷雨", "万清明", by=people["xian"])
    first, second = enrolled(people, home=home), opened(people, other)
    bride = other.residents.get(relation="02")
    act = perform(plan_joining(bride, home, Kind.MARRIAGE, "05", TOLD, by=people["cun"]), by=people["cun"])
    asked = {row.case_id: row for row in BasisChange.objects.filter(kind="two_cases")}
    assert set(asked) == {first.pk, second.pk}
    assert second.number in signed_in("zhen").get(reverse("cases:case", args=[first.pk])).content.decode()
    assert basis.answers_for(asked[second.pk]) == ["keep", "join"]
    second.refresh_from_db()
    sent = {"answer": "join", "note": "并入沈家一案", "version": second.version}
    answer = signed_in("zhen").post(reverse("cases:basis", args=[asked[second.pk].pk]), sent)
    assert answer["Location"] == reverse("cases:move", args=[second.pk, "mark_duplicate"])
    undo(act, by=people["cun"], reason="登记错户")
    assert set(BasisChange.objects.filter(kind="two_cases").values_list("case", flat=True)) == {second.pk}


def test_a_split_shortly_before_the_case_is_shown_there(
    people: People, home: Household, signed_in: SignedIn
) -> None:
    perform(
        plan_split(home, Splitting({member(home, MOTHER).pk: HEAD}), TOLD, by=people["cun"]), by=people["cun"]
    )
    case = opened(people, Household.objects.get(code="YS000001-1"))
    address = reverse("cases:case", args=[case.pk])
    assert "shortly before its case" in signed_in("zhen").get(address).content.decode()
    Case.objects.filter(pk=case.pk).update(opened_on=datetime.date(2027, 12, 1))
    assert "shortly before its case" not in signed_in("zhen").get(address).content.decode()


def test_where_the_last_one_died_the_way_out_is_offered(people: People, signed_in: SignedIn) -> None:
    alone = make_household("YS000003", "莫白露", by=people["xian"])
    case = enrolled(people, home=alone)
    plan = plan_departure(member(alone, HEAD), Resident.Departure.DIED, TOLD, by=people["cun"])
    assert any("natural removal" in each.sentence for each in foreseen(plan, people["cun"]))
    perform(plan, by=people["cun"])
    page = signed_in("cun").get(reverse("cases:case", args=[case.pk])).content.decode()
    assert reverse("cases:propose_removal", args=[case.pk]) in page


def test_helpers_hear_of_it_and_readers_of_no_case_read_nothing(people: People, home: Household) -> None:
    opened(people, home)
    plan = plan_split(home, Splitting({member(home, MOTHER).pk: HEAD}), TOLD, by=people["cun"])
    about = {each.about for each in foreseen(plan, people["lin_cun"])}
    assert "Case and help" in {each.about for each in foreseen(plan, people["cun"])}
    assert [each for each in foreseen(plan, people["lin_cun"]) if each.url] == []
    assert about
