"""What came after a move stands before its way back while it waits or stands; what came to nothing does not."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from households.followers import person_erased
from households.lineage.acting import perform
from households.lineage.followers import foreseen
from households.lineage.planning import Splitting, Told, plan_departure, plan_merge, plan_split
from households.lineage.plans import Newcomer
from households.lineage.undoing import undo as undo_event
from households.lineage.undoing import why_not
from households.models import Household, HouseholdMove, LineageAct, LineagePerson, Resident
from households.models.households import HEAD
from households.moving import answering, persons, proposing
from households.moving.persons import Place
from households.moving.proposing import propose
from tests.households.arriving import arrive
from tests.households.families import id_number, make_household
from tests.households.moving.lone import OTHER, a_place, asked, on_the_way
from tests.households.moving.moved import NEXT_VILLAGE, a_home, proposed, wanted
from tests.households.moving.test_pages import text
from tests.people import NEIGHBOUR_VILLAGE

Door = Callable[[str], Client]
People = dict[str, User]


def taken_in(people: People) -> tuple[HouseholdMove, Resident]:
    """Return an accepted move of one person, and their row where they are now."""
    row = answering.accept(on_the_way(people), by=people["lin_zhen"], place=a_place(people))
    return row, Resident.objects.select_related("household").get(lineage_came__act=row.event)


def onward(here: Resident, people: People) -> HouseholdMove:
    """Return the move by which whoever took a person in proposes them to a third area."""
    return persons.propose(asked(here, NEXT_VILLAGE), by=people["lin_cun"])


def refused(row: HouseholdMove, people: People) -> HouseholdMove:
    return answering.refuse(row, "查无此户", by=people["zhen"])


def withdrawn(row: HouseholdMove, people: People) -> HouseholdMove:
    return proposing.withdraw(row, "写错了", by=people["lin_cun"])


def undone(row: HouseholdMove, people: People) -> HouseholdMove:
    there = make_household("YM000701", "成小满", by=people["xian"], area=NEXT_VILLAGE)
    row = answering.accept(row, by=people["zhen"], place=Place(there, OTHER))
    return answering.undo(row, "同名误收", by=people["zhen"])


@pytest.mark.parametrize("ended", [refused, withdrawn, undone])
def test_a_move_that_came_to_nothing_hinders_no_way_back(
    people: People, ended: Callable[[HouseholdMove, People], HouseholdMove]
) -> None:
    first, here = taken_in(people)
    left = Resident.objects.get(pk=first.person_id)
    second = ended(onward(here, people), people)
    assert persons.hinders(first) == []
    first = answering.undo(first, "接错了人", by=people["lin_zhen"])
    left.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, left.left_on) == ("undone", None)
    assert not Resident.objects.filter(pk=here.pk).exists()
    # The same human being: the row that they have.
    assert (second.person, second.state, second.head) == (left, ended.__name__, "鲁**")
    assert set(LineagePerson.objects.values_list("resident", "became")) <= {(left.pk, None)}
    person_erased([left.pk], [])
    second.refresh_from_db()
    assert (second.head, second.why, second.to_address) == ("*", "*", "*")


def test_a_move_that_waits_hinders_and_says_who_ends_it(
    people: People, english: None, signed_in: Door
) -> None:
    first, here = taken_in(people)
    second = onward(here, people)
    said = "鲁** is on the way to 芒种村: first that move is taken back by who proposed it, or refused there."
    assert persons.hinders(first) == [said]
    undo = reverse("moves:act", args=[first.pk, "undo"])
    taker = signed_in("lin_zhen")
    assert said in text(taker, undo)
    assert 'name="reason"' not in text(taker, undo), "nothing is offered that would be refused"
    page = reverse("moves:move", args=[first.pk])
    assert (said in text(taker, page), undo in text(taker, page)) == (True, False)
    assert reverse("moves:move", args=[second.pk]) in text(taker, page)
    with pytest.raises(Refused, match="is on the way to 芒种村"):
        answering.undo(first, "接错了人", by=people["lin_zhen"])
    first.refresh_from_db()
    assert first.state == "accepted"
    refused(second, people)
    assert said not in text(taker, undo)
    assert undo in text(taker, page)
    taker.post(undo, {"version": first.version, "reason": "接错了人"})
    first.refresh_from_db()
    assert first.state == "undone"
    assert "查无此户" in text(taker, reverse("moves:move", args=[second.pk]))
    assert "one person: marriage" in text(taker, reverse("moves:moves"))


def test_nor_does_one_in_which_they_would_have_followed_as_head(people: People, english: None) -> None:
    first, here = taken_in(people)
    head = here.household.residents.select_related("household").get(relation=HEAD)
    second = persons.propose(asked(head, NEXT_VILLAGE, new_head=here), by=people["lin_cun"])
    with pytest.raises(Refused, match=r"鲍\*\* is on the way to 芒种村"):
        answering.undo(first, "接错了人", by=people["lin_zhen"])
    refused(second, people)
    answering.undo(first, "接错了人", by=people["lin_zhen"])
    second.refresh_from_db()
    assert (second.person, second.new_head_id) == (head, first.person_id)


def test_who_came_from_outside_the_register_is_named_by_no_row_afterwards(
    people: People, english: None, signed_in: Door
) -> None:
    home = a_home(people)
    number = id_number("999901", clock.today().replace(year=1999), 118)
    wife = arrive(
        home, Newcomer("方谷雨", number, "28"), clock.today(), by=people["cun"], kind=LineageAct.Kind.MARRIAGE_IN,
    )  # fmt: skip
    event = LineageAct.objects.get(people__became=wife)
    row = persons.propose(asked(wife), by=people["cun"])
    assert "is on the way to 东山村" in why_not(event)
    answering.refuse(row, "查无此人", by=people["lin_zhen"])
    assert why_not(event) == ""
    undo_event(event, by=people["cun"], reason="录错了")
    row.refresh_from_db()
    assert (row.person, row.kind, row.head, row.of_person) == (None, "marriage", "方**", True)
    assert not HouseholdMove.objects.of_households().exists()
    for who in ("cun", "lin_zhen"):
        page = text(signed_in(who), reverse("moves:move", args=[row.pk]))
        assert "Move of one person" in page
        assert "方**" in page
    assert "one person: marriage" in text(signed_in("cun"), f"{reverse('moves:moves')}?what=yes")
    assert "one person: marriage" not in text(signed_in("cun"), f"{reverse('moves:moves')}?what=no")


def test_only_what_came_to_nothing_may_name_nobody(people: People) -> None:
    row = on_the_way(people)
    with pytest.raises(IntegrityError, match="says_what_happened"), transaction.atomic():
        HouseholdMove.objects.filter(pk=row.pk).update(person=None)


def test_nobody_writes_in_a_third_area_on_two_others_word(people: People, english: None) -> None:
    first, here = taken_in(people)
    answering.accept(propose(here.household, wanted(NEXT_VILLAGE), by=people["lin_cun"]), by=people["zhen"])
    first = HouseholdMove.objects.get(pk=first.pk)
    assert "belongs to another village meanwhile" in persons.hinders(first)[0]
    with pytest.raises(Refused, match="belongs to another village meanwhile"):
        answering.undo(first, "接错了人", by=people["lin_zhen"])
    first.refresh_from_db()
    assert first.state == "accepted"
    assert Resident.objects.present().filter(pk=here.pk).exists()


def test_a_household_goes_back_though_a_third_area_refused_it(
    people: People, english: None, signed_in: Door
) -> None:
    first = answering.accept(proposed(people), by=people["lin_zhen"])
    home = Household.objects.get(pk=first.household_id)
    second = propose(home, wanted(NEXT_VILLAGE), by=people["lin_cun"])
    with pytest.raises(Refused, match="Another move of the household"):
        answering.undo(first, "同名误收", by=people["lin_zhen"])
    page, undo = reverse("moves:move", args=[first.pk]), reverse("moves:act", args=[first.pk, "undo"])
    taker = signed_in("lin_zhen")
    shown = text(taker, page)
    assert ("Another move of the household" in shown, undo in shown) == (True, False)
    assert reverse("moves:move", args=[second.pk]) in shown, "the move that waits is one press away"
    refused(second, people)
    assert undo in text(taker, page)
    first.refresh_from_db()
    assert answering.undo(first, "同名误收", by=people["lin_zhen"]).state == "undone"
    home.refresh_from_db()
    assert home.area_id != NEIGHBOUR_VILLAGE


def test_a_household_that_a_split_made_and_that_was_to_move_stays(
    people: People, english: None, signed_in: Door
) -> None:
    home = a_home(people)
    goes = home.residents.exclude(relation=HEAD).get()
    told = Told(clock.today(), "分户", "户口簿")
    act = perform(plan_split(home, Splitting({goes.pk: HEAD}), told, by=people["cun"]), by=people["cun"])
    made = Household.objects.get(lineage_parts__act=act, lineage_parts__role="founded")
    page, undo = (reverse(f"households:family_{name}", args=[act.pk]) for name in ("event", "undo"))
    client = signed_in("cun")
    assert undo in text(client, page)
    row = propose(made, wanted(), by=people["cun"])
    says_who = "that move is taken back by who proposed it, or refused there. The new household"
    with pytest.raises(Refused, match=says_who):
        undo_event(act, by=people["cun"], reason="x")
    for shown in (text(client, page), text(client, undo)):
        assert says_who in shown
        assert reverse("moves:move", args=[row.pk]) in shown
        assert (f'href="{undo}"' in shown, 'name="reason"' in shown) == (False, False)
    assert says_who in client.post(undo, {"reason": "x"}, headers={"Accept-Language": "en"}).content.decode()
    answering.refuse(row, "查无此户", by=people["lin_zhen"])
    stays = "was part of a move since: enter what happened as an event"
    assert (stays in text(client, page), undo in text(client, page)) == (True, False)
    with pytest.raises(Refused, match=stays):
        undo_event(act, by=people["cun"], reason="x")
    assert not LineageAct.objects.filter(undoes=act).exists()


def test_an_event_says_which_move_waits_for_nobody_afterwards(people: People, english: None) -> None:
    home = a_home(people)
    row = on_the_way(people, home)
    goes = Resident.objects.select_related("household").get(pk=row.person_id)

    def told() -> list[tuple[str, str]]:
        plan = plan_departure(goes, Resident.Departure.DIED, Told(clock.today()), by=people["cun"])
        about = "The move of 鲁** to 东山村 can be accepted no more: take it back."
        return [(each.sentence, each.url) for each in foreseen(plan, people["cun"]) if each.sentence == about]

    assert [url for _said, url in told()] == [reverse("moves:move", args=[row.pk])]
    for each in persons.follows(row, people["cun"]):
        assert "accepted no more" not in each.sentence, "it is the very move"
    proposing.withdraw(row, "写错了", by=people["cun"])
    assert told() == []


def test_so_does_closing_a_household_that_is_on_the_way(people: People, english: None) -> None:
    home, other = a_home(people), a_home(people)
    row = propose(home, wanted(), by=people["cun"])
    relations = {each.pk: OTHER for each in home.residents.all()}
    plan = plan_merge(home, other, relations, Told(clock.today(), "并户", "户口簿"), by=people["cun"])
    (said,) = [each for each in foreseen(plan, people["cun"]) if each.about == "Moves that wait"]
    assert (said.url, said.grave) == (reverse("moves:move", args=[row.pk]), True)
