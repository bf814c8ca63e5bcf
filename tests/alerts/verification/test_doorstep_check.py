"""The doorstep check: one visit settles the warning, its opinion goes to the township, and never from income alone."""

import pytest

from alerts.models import Alert
from alerts.verification.concluding import conclusion
from alerts.verification.purpose import PURPOSE
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from households.models import Household, Visit
from households.visits.purposes import due_at, served_by, steps_after
from households.visits.told import Place, Told
from households.visits.writing import amend_visit, annul_visit
from tests.alerts.made import find, follow, run_of, the_alert
from tests.alerts.verification.doorstep import NO_RISK, RISK, checked, purpose_of
from tests.alerts.verification.made import assigned, raised

SICK = "medical_single_stay"


@pytest.fixture
def alert(home: Household, people: dict[str, User]) -> Alert:
    """An alert of a stay in hospital that the assistant was sent for."""
    made = raised(people, home, SICK)
    run = run_of(people["xian"])
    find(run, SICK, home, home.residents.get(relation="02"), "12600.00")
    follow(run)
    return assigned(people, made.household)


def test_the_opinion_of_the_check_is_what_the_township_reviews(alert: Alert, people: dict[str, User]) -> None:
    visit = checked(alert, people["cun"])
    alert.refresh_from_db()
    assert (alert.state, alert.visit, alert.opinion, alert.reported_outcome) == (
        "reported", visit, "decline", "not_eligible",
    )  # fmt: skip
    assert [due.title for due in served_by(visit, people["cun"])] != []
    assert due_at(alert.household, people["cun"]) == []


@pytest.mark.parametrize("code", ["expense_part", "hardship_part", "coping_part", "income_part"])
def test_no_opinion_follows_from_income_alone(alert: Alert, people: dict[str, User], code: str) -> None:
    with pytest.raises(Refused) as caught:
        checked(alert, people["cun"], {key: value for key, value in RISK.items() if key != code})
    assert caught.value.field == f"q_{code}"
    alert.refresh_from_db()
    assert (alert.state, Visit.objects.count()) == ("assigned", 0)


def test_a_no_needs_its_reason_and_a_proposal_has_none() -> None:
    with pytest.raises(Refused) as caught:
        conclusion(NO_RISK | {"outcome": None})
    assert caught.value.field == "q_outcome"
    assert conclusion(RISK | {"outcome": "duplicate"}).outcome == ""


def test_an_attempt_that_met_nobody_leaves_the_warning_where_it_is(
    alert: Alert, people: dict[str, User]
) -> None:
    visit = checked(alert, people["cun"], {}, outcome="nobody", met=[])
    alert.refresh_from_db()
    assert (alert.state, alert.visit, served_by(visit, people["cun"])[0].purpose) == (
        "assigned", None, purpose_of(alert),
    )  # fmt: skip


def test_another_form_does_not_settle_a_warning(alert: Alert, people: dict[str, User]) -> None:
    with pytest.raises(Refused) as caught:
        checked(alert, people["cun"], {"found": "正常", "risk_seen": "none"}, questionnaire="call")
    assert caught.value.field == "purposes"


def test_before_an_authorisation_kind_month_and_band_are_all_that_is_told(
    alert: Alert, people: dict[str, User]
) -> None:
    due = PURPOSE.due_at(alert.household, people["cun"])[0]
    told = " ".join([due.title, *due.notes, *due.hints.values()])
    assert "2026-11" in told
    assert "10,000" in told
    assert "30,000" in told
    assert "12,600" not in told
    assert "2026-11-04" not in " ".join(due.notes)


def test_the_authorisation_is_asked_only_where_enrolment_is_proposed(
    alert: Alert, people: dict[str, User]
) -> None:
    visit = checked(alert, people["cun"])
    assert not [step for step in steps_after(visit, people["cun"]) if "authorisations" in step.url]
    annul_visit(visit, reason="写错了", by=people["cun"])
    visit = checked(the_alert(alert.household), people["cun"], RISK)
    steps = [step.url for step in steps_after(visit, people["cun"])]
    assert steps == [
        f"/authorisations/of-household/{alert.household_id}/?purposes=asset_check",
        "/alerts/mine/",
    ]
    assert [step.url for step in steps_after(visit, people["shuji"])] == steps[:1]


def test_what_is_corrected_the_same_day_is_reported_anew(alert: Alert, people: dict[str, User]) -> None:
    visit = checked(alert, people["cun"])
    amend_visit(visit, _told(alert, NO_RISK | {"found": "补充说明"}), by=people["cun"])
    alert.refresh_from_db()
    assert (alert.opinion, alert.state) == ("decline", "reported")
    visit.refresh_from_db()
    amend_visit(visit, _told(alert, RISK), by=people["cun"])
    alert.refresh_from_db()
    assert (alert.opinion, alert.reported_outcome, alert.state) == ("propose", "", "reported")


def test_an_annulled_check_takes_its_report_back(alert: Alert, people: dict[str, User]) -> None:
    visit = checked(alert, people["cun"])
    annul_visit(visit, reason="写错了户", by=people["cun"])
    alert.refresh_from_db()
    assert (alert.state, alert.visit, alert.opinion) == ("assigned", None, "")


def _told(alert: Alert, answers: dict[str, object]) -> Told:
    return Told("home", questionnaire="doorstep", answers=answers, place=Place(34.1, 113.9, 12),
                met=list(alert.household.residents.filter(relation="01")))  # fmt: skip
