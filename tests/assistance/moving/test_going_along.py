"""A monitored household moves to another county: case, warning, helpers, measures and authorisations go or end."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from alerts.models import Alert
from assistance.measures import answering as measures
from assistance.measures.answering import Landed
from assistance.models import Case, HelperClock, HelperPlace, Measure
from assistance.moving.case_acts import ACTS
from assistance.moving.taking_over import take_over
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Role
from foundation.inbox.models import Notice
from foundation.ledger.models import Entry
from foundation.workflow.move import Request, move
from households.models import Authorisation, HouseholdMove
from households.moving import answering, followers
from tests.alerts.verification.made import assigned, reported
from tests.assistance.helping.helped import a_helper, helped, monitored
from tests.assistance.removal.made import enrolled, guard
from tests.house.planted_help import a_measure, a_plan
from tests.house.planted_removals import a_removal_of
from tests.house.planted_signatures import an_authorisation
from tests.households.moving.moved import NEXT_VILLAGE, a_home, another_verifier, proposed
from tests.people import COUNTY, NEIGHBOUR_COUNTY, NEIGHBOUR_VILLAGE

Door = Callable[[str], Client]
D = datetime.date
DAY = D(2026, 11, 4)


def accepted(people: dict[str, User], case_or_home: object) -> HouseholdMove:
    home = getattr(case_or_home, "household", case_or_home)
    return answering.accept(proposed(people, home), by=people["lin_zhen"])


def again(case: Case) -> Case:
    return Case.objects.select_related("household", "standing").get(pk=case.pk)


def test_the_case_goes_on_as_it_stands(people: dict[str, User]) -> None:
    case = enrolled(people, D(2026, 5, 4))
    plan = a_plan("approved", case, people["zhen"])
    accepted(people, case)
    case = again(case)
    assert (case.area_id, case.county, case.state) == (NEIGHBOUR_VILLAGE, NEIGHBOUR_COUNTY, "enrolled")
    assert guard(case, "identified").holds
    assert case.standing is not None
    assert (case.standing.from_day, case.standing.until_day) == (D(2026, 5, 4), None)
    assert list(Case.objects.visible_to(people["lin_zhen"])) == [case]
    assert not Case.objects.visible_to(people["zhen"]).exists()
    plan.refresh_from_db()
    assert plan.state == "approved"


def test_help_from_a_post_of_the_old_place_ends_and_the_new_clock_begins(people: dict[str, User]) -> None:
    case = monitored(people)
    place = helped(case, people["bangfu"], people["zhen"])
    row = accepted(people, case)
    place.refresh_from_db()
    assert (place.state, place.ended_on) == ("ended", DAY)
    assert not Case.objects.visible_to(people["bangfu"]).exists()
    running = HelperClock.objects.running().get(case=case)
    assert (running.began_on, running.due_on) == (DAY, D(2026, 11, 11))
    assert Notice.objects.filter(kind="helper_ended", recipient=people["bangfu"]).count() == 1
    with clock.at(D(2026, 11, 5)):
        answering.undo(row, "误收", by=people["lin_zhen"])
        assert HelperClock.objects.running().get(case=case).began_on == D(2026, 11, 5)
    assert not HelperPlace.objects.active().filter(case=case).exists()


def test_who_helps_from_a_post_above_both_stays(people: dict[str, User]) -> None:
    case = monitored(people)
    above = a_helper("shibang", "9999")
    place = helped(case, above, people["zhen"])
    accepted(people, case)
    place.refresh_from_db()
    assert place.state == "accepted"
    assert list(Case.objects.visible_to(User.objects.get(pk=above.pk))) == [again(case)]
    assert not HelperClock.objects.running().filter(case=case).exists()


def test_within_the_township_the_helper_stays(people: dict[str, User]) -> None:
    case = monitored(people)
    place = helped(case, people["bangfu"], people["zhen"])
    assert proposed(people, case.household, to=NEXT_VILLAGE, by="zhen").state == "accepted"
    place.refresh_from_db()
    assert place.state == "accepted"


def test_measures_of_the_old_county_run_there_until_they_are_taken_over(
    people: dict[str, User], english: None
) -> None:
    case = monitored(people)
    asked = a_measure("asked", case, people["zhen"], due_on=D(2026, 11, 20))
    over = a_measure("landed", case, people["zhen"], code="loan", name="贷款", until_day=D(2026, 11, 3))
    proposal = a_measure("proposed", case, people["zhen"], code="post", name="岗位")
    officer, new = people["yibao"], another_verifier(NEIGHBOUR_COUNTY, "lin_yibao", Role.DEPARTMENT_OFFICER)
    new.postings.update(department_id=asked.department_id)
    row = accepted(people, case)
    kept = dict(Measure.objects.values_list("pk", "kept_area"))
    assert kept == {asked.pk: COUNTY, over.pk: None, proposal.pk: None}
    assert any(asked.name in each for each in row.told)
    assert asked in Measure.objects.asked_of(officer)
    assert asked not in Measure.objects.asked_of(new)
    with pytest.raises(Refused, match="no right"):
        measures.land(measure_of(asked), Landed(DAY), by=new)
    with pytest.raises(Refused, match="no right"):
        take_over(measure_of(asked), "x", by=people["zhen"])
    with pytest.raises(Refused, match="Say why"):
        take_over(measure_of(asked), " ", by=people["lin_zhen"])
    take_over(measure_of(asked), "原县停办", by=people["lin_zhen"])
    asked.refresh_from_db()
    assert asked.kept_area_id is None
    assert asked in Measure.objects.asked_of(User.objects.get(pk=new.pk))
    assert asked not in Measure.objects.asked_of(User.objects.get(pk=officer.pk))
    assert Notice.objects.filter(kind="measures_asked", recipient=new).count() == 1
    assert set(Entry.objects.filter(verb="measure.taken_over").values_list("area", flat=True)) == {
        COUNTY, NEIGHBOUR_VILLAGE,
    }  # fmt: skip
    with pytest.raises(Refused, match="already"):
        take_over(measure_of(asked), "x", by=people["lin_zhen"])


def measure_of(row: Measure) -> Measure:
    return Measure.objects.select_related("case__household").get(pk=row.pk)


def test_the_old_office_answers_what_it_keeps(people: dict[str, User]) -> None:
    case = monitored(people)
    asked = a_measure("asked", case, people["zhen"])
    accepted(people, case)
    assert measures.land(measure_of(asked), Landed(DAY), by=people["yibao"]).state == "landed"


def test_the_way_back_gives_measures_back(people: dict[str, User]) -> None:
    case = monitored(people)
    asked = a_measure("asked", case, people["zhen"])
    row = accepted(people, case)
    answering.undo(row, "误收", by=people["lin_zhen"])
    asked.refresh_from_db()
    assert (asked.kept_area_id, again(case).area_id) == (None, row.from_area_id)


def test_a_warning_at_the_door_is_dispatched_anew(people: dict[str, User]) -> None:
    home = a_home(people)
    alert = assigned(people, home)
    accepted(people, home)
    alert = Alert.objects.get(pk=alert.pk)
    assert (alert.state, alert.visitor_id, alert.area_id) == ("raised", None, NEIGHBOUR_VILLAGE)
    assert Notice.objects.filter(kind="alerts_raised", recipient=people["lin_xian"]).count() == 1


def test_a_reported_warning_is_reviewed_where_the_household_came_to(people: dict[str, User]) -> None:
    home = a_home(people)
    alert = reported(people, home=home)
    accepted(people, home)
    alert = Alert.objects.get(pk=alert.pk)
    assert (alert.state, alert.area_id) == ("reported", NEIGHBOUR_VILLAGE)
    assert list(Alert.objects.visible_to(people["lin_zhen"])) == [alert]


def test_within_the_township_somebody_of_the_new_village_is_sent(people: dict[str, User]) -> None:
    new = another_verifier(NEXT_VILLAGE, "cun2", Role.VILLAGE_ASSISTANT)
    home = a_home(people)
    alert = assigned(people, home)
    proposed(people, home, to=NEXT_VILLAGE, by="zhen")
    alert = Alert.objects.get(pk=alert.pk)
    assert (alert.state, alert.visitor_id) == ("assigned", new.pk)


def test_authorisations_end_at_the_border_of_the_county(people: dict[str, User]) -> None:
    row = an_authorisation("in_force", people)
    other = an_authorisation("in_force", people)
    accepted(people, row.household)
    proposed(people, other.household, to=NEXT_VILLAGE, by="zhen")
    assert dict(Authorisation.objects.values_list("pk", "state")) == {row.pk: "expired", other.pk: "in_force"}


def test_what_is_being_decided_stands_before_a_move(people: dict[str, User], english: None) -> None:
    case = monitored(people)
    a_removal_of(case)
    row = proposed(people, case.household)
    with pytest.raises(Refused, match="removal of its risk"):
        answering.accept(row, by=people["lin_zhen"])
    row.refresh_from_db()
    assert row.state == "proposed"


def test_what_was_done_since_stands_before_the_way_back(people: dict[str, User], english: None) -> None:
    case = monitored(people)
    measure = a_measure("proposed", case, people["zhen"])
    row = accepted(people, case)
    move(measure_of(measure), Request("withdraw", reason="x"), by=people["lin_zhen"])
    with pytest.raises(Refused, match="case of the household went on"):
        answering.undo(row, "误收", by=people["lin_zhen"])


def test_the_page_of_the_case_leads_to_the_move(people: dict[str, User]) -> None:
    case = monitored(people)
    (first,) = ACTS.acts(case, people["cun"])
    assert first.url == reverse("moves:propose", args=[case.household_id])
    assert ACTS.acts(case, people["shending"]) == []
    row = proposed(people, case.household)
    (then,) = ACTS.acts(case, people["zhen"])
    assert then.url == reverse("moves:move", args=[row.pk])


def test_the_proposal_names_what_runs_and_nobody(people: dict[str, User], english: None) -> None:
    case = monitored(people)
    helped(case, people["bangfu"], people["zhen"])
    a_measure("asked", case, people["zhen"])
    row = proposed(people, case.household)
    told = " ".join(followers.told(followers.way_there(row)))
    assert "Case (" in told
    assert "medical aid" in told
    assert "ends" in told
    assert "沈立夏" not in told
    assert case.household.code not in told
    done = answering.accept(row, by=people["lin_zhen"])
    assert any("医疗救助" in each for each in done.told)


def test_whoever_proposes_reads_first_what_follows(people: dict[str, User], signed_in: Door) -> None:
    case = monitored(people)
    helped(case, people["bangfu"], people["zhen"])
    a_measure("asked", case, people["zhen"])
    sent = {"to_area": NEIGHBOUR_VILLAGE, "moved_on": "2026-11-02", "why": "随子女迁居", "look": "1"}
    sent["document"] = "准迁证"
    url = reverse("moves:propose", args=[case.household_id])
    page = signed_in("cun").post(url, sent, headers={"Accept-Language": "en"}).content.decode()
    for said in ("Case (", "medical aid", "ends"):
        assert said in page
    assert not HouseholdMove.objects.exists()
