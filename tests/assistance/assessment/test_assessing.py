"""An assessment from its declaration to what it brings about: judged, confirmed, taken through the batch, undone."""

import datetime

import pytest
from django.db import DatabaseError, transaction

from assistance.assessment import declaring
from assistance.assessment.declaring import Wanted
from assistance.assessment.scoring import score, waiting
from assistance.models import AssessedHousehold
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.inbox.models import Notice
from foundation.jobs import asking
from foundation.jobs.models import Job
from foundation.jobs.running import run_here
from foundation.workflow.models import Passage
from households.models import Household, Resident, Standing
from tests.alerts.verification.made import reported
from tests.assistance.assessment.made import LIFTED, TODAY, able, declared, poor, rows, unsaid
from tests.assistance.removal.made import enrolled
from tests.households.families import stand
from tests.people import COUNTY, TOWNSHIP

pytestmark = pytest.mark.usefixtures("english", "line")


def test_counts_by_result_are_those_of_a_list_made_by_hand(people: dict[str, User]) -> None:
    """Eleven households, their results written down beside them."""
    by_hand: dict[str, str] = {}

    def put(home: Household, result: str) -> None:
        by_hand[home.code] = result

    for _each in range(3):
        put(able(people), "leaves")
    put(able(people, area="999901001002"), "leaves")
    put(poor(able(people)), "object")
    unsafe = able(people)
    Household.objects.filter(pk=unsafe.pk).update(house_grade="D")
    put(unsafe, "object")
    put(unsaid(able(people)), "stays")
    with_dibao = able(people)
    stand(with_dibao, "dibao", resident=with_dibao.residents.get(relation="02"))
    put(with_dibao, "stays")
    warned = poor(able(people))
    reported(people, home=warned)
    put(warned, "stays")
    monitored = able(people)
    enrolled(people, home=monitored)
    put(monitored, "leaves")
    fallen = poor(able(people))
    enrolled(people, home=fallen)
    put(fallen, "stays")
    # Not in the set: another township's, one whose standing ended, one that is dissolved.
    able(people, area="999901002001")
    ended = able(people)
    Standing.objects.filter(household=ended).update(until_day=TODAY - datetime.timedelta(days=1))
    Household.objects.filter(pk=able(people).pk).update(dissolved_on=TODAY)
    found = {row.household.code: row.proposed for row in rows(declared(people))}
    assert found == by_hand


def test_the_set_is_who_counts_on_the_day(people: dict[str, User]) -> None:
    lifted, marginal = able(people), able(people)
    enrolled(people, home=marginal)
    made = declared(people, whom=("marginal",))
    (row,) = rows(made)
    assert (row.household_id, row.basis, row.case is not None) == (marginal.pk, "marginal", True)
    both = declaring.declare(
        Wanted(TOWNSHIP, ("lifted_out", "marginal"), TODAY), by=people["zhen"], ring=False
    )
    assert waiting(both) == [lifted.pk]  # the other is in an open assessment


def test_judging_again_adds_nothing_and_comes_to_the_same(people: dict[str, User]) -> None:
    for _each in range(3):
        able(people)
    made = declared(people)
    before = {row.household_id: row.digest for row in rows(made)}
    again = declaring.go_on(made, by=people["zhen"], ring=False)
    run_here(again)
    assert {row.household_id: row.digest for row in rows(made)} == before
    declaring.cancel(made, "重新评估", by=people["zhen"])
    assert {row.household_id: row.digest for row in rows(declared(people))} == before


def test_stopped_work_goes_on_with_the_rest(people: dict[str, User]) -> None:
    homes = sorted(able(people).pk for _each in range(4))
    made = declaring.declare(Wanted(TOWNSHIP, LIFTED, TODAY), by=people["zhen"], ring=False)
    score(made, homes[:2], by=people["zhen"])  # what a worker had committed when it was killed
    run_here(Job.objects.get(uuid=made.job))
    assert sorted(row.household_id for row in rows(made)) == homes
    made.refresh_from_db()
    assert made.scored_on == TODAY
    assert Passage.objects.filter(verb="assess").count() == len(homes)


def test_cancelled_work_leaves_what_is_judged_and_can_go_on(people: dict[str, User]) -> None:
    able(people)
    made = declaring.declare(Wanted(TOWNSHIP, LIFTED, TODAY), by=people["zhen"], ring=False)
    asking.cancel(Job.objects.get(uuid=made.job), by=people["zhen"])
    assert rows(made) == []
    run_here(declaring.go_on(made, by=people["zhen"], ring=False))
    assert len(rows(made)) == 1


def test_answers_are_frozen_whoever_writes(people: dict[str, User]) -> None:
    able(people)
    (row,) = rows(declared(people))
    with pytest.raises(DatabaseError, match="stay as they are"), transaction.atomic():
        AssessedHousehold.objects.filter(pk=row.pk).update(proposed="stays")
    Resident.objects.filter(household=row.household).update(insured=False)
    assert {each["answer"] for each in rows([row])[0].answers if each["code"] == "insurance"} == {"yes"}


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (Wanted(TOWNSHIP, (), TODAY), "Choose who"),
        (Wanted(TOWNSHIP, ("dibao",), TODAY), "Choose who"),
        (Wanted(TOWNSHIP, LIFTED, TODAY + datetime.timedelta(days=1)), "future"),
        (Wanted(TOWNSHIP, LIFTED, datetime.date(2026, 2, 2)), "No rule"),
        (Wanted(TOWNSHIP, ("sudden",), TODAY), "Nobody"),
    ],
)
def test_what_cannot_be_declared(people: dict[str, User], wanted: Wanted, said: str) -> None:
    able(people)
    with pytest.raises(Refused, match=said):
        declaring.declare(wanted, by=people["zhen"], ring=False)


@pytest.mark.parametrize("name", ["cun", "xian", "bangfu", "yibao", "lin_zhen"])
def test_township_and_county_declare_and_nobody_else(people: dict[str, User], name: str) -> None:
    able(people)
    with pytest.raises(Refused):
        declaring.declare(Wanted(TOWNSHIP, LIFTED, TODAY), by=people[name], ring=False)


def test_the_townships_are_told_what_waits(people: dict[str, User]) -> None:
    able(people)
    declared(people, area=COUNTY, by="shending")
    told = Notice.objects.filter(kind="assessments_to_confirm")
    assert {each.recipient.username for each in told} == {"zhen", "zhenling"}
