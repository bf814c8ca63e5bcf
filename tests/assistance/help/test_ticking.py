"""Ticks become measures and tasks of departments: at once after the decision, before it as proposals."""

import datetime

import pytest

from assistance.deciding.refusing import refuse
from assistance.measures.ticking import Tick, tick
from assistance.models import Case, Measure
from foundation.accounts import clock
from foundation.accounts.kin import declare
from foundation.accounts.loans import lend_for_work
from foundation.accounts.models import Kin, User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.inbox.models import Notice
from foundation.ledger.models import Entry
from households.models import Household
from tests.assistance.help.helped import ENOUGH, member, monitored, ticked
from tests.assistance.made import opened, taken, walked_to

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def test_a_tick_after_the_decision_is_a_task_of_its_department_with_a_last_day(
    case: Case, people: dict[str, User]
) -> None:
    (made,) = ticked(case, people["cun"], ENOUGH[0])
    made.refresh_from_db()
    assert (made.state, made.department_id, made.asked_on) == ("asked", "medical_insurance", clock.today())
    assert made.due_on is not None
    assert made.due_on > clock.today() + datetime.timedelta(days=9)
    assert made in Measure.objects.asked_of(people["yibao"])
    assert made not in Measure.objects.visible_to(people["jingban"])
    assert Notice.objects.filter(recipient=people["yibao"], kind="measures_asked").exists()
    assert Entry.objects.filter(verb="measure.tick", object_id=str(made.pk)).exists()


def test_before_the_decision_it_is_a_proposal_and_goes_out_with_the_announcement(
    people: dict[str, User],
) -> None:
    case = walked_to(opened(people), "announce", people)
    resident = case.household.residents.get(relation="01")
    (made,) = tick(case, [Tick("medical_aid", resident.pk)], by=people["cun"]).made
    assert made.state == "proposed"
    assert made not in Measure.objects.visible_to(people["yibao"])
    taken(case, "announce", people=people)
    made.refresh_from_db()
    assert (made.state, made.asked_on) == ("asked", clock.today())


def test_a_case_that_ends_without_help_takes_back_what_waits(people: dict[str, User]) -> None:
    case = walked_to(opened(people), "review", people)
    resident = case.household.residents.get(relation="01")
    (made,) = tick(case, [Tick("medical_aid", resident.pk)], by=people["cun"]).made
    refuse(case, "收入高于监测线", by=people["zhen"])
    made.refresh_from_db()
    assert made.state == "withdrawn"


def test_the_same_for_the_same_person_is_asked_once(case: Case, people: dict[str, User]) -> None:
    ticked(case, people["cun"], ENOUGH[0])
    with pytest.raises(Refused, match="promised already"):
        ticked(case, people["shuji"], ENOUGH[1], ENOUGH[0])
    assert Measure.objects.filter(case=case).count() == 1


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (Tick("no_such_measure"), "no more"),
        (Tick("medical_aid"), "for whom"),
        (Tick("medical_aid", 0), "no member"),
        (Tick("temporary_aid", None, "water"), "no such risk"),
    ],
)
def test_a_tick_that_names_nothing_is_refused(
    case: Case, people: dict[str, User], given: Tick, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        tick(case, [given], by=people["cun"])
    with pytest.raises(Refused, match="Nothing is ticked"):
        tick(case, [], by=people["cun"])


@pytest.mark.parametrize("who", ["yibao", "lingdao", "shending", "lin_cun", "wangge"])
def test_who_does_not_choose_help_is_refused(case: Case, people: dict[str, User], who: str) -> None:
    with pytest.raises(Refused):
        ticked(case, people[who], ENOUGH[0])


def test_a_helper_ticks_for_the_household_that_is_lent_and_for_no_other(
    case: Case, people: dict[str, User]
) -> None:
    with pytest.raises(Refused, match="no right"):
        ticked(case, people["bangfu"], ENOUGH[0])
    actor = people["zhen"].authority(Right.REVIEW_CASES, case.area_id)
    until = clock.today() + datetime.timedelta(days=30)
    lend_for_work(case, case.area_id, people["bangfu"], until, actor=actor, reason="结对帮扶")
    assert ticked(case, people["bangfu"], ENOUGH[0])


def test_kin_do_not_choose(case: Case, people: dict[str, User]) -> None:
    declare(case.household.code, Kin.Relation.OWN, by=people["cun"])
    with pytest.raises(Refused, match="own"):
        ticked(case, people["cun"], ENOUGH[0])


def test_no_help_is_chosen_for_a_case_that_is_over(home: Household, people: dict[str, User]) -> None:
    case = monitored(home, state="declined")
    with pytest.raises(Refused, match="No help can be chosen"):
        tick(case, [Tick("medical_aid", member(case, 0).pk)], by=people["cun"])
