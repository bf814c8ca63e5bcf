"""The guards of a removal, one by one at their boundary days, each with its evidence and when it could hold."""

import datetime

import pytest

from assistance.models import Case, CaseRisk
from assistance.removal import proposing
from assistance.removal.guards import failing, guards_of, of_kept
from assistance.removal.proposing import Proposal
from foundation.accounts.models import Kin, User
from foundation.accounts.refusals import Refused
from households.models import Resident
from tests.assistance.removal.made import (
    ASSISTED,
    CHECKED,
    IDENTIFIED,
    TODAY,
    enrolled,
    guard,
    on,
    ready,
    signed,
    stated,
    visited,
)  # fmt: skip
from tests.foundation.regulations.made import says
from tests.house.planted_alerts import an_alert
from tests.people import COUNTY

pytestmark = pytest.mark.usefixtures("english", "line")
ONE_DAY = datetime.timedelta(1)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def test_a_household_of_which_all_holds_is_proposed_with_its_evidence(people: dict[str, User]) -> None:
    removal = proposing.propose(ready(people), ASSISTED, by=people["cun"])
    assert failing(guards_of(removal.case, "assisted")) == ""
    assert [each.code for each in of_kept(removal.guards)] == [
        "check", "income", "expense", "guarantees", "risks", "identified", "measures", "labour",
    ]  # fmt: skip
    assert "11,700.00 yuan per head on 2026-11-04" in of_kept(removal.guards)[1].said
    assert (removal.state, removal.waits_for) == ("proposed", ["evaluate"])
    with pytest.raises(Refused, match="under way already"):
        proposing.propose(removal.case, ASSISTED, by=people["cun"])


def test_the_check_is_made_signed_and_not_too_old(people: dict[str, User]) -> None:
    case = enrolled(people)
    assert guard(case, "check").why == "check_none"
    visited(case.household, people["cun"], IDENTIFIED - ONE_DAY, CHECKED)
    assert guard(case, "check").why == "check_none"
    made = visited(case.household, people["cun"], day("2026-10-05"), CHECKED)
    assert guard(case, "check").why == "check_unsigned"
    signed(made)
    assert guard(case, "check").holds  # thirty days ago
    assert guard(case, "check", day=TODAY + ONE_DAY).why == "check_old"


def test_income_counts_from_the_first_collection_above_the_line_of_today(people: dict[str, User]) -> None:
    case = enrolled(people)
    assert guard(case, "income").why == "income_none"
    visited(
        case.household, people["cun"], day("2026-05-04"), {"living_together": 2, "wages": "17602"}, "doorstep"
    )
    visited(case.household, people["cun"], day("2026-10-20"), CHECKED)
    assert guard(case, "income", day=TODAY).holds
    before = guard(case, "income", day=TODAY - ONE_DAY)
    assert (before.holds, before.why, before.could) == (False, "income_short", TODAY)


def test_at_the_line_is_not_above_it_and_a_dip_begins_the_months_anew(people: dict[str, User]) -> None:
    case = enrolled(people)
    visited(
        case.household, people["cun"], day("2026-04-01"), {"living_together": 2, "wages": "23400"}, "doorstep"
    )
    visited(
        case.household, people["cun"], day("2026-06-01"), {"living_together": 2, "wages": "17600"}, "doorstep"
    )
    assert guard(case, "income").why == "income_below"
    visited(case.household, people["cun"], day("2026-10-20"), CHECKED)
    assert guard(case, "income").could == day("2027-04-20")


def test_the_line_is_that_of_the_day_of_decision(people: dict[str, User]) -> None:
    case = ready(people)
    says("monitoring_line", COUNTY, "2026-11-10", "11700")
    assert guard(case, "income", day=day("2026-11-09")).holds
    assert guard(case, "income", day=day("2026-11-10")).why == "income_below"


@pytest.mark.parametrize(
    ("code", "answers", "why"),
    [
        ("expense", {"expense_settled": "going_on"}, "expense_going_on"),
        ("guarantees", {"water_safe": "no"}, "guarantees_lacking"),
        ("guarantees", {"all_insured": ""}, "guarantees_lacking"),
        ("risks", {"risks_gone": "no"}, "risks_stay"),
        ("risks", {"new_risk": "yes"}, "risks_new"),
        ("check", {"way": "not_yet"}, "check_not_yet"),
        ("labour", {"able_to_work": 0}, "labour_nobody"),
    ],
)
def test_what_the_check_found_stands_in_the_way(
    people: dict[str, User], code: str, answers: dict[str, object], why: str
) -> None:
    case = ready(people, **answers)
    found = guard(case, code)
    assert (found.holds, found.why) == (False, why)
    assert found.said
    with pytest.raises(Refused, match=r"Not held yet"):
        proposing.propose(case, ASSISTED, by=people["cun"])


def test_new_signals_and_open_warnings_are_judged_first(people: dict[str, User]) -> None:
    case = ready(people)
    alert = an_alert("raised", people)
    type(alert).objects.filter(pk=alert.pk).update(household=case.household)
    assert guard(case, "risks").facts == {"signals": 0, "warnings": 1}
    type(alert).objects.filter(pk=alert.pk).update(state="closed")
    CaseRisk.objects.create(case=case, told_on=TODAY)
    assert guard(case, "risks").facts == {"signals": 1, "warnings": 0}
    CaseRisk.objects.update(answer="known", answered_on=TODAY)
    assert guard(case, "risks").holds


def test_six_months_by_day_and_by_month_where_only_the_month_is_known(people: dict[str, User]) -> None:
    case = ready(people, since=day("2026-05-04"))
    assert guard(case, "identified", day=TODAY).holds
    late = guard(case, "identified", day=TODAY - ONE_DAY)
    assert (late.holds, late.could) == (False, TODAY)
    old = enrolled(people, day("2026-05-01"), origin="import")
    assert guard(old, "identified", day=day("2026-11-01")).holds
    before = guard(old, "identified", day=day("2026-10-31"))
    assert (before.could, "Identified 2026-05;" in before.said) == (day("2026-11-01"), True)
    corrected = enrolled(people, day("2026-06-11"), origin="import")
    assert guard(corrected, "identified").could == day("2026-12-11"), "its papers say the day"
    end_of_month = enrolled(people, day("2026-08-31"))
    assert guard(end_of_month, "identified").could == day("2027-02-28")


def test_measures_are_recorded_or_stated_by_the_township(
    people: dict[str, User], monkeypatch: pytest.MonkeyPatch
) -> None:
    case = enrolled(people)
    assert guard(case, "measures").why == "measures_none"
    with pytest.raises(Refused):
        proposing.state_measure(case, "公益性岗位", TODAY, "发放表在乡镇", by=people["cun"])
    with pytest.raises(Refused, match="identification and today"):
        stated(case, people, IDENTIFIED - ONE_DAY)
    stated(case, people)
    assert guard(case, "measures").why == "measures_stated"
    recorded = {case.pk: [("小额信贷", TODAY)]}
    monkeypatch.setattr("assistance.removal.evidence.parts", lambda _name: [lambda _cases: recorded])
    assert guard(case, "measures").facts["count"] == 2


def test_a_household_without_labour_is_never_proposed(people: dict[str, User]) -> None:
    case = ready(people)
    Case.objects.filter(pk=case.pk).update(no_labour=True)
    case.refresh_from_db()
    assert guard(case, "labour").why == "labour_nobody"
    assert guard(case, "labour", way="natural").why == "labour_nobody"


def test_natural_removal_is_exempt_from_the_months_and_from_measures(people: dict[str, User]) -> None:
    case = enrolled(people, day("2026-10-20"))
    signed(visited(case.household, people["cun"], TODAY, CHECKED | {"way": "natural"}))
    natural = Proposal("natural", "患病的母亲去世", "贺立冬", "13800000000", "death")
    with pytest.raises(Refused, match="Not held yet"):
        proposing.propose(case, ASSISTED, by=people["cun"])
    with pytest.raises(Refused, match="reason of the natural"):
        proposing.propose(
            case, Proposal("natural", "x", "贺立冬", "13800000000", "nothing"), by=people["cun"]
        )
    made = proposing.propose(case, natural, by=people["cun"])
    assert [each.why for each in of_kept(made.guards)][1:6:4] == ["income_above", "identified_exempt"]


def test_a_household_of_which_nobody_is_left_needs_no_check(people: dict[str, User]) -> None:
    case = enrolled(people)
    gone = Proposal("natural", "最后一名成员去世", "贺立冬", "13800000000", "died_out")
    with pytest.raises(Refused, match="House check"):
        proposing.propose(case, gone, by=people["cun"])
    Resident.objects.filter(household=case.household).update(left_on=TODAY - ONE_DAY, departure="died")
    made = proposing.propose(case, gone, by=people["cun"])
    assert (made.visit, [each.code for each in of_kept(made.guards)]) == (None, ["nobody_left"])


def test_kin_and_who_has_no_right_propose_nothing(people: dict[str, User]) -> None:
    case = ready(people)
    with pytest.raises(Refused):
        proposing.propose(case, ASSISTED, by=people["lin_cun"])
    Kin.objects.create(
        user=people["cun"], household=case.household.code, relation=Kin.Relation.OWN, declared_on=TODAY
    )
    with pytest.raises(Refused, match=r"kin"):
        proposing.propose(case, ASSISTED, by=people["cun"])


def test_the_months_go_on_while_time_passes(people: dict[str, User]) -> None:
    case = ready(people, since=day("2026-10-01"))
    could = guard(case, "identified").could
    assert could == day("2027-04-01")
    with on(could):
        assert guard(case, "identified", day=could).holds


@pytest.mark.parametrize(
    ("key", "amount", "code", "way", "why", "holds"),
    [
        ("removal_identified_months", "9", "identified", "assisted", "identified_since", False),
        ("removal_income_months", "9", "income", "assisted", "income_short", False),
        ("removal_measures", "2", "measures", "assisted", "measures_stated", False),
        ("removal_natural_exempt", "0", "identified", "natural", "identified_since", False),
        ("removal_excludes_no_labour", "0", "labour", "assisted", "labour_not_asked", True),
        ("removal_check_days", "5", "check", "assisted", "check_old", False),
    ],
)
def test_each_figure_is_a_value_of_the_area_that_the_guard_follows(
    people: dict[str, User], key: str, amount: str, code: str, way: str, why: str, holds: bool
) -> None:
    """Ten days after a check of a household that nobody earns for, identified half a year ago less a day or more."""
    case = ready(
        people, able_to_work=0, way=way, since=day("2026-05-14" if way == "assisted" else "2026-06-01")
    )
    later = day("2026-11-14")
    assert guard(case, code, way, later).holds is not holds, "as the country has it"
    says(key, COUNTY, "2026-11-10", amount)
    found = guard(case, code, way, later)
    assert (found.holds, found.why) == (holds, why)
    assert found.said


def test_who_is_able_to_work_is_said_by_the_check_where_the_register_does_not_know(
    people: dict[str, User],
) -> None:
    case = ready(people, able_to_work=None)
    assert guard(case, "labour").facts == {"able": 2}, "the register knows of both"
    case.household.residents.filter(relation="02").update(labour="")
    assert guard(case, "labour").why == "labour_unknown"
    case.household.residents.update(labour="5")
    assert guard(case, "labour").why == "labour_nobody"
    case.household.residents.filter(relation="01").update(labour="1")
    assert guard(case, "labour").facts == {"able": 1}


def test_a_new_check_that_was_asked_for_is_of_that_day_or_later(people: dict[str, User]) -> None:
    removal = proposing.propose(ready(people), ASSISTED, by=people["cun"])
    removal.recheck_since = TODAY + ONE_DAY
    (check, *_rest) = guards_of(removal.case, "assisted", TODAY + ONE_DAY, removal)
    assert (check.holds, check.why) == (False, "check_asked_anew")
    assert check.said == "Checked on 2026-11-04; a new check is asked for since 2026-11-05."
    signed(visited(removal.household, people["cun"], TODAY + ONE_DAY, CHECKED))
    assert guards_of(removal.case, "assisted", TODAY + ONE_DAY, removal)[0].holds
