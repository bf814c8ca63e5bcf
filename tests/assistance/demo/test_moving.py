"""S11 and S12. S11: proposed on 2 November, it waits for the neighbour county; accepted, everything goes on there."""

import datetime

import pytest

from assistance.demo import moving as case_days
from assistance.models import Case, HelperClock, Measure
from foundation.accounts import clock
from foundation.accounts.demo.places import COUNTY, NEIGHBOUR_COUNTY
from foundation.accounts.models import User
from foundation.accounts.roles import Level, Role
from households.demo import moving
from households.demo.storytelling import tell
from households.models import Duplicate, Household, HouseholdMove, Resident
from households.moving import answering, followers
from households.moving.deadlines import day_of
from households.pairs import deciding
from households.pairs.deciding import Decision
from tests.alerts.demo.standing import put_back

#: The first test waits for the loading, perhaps on a busy machine.
pytestmark = [pytest.mark.django_db, pytest.mark.timeout(400), pytest.mark.xdist_group("demonstration")]
D = datetime.date


def waiting() -> HouseholdMove:
    found = moving.newest()
    assert found is not None
    return found


def receiver() -> object:
    return moving.holder(Role.TOWNSHIP_VERIFIER, moving.TO_VILLAGE[: Level.TOWNSHIP])


def test_s11_waits_for_acceptance_on_day_three_of_ten(demo_day):
    move = waiting()
    assert (move.state, move.proposed_on, day_of(move)) == ("proposed", D(2026, 11, 2), (3, 10))
    assert (move.head, move.persons, move.parent_area_id) == ("祝**", 3, "9999")
    assert move.household.area_id.startswith(COUNTY)
    loan = case_days.loan()
    assert loan is not None
    assert (loan.state, loan.until_day) == ("landed", case_days.LOAN_ENDS)
    assert any(loan.name in each for each in followers.told(followers.way_there(move)))
    (line,) = moving.stories()
    assert "祝寒露" in line.sentence
    (told,) = tell("S11")
    assert any(each["page"].startswith("/moves/") for each in told["lines"])


def test_s11_accepted_goes_on_over_there_and_is_put_back(demo_day):
    move = waiting()
    answering.accept(move, by=receiver())
    home = Household.objects.get(code=moving.HOUSEHOLD)
    case = Case.objects.running().select_related("standing").get(household=home)
    assert (case.county, case.state) == (NEIGHBOUR_COUNTY, "enrolled")
    assert case.standing.from_day == D(2024, 5, 1)
    assert Measure.objects.get(case=case, code=case_days.LOAN).kept_area_id == COUNTY
    assert HelperClock.objects.running().get(case=case).began_on == clock.today()
    assert len(put_back("S11")["done"]) == 2
    home.refresh_from_db()
    again = waiting()
    assert home.area_id.startswith(COUNTY)
    assert (again.state, again.proposed_on, day_of(again)) == ("proposed", D(2026, 11, 2), (3, 10))
    assert not Measure.objects.filter(case=case, kept_area__isnull=False).exists()


def test_s11_refused_is_proposed_again(demo_day):
    answering.refuse(waiting(), "查无此户", by=receiver())
    assert len(put_back("S11")["done"]) == 1
    assert waiting().state == "proposed"


def test_s12_is_decided_by_the_county_and_put_back(demo_day):
    pair = Duplicate.objects.get(household__code="YS000012")
    said = Decision("married_out", "已在婆家生活", D(2026, 5, 1), "02", "结婚证")
    deciding.decide(pair, said, by=User.objects.get(username="xian"))
    lives = Resident.objects.present().filter(identity=pair.identity_id)
    assert [each.household.code for each in lives] == ["YS000122"]
    assert put_back("S12")["done"]
    assert [each.household.code for each in lives.all()] == ["YS000012"]
    assert Duplicate.objects.waiting().filter(pk=pair.pk).exists()
