"""Pairs that settle themselves: by an event of hand, at night; forgotten, closed with history, open again."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.inbox.models import Notice
from foundation.workflow.offers import history
from households.corrections import correct
from households.departures import take_back
from households.lineage.acting import perform
from households.lineage.planning import Told, plan_joining
from households.lineage.plans import Kind
from households.lineage.undoing import undo as undo_event
from households.models import Duplicate, Household, PairDecision, Resident
from households.pairs import deciding, seeking
from households.pairs.deciding import Decision
from tests.households.departing import depart
from tests.households.families import SPOUSE
from tests.households.pairs.test_deciding import DAY, NEXT_VILLAGE, a_pair, married
from tests.households.pairs.test_seeking import found
from tests.people import NEIGHBOUR_VILLAGE

D = datetime.date
Outcome = PairDecision.Outcome


def member(pair: Duplicate) -> Resident:
    rows = Resident.objects.select_related("household")
    return rows.get(household=pair.household_id, identity=pair.identity_id)


def leaves(pair: Duplicate, by: User) -> Resident:
    """Enter by hand that the person of a pair left, as their village does."""
    row = member(pair)
    depart(row, Resident.Departure.MARRIED_OUT, D(2026, 10, 1), by=by, seen=row.revision_id, reason="出嫁")
    row.refresh_from_db()
    return row


def test_what_nobody_took_up_is_forgotten_with_the_departure(people: dict[str, User]) -> None:
    pair = a_pair(people)
    other = Household.objects.get(code="YS000122")
    seeking.seek([NEXT_VILLAGE])
    assert Duplicate.objects.waiting().get() == pair, "it stands as long as the person is a member"
    told = Told(D(2026, 10, 1), "结婚")
    plan = plan_joining(member(pair), other, Kind.MARRIAGE, SPOUSE, told, by=people["zhen"])
    perform(plan, by=people["zhen"])
    assert not Duplicate.objects.exists()
    assert not PairDecision.objects.exists()


def test_the_night_finds_what_changed_without_word(people: dict[str, User]) -> None:
    pair = a_pair(people)
    Resident.objects.filter(pk=member(pair).pk).update(left_on=DAY, departure="other")
    seeking.night_work(by=people["xian"], on=DAY)
    assert not Duplicate.objects.exists()


def test_what_was_passed_up_is_closed_and_says_why(
    people: dict[str, User], signed_in: Callable[[str], Client]
) -> None:
    pair = a_pair(people, NEIGHBOUR_VILLAGE)
    row = deciding.pass_up(pair, "男方在邻县", by=people["cun"])
    assert Notice.objects.filter(kind="pairs_passed").count() == 2
    leaves(pair, people["cun"])
    row.refresh_from_db()
    assert (row.state, row.outcome, row.decided_on) == ("settled", "itself", clock.today())
    assert [each.verb for each in history(row)] == ["take_up", "pass_up", "settle"]
    assert not Duplicate.objects.waiting().exists()
    assert not Notice.objects.filter(kind="pairs_passed").exists(), "nobody is asked to decide any more"
    told = {each.recipient.username for each in Notice.objects.filter(kind="pairs_settled")}
    assert {"cun", "lin_cun", "shi"} <= told
    assert not deciding.may_decide(pair, people["shi"])
    assert not PairDecision.objects.passed_to(people["shi"]).exists()
    address = reverse("register:duplicate", args=[pair.pk])
    page = signed_in("cun").get(address).content.decode()
    assert "Settled by itself" in page
    assert "2026-10-01 · married out" in page
    assert "married out" not in signed_in("lin_cun").get(address).content.decode()


def test_who_comes_back_stands_in_two_households_again(people: dict[str, User]) -> None:
    pair = a_pair(people, NEIGHBOUR_VILLAGE)
    deciding.pass_up(pair, "男方在邻县", by=people["cun"])
    gone = leaves(pair, people["cun"])
    take_back(gone, by=people["cun"], seen=gone.revision_id, reason="没有出嫁")
    pair.refresh_from_db()
    assert (pair.decided_on, pair.due_on) == (None, D(2026, 11, 17))
    row = PairDecision.objects.get()
    assert [each.verb for each in history(row)] == ["take_up", "pass_up", "settle", "stand_again"]
    assert deciding.pass_up(pair, "男方在邻县", by=people["cun"]).state == "passed"


def test_a_decision_whose_event_was_taken_back_alone_waits_again(people: dict[str, User]) -> None:
    pair = a_pair(people)
    row = deciding.decide(pair, married(), by=people["zhen"])
    assert row.event is not None
    undo_event(row.event, by=people["zhen"], reason="误录")
    row.refresh_from_db()
    assert row.state == "undone"
    assert Duplicate.objects.waiting().count() == 1


def test_a_decision_taken_back_after_the_person_left_is_settled(people: dict[str, User]) -> None:
    pair = a_pair(people)
    row = deciding.decide(pair, Decision(Outcome.KEEP, "仍住娘家"), by=people["zhen"])
    leaves(pair, people["zhen"])
    row.refresh_from_db()
    assert row.state == "decided", "what was decided stays as it was said"
    deciding.undo(row, "看错了", by=people["zhen"])
    assert not Duplicate.objects.waiting().exists()
    assert sorted(PairDecision.objects.values_list("state", flat=True)) == ["settled", "undone"]


@pytest.mark.parametrize("taken_up", [False, True])
def test_people_told_apart_by_a_correction(people: dict[str, User], taken_up: bool) -> None:
    pair = found(people)
    if taken_up:
        row = deciding.decide(pair, Decision(Outcome.DIFFERENT, "同名同日"), by=people["cun"])
        deciding.undo(row, "看错了", by=people["cun"])
    son = Resident.objects.get(pk=pair.other_id)
    correct(son, {"name": "杜小满"}, by=people["cun"], checked_on=DAY, seen=son.revision_id)
    assert not Duplicate.objects.waiting().exists()
    assert Duplicate.objects.exists() == taken_up
    assert PairDecision.objects.filter(state="settled").exists() == taken_up
