"""What happens while a removal runs: family events after the check, a warning after the decision; nothing slips by."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from alerts.models import Alert
from assistance.enrolment import basis
from assistance.models import BasisChange, Case, Removal
from assistance.removal import proposing
from assistance.removal.api import MOVES
from assistance.removal.guards import Guard, failing, guards_of
from assistance.removal.page import BY_FORM
from assistance.removal.places import of_removals
from assistance.removal.proposing import Proposal
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from households.lineage.acting import perform
from households.lineage.planning import Splitting, Told, plan_departure, plan_split
from households.lineage.plans import Kind, Newcomer
from households.models import Resident
from tests.assistance.removal.made import (
    ASSISTED,
    CHECKED,
    TODAY,
    guard,
    now,
    on,
    ready,
    signed,
    visited,
)
from tests.assistance.removal.walked import at_review, batch, results
from tests.house.planted_alerts import an_alert
from tests.households.arriving import arrive
from tests.households.families import HEAD, SON, SPOUSE, id_number
from tests.people import COUNTY

pytestmark = pytest.mark.usefixtures("english", "line")
In = Callable[[str], Client]
People = dict[str, User]
#: The day after the check, on which something happens in the family.
NEXT = TODAY + datetime.timedelta(1)
TOLD = Told(NEXT, paper="户口簿")


def died(row: Resident, by: User) -> None:
    perform(plan_departure(row, Resident.Departure.DIED, TOLD, by=by), by=by)


def split_off(row: Resident, by: User) -> None:
    perform(plan_split(row.household, Splitting({row.pk: HEAD}), TOLD, by=by), by=by)


def born(row: Resident, by: User) -> None:
    child = Newcomer("沈小雪", id_number(COUNTY, datetime.date(2026, 11, 5), 622), SON)
    arrive(row.household, child, NEXT, by=by, kind=Kind.BIRTH)


def guard_of(removal: Removal, code: str) -> Guard:
    """Return one guard of a removal as it stands now."""
    row = now(removal)
    (found,) = (each for each in guards_of(row.case, row.way, removal=row) if each.code == code)
    return found


def answered(case: Case, people: People) -> None:
    """Let the township keep what stands, whatever was asked."""
    for change in BasisChange.objects.unanswered().filter(case=case):
        basis.answer(change, BasisChange.Answer.KEEP, "照旧", by=people["zhen"])


@pytest.mark.parametrize("event", [died, split_off, born])
def test_after_a_family_event_nobody_judges_by_the_check_of_other_members(
    people: People, event: Callable[[Resident, User], None]
) -> None:
    removal = at_review(people)
    with on(NEXT):
        event(removal.household.residents.get(relation=SPOUSE), people["cun"])
        asked = guard_of(removal, "risks")
        assert (asked.why, asked.facts) == ("risks_changed", {"changes": 1})
        assert "has not answered yet: 1" in asked.said
        assert "House check" in batch("review", people, removal).items.get().why
        answered(removal.case, people)
        check = guard_of(removal, "check")
        assert (check.holds, check.why) == (False, "check_others")
        signed(visited(removal.household, people["cun"], NEXT, CHECKED))
        assert failing(guards_of(now(removal).case, "assisted", removal=now(removal))) == ""


def test_nobody_left_is_no_removal_by_assistance(people: People) -> None:
    removal = at_review(people)
    with on(NEXT):
        for row in removal.household.residents.present().order_by("-relation"):
            died(row, people["cun"])
        answered(removal.case, people)
        nobody = guard_of(removal, "somebody_left")
        assert not nobody.holds
        assert "natural removal" in nobody.said
        assert "Somebody left" in batch("review", people, removal).items.get().why
        proposing.refuse(now(removal), "全家已无人", by=people["zhen"])
        gone = Proposal("natural", "最后一名成员去世", "贺立冬", "13800000000", "died_out")
        made = proposing.propose(removal.case, gone, by=people["cun"])
        assert [each["code"] for each in made.guards] == ["nobody_left"]


def test_the_way_of_the_check_is_the_way_of_the_removal(people: People) -> None:
    case = ready(people, way="natural")
    assert guard(case, "check").why == "check_says_natural"
    assert guard(case, "check", way="natural").holds
    with pytest.raises(Refused, match="House check"):
        proposing.propose(case, ASSISTED, by=people["cun"])
    other = ready(people)
    assert guard(other, "check", way="natural").why == "check_says_assisted"
    assert guard(other, "check").holds
    assert "by assistance" in guard(other, "check", way="natural").said


def test_a_natural_removal_asks_for_the_expense_too(people: People) -> None:
    case = ready(people, way="natural", expense_settled="going_on")
    assert guard(case, "expense", way="natural").why == "expense_going_on"
    natural = Proposal("natural", "患病的母亲去世", "贺立冬", "13800000000", "death")
    with pytest.raises(Refused, match="Large expenses settled"):
        proposing.propose(case, natural, by=people["cun"])


def approved(people: People) -> Removal:
    removal = at_review(people)
    for kind in ("review", "approval"):
        batch(kind, people, removal)
    return now(removal)


def warned(removal: Removal, people: People) -> Alert:
    alert = an_alert("raised", people)
    Alert.objects.filter(pk=alert.pk).update(household=removal.household)
    return alert


def test_a_warning_after_the_decision_stops_the_mark_and_the_county_judges_again(
    people: People, signed_in: In
) -> None:
    removal = approved(people)
    page = reverse("cases:removal", args=[removal.pk])
    again = reverse("cases:removal_move", args=[removal.pk, "take_up_again"])
    assert again not in signed_in("shending").get(page).content.decode()
    with pytest.raises(Refused, match="Nothing stands before the announcement"):
        proposing.take_up_again(now(removal), "再看", by=people["shending"])
    warned(removal, people)
    held = batch("announcement", people, removal)
    assert results(held) == [("removal", "left")]
    assert "open warnings 1" in held.items.get().why
    assert any("held back: 1" in item.title for item in of_removals(people["shending"]))
    shown = signed_in("shending").get(page).content.decode()
    assert again in shown
    assert "The announcement waits." in shown
    assert again not in signed_in("zhen").get(page).content.decode()
    with on(NEXT):
        signed_in("shending").post(again, {"version": removal.version, "reason": "新预警，再审"})
    row = now(removal)
    assert (row.state, row.waits_for, row.decided_on, row.decided_guards) == (
        "proposed",
        ["decide"],
        None,
        [],
    )
    assert row.batch_items.get(batch__kind="approval").result == "undone"
    assert "Risk gone" in batch("approval", people, removal).items.get().why
    assert now(removal).case.state == "enrolled"


def test_once_the_warning_is_judged_the_announcement_goes_on(people: People) -> None:
    removal = approved(people)
    alert = warned(removal, people)
    assert results(batch("announcement", people, removal)) == [("removal", "left")]
    Alert.objects.filter(pk=alert.pk).update(state="closed")
    assert results(batch("announcement", people, removal)) == [("removal", "done")]
    assert now(removal).state == "removed"


def test_programs_make_the_same_moves_as_people() -> None:
    assert set(MOVES) == set(BY_FORM)
    assert {"take_up_again", "withdraw_rollback"} <= set(MOVES)
