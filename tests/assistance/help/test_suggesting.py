"""What is suggested for a household, with the reason, and what is not, with the reason."""

import pytest

from assistance.measures.suggesting import Offer, offer_for
from assistance.models import Case
from foundation.accounts.models import User
from households.models import Household, Resident
from tests.assistance.help.helped import ENOUGH, member, monitored, ticked
from tests.house.planted_help import a_measure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def pairs(offer: Offer) -> set[tuple[str, int | None]]:
    return {(each.measure.code, each.person.resident.pk if each.person else None) for each in offer.suggested}


def why(offer: Offer, code: str) -> str:
    return next(each.why for each in offer.left_out if each.measure.code == code)


def test_a_measure_is_suggested_for_the_member_whom_the_risk_is_about(case: Case) -> None:
    found = pairs(offer_for(case))
    assert ("medical_aid", member(case, 0).pk) in found
    assert ("medical_aid", member(case, 1).pk) not in found
    assert ("fee_reduction", member(case, 2).pk) in found


def test_the_reason_names_risk_member_and_what_is_there(case: Case) -> None:
    Resident.objects.filter(pk=member(case, 0).pk).update(dibao="rural")
    (found,) = [each for each in offer_for(case).suggested if each.measure.code == "medical_aid"]
    assert "illness" in found.why
    assert "沈立夏" in found.why
    assert "50 years old" in found.why
    assert "dibao" in found.why


def test_who_can_work_is_suggested_development_whatever_the_risks(
    case: Case, people: dict[str, User]
) -> None:
    assert ("labour_export", member(case, 1).pk) in pairs(offer_for(case))
    ticked(case, people["cun"], ENOUGH[2])
    assert ("labour_export", member(case, 1).pk) not in pairs(offer_for(case))


def test_what_is_there_already_is_not_suggested_and_says_so(case: Case, people: dict[str, User]) -> None:
    ticked(case, people["cun"], ENOUGH[0])
    offer = offer_for(case)
    assert ("medical_aid", member(case, 0).pk) not in pairs(offer)
    assert "asked for already" in why(offer, "medical_aid")


def test_what_fits_nobody_says_which_condition_fails(case: Case) -> None:
    Resident.objects.filter(pk=member(case, 0).pk).update(insured=False)
    assert "medical insurance" in why(offer_for(case), "reimbursement")
    assert "none of the risks" in why(offer_for(case), "water_connection")


def test_what_the_register_does_not_know_is_suggested_with_the_question(case: Case) -> None:
    Resident.objects.filter(pk=member(case, 0).pk).update(insured=None)
    (found,) = [each for each in offer_for(case).suggested if each.measure.code == "reimbursement"]
    assert "medical insurance" in found.ask


def test_one_public_post_in_a_household_member_is_enough(home: Household, people: dict[str, User]) -> None:
    case = monitored(home, "04")
    assert ("road_keeper", member(case, 1).pk) in pairs(offer_for(case))
    a_measure("landed", case, people["cun"], code="cleaner", kind="100A42", resident=member(case, 1))
    assert ("road_keeper", member(case, 1).pk) not in pairs(offer_for(case))
    assert ("road_keeper", member(case, 0).pk) in pairs(offer_for(case))


def test_what_answers_a_risk_stands_before_what_only_develops(case: Case) -> None:
    risks = [bool(each.risk) for each in offer_for(case).suggested]
    assert risks[0] is True
    assert risks[-1] is False
    assert {each.measure.kind for each in offer_for(case).suggested if not each.risk} <= {"100A39", "100A40"}
